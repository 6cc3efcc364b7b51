"""Cells of a file as values, for django-import-export: what people type in French, and nothing guessed."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from import_export.widgets import Widget

from french.numbers import NumberRefused, parse
from french.order import folded
from french.words import MONTHS, short_date
from tabular.suggestions import closest

LARGEST = 2_147_483_647


NUMBERS = {folded(name): str(number) for number, name in enumerate(MONTHS, start=1)}
"""Of the months, by their names."""

EXCEL_EPOCH = date(1899, 12, 30)
"""From which a spreadsheet counts the days."""


class ChoiceWidget(Widget):  # type: ignore[misc]  # the library ships no types
    """A value of an enumeration, typed as its code, its label or one of the `words` that people use for it."""

    def __init__(self, choices: type[models.TextChoices], words: Mapping[str, str] | None = None) -> None:
        super().__init__()
        labels = {folded(text): member.value for member in choices for text in (member.value, member.label)}
        self.by_text = {**(words or {}), **labels}
        self.exact = {member.value: member.value for member in choices}
        self.labels = ", ".join(choices.values)

    def clean(self, value: str, row: object = None, **_kwargs: Any) -> str:  # Any: the library's signature
        found = self.exact.get(value) or self.by_text.get(folded(value))
        if found is None:
            meant = self.by_text.get(folded(closest(value, self.by_text)), "")
            hint = f" Vouliez-vous dire « {meant} »\u00a0?" if meant else ""
            raise ValueError(f"« {value[:30]} » n’est pas l’une des valeurs possibles\u00a0: {self.labels}.{hint}")
        return found


class TextWidget(Widget):  # type: ignore[misc]  # idem
    """A text that has a form of its own: `clean` gives it, or raises ValueError with a French sentence."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__()
        self.read = clean

    def clean(self, value: str, row: object = None, **_kwargs: Any) -> str:  # Any: as above
        return self.read(value)


class WholeNumberWidget(Widget):  # type: ignore[misc]  # idem
    """A French whole number; blank is unknown."""

    def clean(self, value: str, row: object = None, **_kwargs: Any) -> int | None:  # Any: as above
        if not value.strip():
            return None
        try:
            number = parse(value)
        except NumberRefused as refusal:
            raise ValueError(str(refusal)) from refusal
        if number != int(number) or not 0 <= number <= LARGEST:
            raise ValueError(f"« {value[:30]} » n’est pas un nombre entier possible.")
        return int(number)

    def render(self, value: int | None, obj: object = None, **_kwargs: Any) -> str:  # Any: as above
        return "" if value is None else str(value)


class DateWidget(Widget):  # type: ignore[misc]  # idem
    """A French date between two days."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__()
        self.earliest, self.latest = earliest, latest

    def clean(self, value: str, row: object = None, **_kwargs: Any) -> date:  # Any: as above
        day = read_day(value)
        if day is not None and self.earliest <= day <= self.latest:
            return day
        raise ValueError(f"« {value[:30]} » n’est pas une date\u00a0: écrivez 08/02/2019.{self._counted(value)}")

    def _counted(self, value: str) -> str:
        """A day that a spreadsheet shows as it counts it."""
        if not re.fullmatch("[0-9]{5}", value.strip()):
            return ""
        day = EXCEL_EPOCH + timedelta(days=int(value))
        return f" Est-ce le {short_date(day)}\u00a0?" if self.earliest <= day <= self.latest else ""

    def render(self, value: date | None, obj: object = None, **_kwargs: Any) -> str:  # Any: as above
        return short_date(value) if value else ""


def read_day(text: str) -> date | None:
    """A day as people write it: 08/02/2019, 8-2-2019, 2019-02-08, « 8 février 2019 »; None when it is none.

    The year has its four digits: « 08/02/19 » would be read two ways.
    """
    words = folded(text).split()
    if len(words) != 3:
        return None
    first, month, last = words
    month = NUMBERS.get(month, month)
    first = first.removesuffix("er")
    year, day = (first, last) if len(first) == 4 else (last, first)
    if len(year) != 4 or not (year + month + day).isdecimal():
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
