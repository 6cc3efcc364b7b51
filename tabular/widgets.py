"""Cells of a file as values, for django-import-export: what people type in French, and nothing guessed."""

from datetime import date, datetime
from typing import Any

from django.db import models
from import_export.widgets import Widget

from french.numbers import NumberRefused, parse
from french.order import folded
from french.words import short_date

LARGEST = 2_147_483_647


class ChoiceWidget(Widget):  # type: ignore[misc]  # the library ships no types
    """A value of an enumeration, typed as its code or its label."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.by_text = {folded(text): member.value for member in choices for text in (member.value, member.label)}
        self.exact = {member.value: member.value for member in choices}
        self.labels = ", ".join(choices.values)

    def clean(self, value: str, row: object = None, **_kwargs: Any) -> str:  # Any: the library's signature
        found = self.exact.get(value) or self.by_text.get(folded(value))
        if found is None:
            raise ValueError(f"« {value[:30]} » n’est pas l’une des valeurs possibles\u00a0: {self.labels}.")
        return found


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
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                day = datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  # a day has no time zone
            except ValueError:
                continue
            if self.earliest <= day <= self.latest:
                return day
        raise ValueError(f"« {value[:30]} » n’est pas une date\u00a0: écrivez 08/02/2019.")

    def render(self, value: date | None, obj: object = None, **_kwargs: Any) -> str:  # Any: as above
        return short_date(value) if value else ""
