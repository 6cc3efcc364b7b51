"""Fields that read what French people type."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import widgets
from django.utils.text import capfirst

from french.numbers import SPACES

LONGEST_ROW_NUMBER = 18
"""Digits: what every database counts to. Python itself refuses to read some thousands of them."""


def row_number(text: str) -> int | None:
    """The number of a row, as a hidden field of our pages carries it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ROW_NUMBER else None


def label_of(row: Model | type[Model], name: str) -> str:
    """What the model calls a field, to head a line of facts or a field of a form."""
    return capfirst(str(getattr(row._meta.get_field(name), "verbose_name", name)))


class WholeNumberField(forms.IntegerField):
    """A whole number such as « 1 234 », with any of the spaces that group thousands. Only the digits 0 to 9."""

    widget = widgets.TextInput

    def to_python(self, value: object) -> int | None:
        """Text to number. Raises ValidationError with an example."""
        text = "" if value is None else str(value).strip().translate({ord(space): None for space in SPACES})
        if text in self.empty_values:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise ValidationError("Saisissez un nombre entier, par exemple 1 234.", code="invalid")
        return int(text)

    def widget_attrs(self, widget: widgets.Widget) -> dict[str, str]:
        """Ask for the digits of a telephone's keyboard."""
        return super().widget_attrs(widget) | {"inputmode": "numeric"}
