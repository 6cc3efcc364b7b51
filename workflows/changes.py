"""What an act changed, as a journal keeps it: by the name of what changed, what it was and what it became."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import DateField, Field, Model

from french.numbers import format_number
from french.words import NOT_GIVEN, short_date

Changes = Mapping[str, list[str]]
"""{"headcount": ["120", "130"]}: texts as databases write them, empty for what was not filled in."""

LONGEST = 120
"""Characters of a text that a line of a journal shows; the whole of it is kept."""


def changes_between(before: Model, after: Model, names: Iterable[str]) -> dict[str, list[str]]:
    """What these fields were in one row and are in the other, of those that are not the same."""
    pairs = {name: [kept(getattr(before, name)), kept(getattr(after, name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def kept(value: object) -> str:
    """The text that a journal keeps of a value: a day as ISO writes it, a figure without idle zeros."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def changes_said(model: type[Model], changes: Changes) -> Iterator[str]:
    """« effectif dans le département : 120 → 130 », field by field, in the words of the form."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, (before, after) in changes.items():
        # A field that is no more has no word left.
        if field := fields.get(name):
            yield change_said(str(field.verbose_name), _text(field, before), _text(field, after))


def change_said(label: str, before: str, after: str) -> str:
    """« durée : 2 → 3 »; « durée : 3 » for what was not there before."""
    told = f"{_short(before)} → {_short(after)}" if before else _short(after)
    return f"{label}\u00a0: {told}"


def _text(field: "Field[object, object]", stored: str) -> str:
    """A stored text as people read it."""
    if not stored:
        return ""
    if isinstance(field, DateField):
        return short_date(date.fromisoformat(stored))
    if field.get_internal_type().endswith("IntegerField"):
        return format_number(int(stored))
    return str(dict(field.flatchoices).get(stored, stored))


def _short(text: str) -> str:
    if not text:
        return NOT_GIVEN
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
