"""The base of every form of the portal: DSFR classes, complete aria attributes, cleaned text, an error summary."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db.models import BLANK_CHOICE_DASH, Model
from django.forms import BaseInlineFormSet, widgets
from django.forms.utils import pretty_name
from django.http import HttpRequest, QueryDict

from dsfr_forms.fields import label_of
from dsfr_forms.layout import PortalHelper, portal_helper
from dsfr_forms.renderer import RENDERER
from dsfr_forms.text import AtMost, refuse_control_characters, refuse_line_breaks, tidy
from french.numbers import format_number

EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)

CLASS_OF_WIDGET: tuple[tuple[type[widgets.Widget] | tuple[type[widgets.Widget], ...], str], ...] = (
    ((widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple), ""),
    (widgets.Select, "fr-select"),
    (widgets.FileInput, "fr-upload"),
    (widgets.Widget, "fr-input"),
)
"""The first line that fits gives the class. RadioSelect before Select: no radio button is a select."""

REQUIRED: tuple[tuple[type[forms.Field] | tuple[type[forms.Field], ...], str], ...] = (
    (forms.BooleanField, "Cochez « {label} » pour continuer."),
    (forms.MultipleChoiceField, "« {label} »\u00a0: cochez au moins une réponse."),
    ((forms.ChoiceField, forms.ModelChoiceField), "« {label} »\u00a0: choisissez une réponse."),
    (forms.FileField, "« {label} »\u00a0: choisissez un fichier."),
    (forms.DateField, "« {label} »\u00a0: indiquez une date, par exemple 08/02/2019."),
    (forms.Field, "« {label} » est à renseigner."),
)
"""What is said of a missing answer: the first line that fits. It names the field, and says what to do."""

LIMITS: tuple[tuple[type[BaseValidator], str, str], ...] = (
    (MaxValueValidator, "max_value", "« {label} » dépasse {limit}."),
    (MinValueValidator, "min_value", "« {label} » est au-dessous de {limit}."),
    (MaxLengthValidator, "max_length", "« {label} » compte plus de {limit} caractères."),
)
"""What is said of an answer beyond a limit, which is written as the French write it."""

NOT_OFFERED = "Cette réponse n’est pas, ou n’est plus, proposée\u00a0: choisissez-en une autre."
"""Django's own sentence repeats what was sent: the key of a row that is gone says nothing to anybody."""

NO_CHOICE, CHOOSE = BLANK_CHOICE_DASH[0], "Choisissez"
"""What a list says before anybody chose."""

NOTHING_CAME = "Rien de ce formulaire n’est arrivé\u00a0: rien n’a changé. Rechargez la page, puis recommencez."

DAY_FIRST = "Format attendu\u00a0: jj/mm/aaaa."

