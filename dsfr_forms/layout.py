"""Layout of forms for django-crispy-forms: the design system's classes stay whatever a page adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

BUTTON_CLASSES = {
    "primary": "fr-btn",
    "secondary": "fr-btn fr-btn--secondary",
    "tertiary": "fr-btn fr-btn--tertiary",
}
"""How much a button stands out; a page has one primary button."""


@dataclass(frozen=True)
class Button:
    """A button of the form or, with `url`, a link that looks like one. Its label is never read as a template."""

    label: str
    kind: str = "primary"
    name: str = ""
    value: str = ""
    url: str = ""

    @property
    def css_class(self) -> str:
        """The classes of its kind."""
        return BUTTON_CLASSES[self.kind]

    def render(self, _form: BaseForm, _context: Context, **_kwargs: Any) -> SafeString:  # Any: crispy's own
        """Render the button alone."""
        return render_to_string("crispy_dsfr/layout/button.html", {"button": self})


@dataclass(frozen=True)
class Note:
    """A short paragraph between fields. The text is escaped and never read as a template."""

    text: str

    def render(self, _form: BaseForm, _context: Context, **_kwargs: Any) -> SafeString:  # Any: crispy's own
        """Render the paragraph."""
        return render_to_string("crispy_dsfr/layout/note.html", {"text": self.text})


class PortalField(Field):
    """A field with more attributes or classes. Crispy's own Field would replace « fr-input » by the class given."""

    def __init__(self, name: str, *, css_class: str = "", width: str = "", **attrs: str) -> None:
        template = "crispy_dsfr/wrapped_field.html" if width else None
        super().__init__(name, wrapper_class=width or None, template=template, **attrs)
        self.added_class = css_class

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:  # Any: crispy's own
        """Merge the classes with those that the form gave, then render as crispy does."""
        if self.added_class:
            attrs = form.fields[self.fields[0]].widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} {self.added_class}".strip()
        html: SafeString = super().render(form, context, template_pack, **kwargs)
        return html


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


class Actions(Container):
    """The buttons of a form."""

    template = "crispy_dsfr/layout/actions.html"


class PortalHelper(FormHelper):
    """A crispy helper that knows the portal's buttons."""

    def __init__(self, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        self.buttons = tuple(buttons)


def portal_helper(
    submit: str = "Enregistrer",
    *,
    layout: Sequence[object] = (),
    buttons: Sequence[Button] = (),
    cancel_url: str = "",
    form_id: str = "",
    form_tag: bool = True,
    method: str = "post",
) -> PortalHelper:
    """The helper of a form: fields in the order of `layout` (the form's own without it), then the buttons.

    `submit` is the main button (none when empty), `buttons` stand beside it, `cancel_url` adds « Annuler ».
    """
    main = (Button(submit),) if submit else ()
    cancel = (Button("Annuler", kind="tertiary", url=cancel_url),) if cancel_url else ()
    helper = PortalHelper((*main, *buttons, *cancel))
    helper.form_id = form_id
    helper.form_tag = form_tag
    helper.form_method = method
    # The server answers with the errors in French, at the top and beside each field; the browser's bubbles do neither.
    helper.attrs = {"novalidate": True}
    if layout:
        helper.layout = Layout(*layout)
    return helper
