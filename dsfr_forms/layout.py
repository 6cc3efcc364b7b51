"""Layout of forms for django-crispy-forms: the design system's classes stay whatever a page adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Button:
    """A button of the form or, with `url`, a link that looks like one. Its label is never read as a template."""

    label: str
    url: str = ""

    @property
    def css_class(self) -> str:
        """A page has one primary button: it sends the form."""
        return "fr-btn fr-btn--tertiary" if self.url else "fr-btn"


class Container(LayoutObject):
    """Fields inside one template; what a subclass adds is found there as `box`."""

    template = ""

    def __init__(self, *fields: object) -> None:
        self.fields = list(fields)

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:  # Any: crispy's own
        """Render the fields, then the box around them."""
        fields = [Layout(field).get_rendered_fields(form, context, template_pack, **kwargs) for field in self.fields]
        return render_to_string(self.template, {"box": self, "fields": fields})


class Section(Container):
    """Fields that answer one question together, under a legend."""

    template = "crispy_dsfr/layout/section.html"

    def __init__(self, legend: str, *fields: object, hint: str = "") -> None:
        super().__init__(*fields)
        self.legend = legend
        self.hint = hint


class Columns(Container):
    """Fields side by side on a wide screen, one below the other on a telephone."""

    template = "crispy_dsfr/layout/columns.html"


class PortalHelper(FormHelper):
    """A crispy helper that knows the portal's buttons."""

    def __init__(self, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        self.buttons = tuple(buttons)


def portal_helper(
    submit: str = "Enregistrer",
    *,
    layout: Sequence[object] = (),
    cancel_url: str = "",
    form_id: str = "",
    form_tag: bool = True,
) -> PortalHelper:
    """The helper of a form: fields in the order of `layout` (the form's own without it), then its button.

    `cancel_url` adds « Annuler » beside it.
    """
    cancel = (Button("Annuler", url=cancel_url),) if cancel_url else ()
    helper = PortalHelper((Button(submit), *cancel))
    helper.form_id = form_id
    helper.form_tag = form_tag
    # The server answers with the errors in French, at the top and beside each field; the browser's bubbles do neither.
    helper.attrs = {"novalidate": True}
    if layout:
        helper.layout = Layout(*layout)
    return helper