M = TypeVar("M", bound=Model)
Parent = TypeVar("Parent", bound=Model)


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: where it leads (nowhere when empty) and what it says."""

    target: str
    text: str


class PortalBoundField(forms.BoundField):
    """A field in its form. Django's own aria-describedby already names both the hint and the error."""

    form: "PortalRules"

    def __init__(self, form: "PortalRules", field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if isinstance(field, forms.DateField):
            self.help_text = f"{self.help_text} {DAY_FIRST}".strip()

    @property
    def data(self) -> Any:  # Any: whatever the browser sent
        """What was typed, tidied in text fields; a password is left as it is."""
        raw = super().data
        if isinstance(raw, str) and isinstance(self.field, forms.CharField) and not _is_secret(self.field):
            return tidy(raw)
        return raw

    @property
    def template_name(self) -> str:
        """The template of the whole group: label, hint, input, error."""
        if isinstance(self.field.widget, widgets.CheckboxInput):
            return "dsfr_forms/checkbox.html"
        return "dsfr_forms/choices.html" if self.use_fieldset else "dsfr_forms/input.html"

    @property
    def group_class(self) -> str:
        """The class of the group, which goes with the class of the input."""
        if isinstance(self.field.widget, widgets.Select):
            return "fr-select-group"
        return "fr-upload-group" if isinstance(self.field.widget, widgets.FileInput) else "fr-input-group"

    @property
    def error_id(self) -> str:
        """The id of its error messages, to which aria-describedby refers."""
        return f"{self.auto_id}_error"

    @property
    def first_input_id(self) -> str:
        """Where an error summary must lead: a group of radio buttons has no input with the field's own id."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def says_optional(self) -> bool:
        """Whether the label ends with « (facultatif) »."""
        return self.form.mark_optional and not self.field.required and not self.field.disabled

    @property
    def element_class(self) -> str:
        """The class around each choice of a group; `inline` on the widget sets them side by side."""
        inline = getattr(self.field.widget, "inline", False)
        return "fr-fieldset__element fr-fieldset__element--inline" if inline else "fr-fieldset__element"

    @property
    def choice_class(self) -> str:
        """The class of one choice: square or round."""
        square = isinstance(self.field.widget, widgets.CheckboxSelectMultiple)
        return "fr-checkbox-group" if square else "fr-radio-group"


class PortalRules(forms.BaseForm):
    """What every form of the portal shares; put it before any form class of Django's."""

    bound_field_class = PortalBoundField
    default_renderer = RENDERER
    helper: PortalHelper = portal_helper()
    mark_optional = True
    """False where nothing is compulsory, as in filters and drafts: every label would say « (facultatif) »."""
    row_label = ""
    """What names this form in the error summary of a formset."""
    form_html = ""
    """Set by crispy-forms when its helper has a layout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = field.label or self._called(name)
            _dress(field, label=str(field.label))

    @property
    def error_links(self) -> list[ErrorLink]:
        """The lines of the error summary, in the order of the form."""
        general = [ErrorLink("", str(message)) for message in self.non_field_errors()]
        return general + [link for bound in self for link in self._links_of(bound)]

    @property
    def http_status(self) -> HTTPStatus:
        """What its page answers."""
        return status_of(self.errors)

    def _called(self, name: str) -> str:
        return pretty_name(name)

    def _links_of(self, bound: forms.BoundField) -> Iterator[ErrorLink]:
        target = "" if bound.is_hidden or not isinstance(bound, PortalBoundField) else bound.first_input_id
        for message in map(str, bound.errors):
            said = message if f"« {bound.label} »" in message else f"{bound.label}\u00a0: {message}"
            yield ErrorLink(target, f"{self.row_label} – {said}" if self.row_label else said)


class PortalForm(PortalRules, forms.Form):
    """A form in the design system."""


class PortalModelForm(PortalRules, forms.ModelForm[M]):
    """A form of one row in the design system. A field that it declares anew keeps the name that the model gives it."""

    def clean(self) -> dict[str, Any] | None:  # Any: Django's own signature
        """Where every field may stay empty, a page of which none came says nothing: it must not empty the row."""
        data = super().clean()
        if not self.errors and all(self._is_absent(name) for name in self.fields):
            raise ValidationError(NOTHING_CAME)
        return data

    def _called(self, name: str) -> str:
        return label_of(self.instance, name)

    def _is_absent(self, name: str) -> bool:
        widget, sent_as = self.fields[name].widget, self.add_prefix(name)
        return bool(widget.value_omitted_from_data(self.data, self.files, sent_as))


class OwnRows(BaseInlineFormSet[M, Parent, PortalModelForm[M]]):
    """Rows that belong to another. One that is not there any more, or never was, stops the whole page."""

    default_error_messages = {"missing_management_form": NOTHING_CAME}

    def clean(self) -> None:
        """Every row that the page says it already showed belongs to the other."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError("Une de ces lignes n’existe plus\u00a0: rechargez la page.")


def posted(request: HttpRequest) -> QueryDict | None:
    """What the form of a page is bound to: what was sent, were it nothing at all; None while the page is only read."""
    return request.POST if request.method == "POST" else None


def status_of(*refused: object) -> HTTPStatus:
    """What a page answers: 422 once something that was sent to it is refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if any(refused) else HTTPStatus.OK


def _dress(field: forms.Field, *, label: str) -> None:
    """Give the field its class, its kind of input and the checks of its type. The field belongs to this form alone."""
    widget = field.widget
    if css_class := _merged_class(widget):
        widget.attrs["class"] = css_class
    if isinstance(widget, widgets.DateInput):
        # Not <input type="date">: its days and months change places with the language of the browser.
        widget.format = "%d/%m/%Y"
    if isinstance(field, forms.CharField) and not _is_secret(field):
        several_lines = isinstance(widget, widgets.Textarea)
        field.validators.append(refuse_control_characters if several_lines else refuse_line_breaks)
        if several_lines and field.max_length:
            _announce_longest(field, field.max_length)
    if isinstance(field, forms.DateField):
        field.validators.append(_within_calendar)
        _say(field, "invalid", "Saisissez une date qui existe, par exemple 08/02/2019.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        _say(field, "invalid_choice", NOT_OFFERED)
        _say_what_to_do(field)
    required = next(sentence for kind, sentence in REQUIRED if isinstance(field, kind))
    _say(field, "required", required.format(label=label))
    _name_limits(field, label=label)


def _say_what_to_do(field: forms.ChoiceField | forms.ModelChoiceField[Any]) -> None:
    """Words in place of Django's dashes, of which a screen reader makes nothing."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE if field.empty_label == NO_CHOICE[1] else field.empty_label
    else:
        offered: Any = field.choices  # Any: the stubs do not know that it is read as a list
        field.choices = [("", CHOOSE) if choice == NO_CHOICE else choice for choice in offered]


def _name_limits(field: forms.Field, *, label: str) -> None:
    """Say which field passes which limit; Django's own sentence says « cette valeur », without thousands."""
    for rule in field.validators:
        for kind, code, sentence in LIMITS:
            if type(rule) is kind:
                said = sentence.format(label=label, limit=format_number(Decimal(rule.limit_value)))
                field.error_messages.setdefault(code, said)


def _announce_longest(field: forms.CharField, longest: int) -> None:
    """Say the most that a text of several lines may hold; the browser no longer cuts what is pasted without a word."""
    field.widget.attrs.pop("maxlength", None)
    field.help_text = f"{field.help_text} {format_number(longest)} caractères au plus.".strip()
    field.validators = [rule for rule in field.validators if not isinstance(rule, MaxLengthValidator)]
    field.validators.append(AtMost(longest))


def _say(field: forms.Field, code: str, sentence: str) -> None:
    """Replace Django's own sentence, never one that the form chose."""
    defaults = (vars(base).get("default_error_messages", {}).get(code) for base in type(field).__mro__)
    if field.error_messages.get(code) == next(filter(None, defaults), None):
        field.error_messages[code] = sentence


def _merged_class(widget: widgets.Widget) -> str:
    own = next(css_class for kind, css_class in CLASS_OF_WIDGET if isinstance(widget, kind))
    return " ".join(dict.fromkeys(f"{own} {widget.attrs.get('class', '')}".split()))


def _is_secret(field: forms.Field) -> bool:
    return isinstance(field.widget, widgets.PasswordInput)


def _within_calendar(day: datetime.date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise ValidationError("Cette date est trop éloignée : vérifiez l’année, par exemple 2019.", code="far_date")
