"""The one bridge from a refused action to the form that asked for it."""

from types import TracebackType

from django.forms import BaseForm

from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

OF_THE_PAGE = (WrongState, WrongRole, Incomplete)
"""No other answer in the form would do: the middleware answers these (see decision 20)."""


class RefusalsOf:
    """Around an action: what it refuses of the answers becomes errors of the form, beside `field` when one is named."""

    def __init__(self, form: BaseForm, *, field: str | None = None) -> None:
        self.form = form
        self.field = field

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        if not isinstance(error, TransitionRefused) or isinstance(error, OF_THE_PAGE):
            return False
        self.form.add_error(self.field, list(error.reasons))
        return True
