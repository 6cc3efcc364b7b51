"""Makes a typo in one of our templates turn the suite red, inside `{% if %}` and `{% for %}` too.

Django renders an unknown variable as nothing. A variable that may be missing on purpose says so with `|default`:
`{% if hint|default:"" %}`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, TemplateSyntaxError, Variable, VariableDoesNotExist
from django.template.base import FilterExpression, Parser

OWN_TEMPLATES = Path(settings.BASE_DIR) / "templates"
OPTIONAL = frozenset({"default", "default_if_none"})


class UndefinedTemplateVariable(TemplateSyntaxError):
    """A template asks for something that its view does not give."""


class GuardedExpression(FilterExpression):
    """A variable with its filters in a template of ours; it notes the variables that do not exist and refuses them."""

    __slots__ = ("found", "template")

    found: list[str]
    template: str

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:  # Any: whatever the view gave
        """Django's own answer, computed once: a method that makes a query must not make two."""
        if not isinstance(self.var, Variable) or self.is_optional():
            return super().resolve(context, ignore_failures)
        try:
            value = self.var.resolve(context)
        except VariableDoesNotExist:
            if ignore_failures and self.stops_at_none(context):
                return super().resolve(context, ignore_failures)
            sentence = f"{self.token} ({self.template})"
            self.found.append(sentence)
            raise UndefinedTemplateVariable(sentence) from None
        constant = copy(self)
        constant.var, constant.is_var = value, False
        return super(GuardedExpression, constant).resolve(context, ignore_failures)

    def is_optional(self) -> bool:
        """True when the first filter gives a value for the missing variable."""
        return bool(self.filters) and self.filters[0][0].__name__ in OPTIONAL

    def stops_at_none(self, context: Context) -> bool:
        """True when the dotted path breaks at None: `{% if user.department.name %}` asks both questions at once."""
        lookups = self.var.lookups or ()
        for length in range(len(lookups) - 1, 0, -1):
            try:
                return Variable(".".join(lookups[:length])).resolve(context) is None
            except VariableDoesNotExist:
                continue
        return False


@contextmanager
def undefined_variables_are_recorded(own: Path = OWN_TEMPLATES) -> Iterator[list[str]]:
    """Every undefined variable of a template under `own` is raised, and recorded: `{% if %}` swallows exceptions."""
    found: list[str] = []
    compile_filter = Parser.compile_filter

    def compile_guarded(parser: Parser, token: str) -> FilterExpression:
        origin = str(getattr(parser.origin, "name", ""))
        if not origin.startswith(f"{own}/"):
            return compile_filter(parser, token)
        expression = GuardedExpression(token, parser)
        expression.found, expression.template = found, str(Path(origin).relative_to(own))
        return expression

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Parser, "compile_filter", compile_guarded)
        yield found
