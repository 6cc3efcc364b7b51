"""Template filters that print numbers, percentages and identifiers, loaded as `portal`; they decide nothing."""

import uuid
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from french.numbers import NARROW_SPACE, NO_BREAK_SPACE, format_number

register = template.Library()

NOT_GIVEN = "non renseigné"


@register.filter
def french(value: Decimal | int | str | None, unit: str = "") -> str:
    """A number as the French write it, with its unit behind a no-break space; « non renseigné » for None or ""."""
    if value is None or value == "":
        return NOT_GIVEN
    number = format_number(Decimal(value))
    return f"{number}{NO_BREAK_SPACE}{unit}" if unit else number


@register.filter
def percent(value: Decimal | None) -> str:
    """A percentage already computed: 62,5 %; « non calculable » for None."""
    return "non calculable" if value is None else f"{format_number(value)}{NARROW_SPACE}%"


@register.filter
def change(value: Decimal | None, unit: str = "") -> str:
    """A difference with its sign: +12, -3, =; empty for None."""
    if value is None:
        return ""
    if value == 0:
        return "="
    return f"{'+' if value > 0 else ''}{french(value, unit)}"


@register.filter
def long_date(day: date | None) -> str:
    """A day as one writes it in a letter: 8 février 2019, 1er octobre 2020; « non renseigné » for None."""
    if day is None:
        return NOT_GIVEN
    return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


@register.filter
def siret(value: str) -> str:
    """A SIRET in groups, with no-break spaces."""
    return NO_BREAK_SPACE.join(part for part in (value[0:3], value[3:6], value[6:9], value[9:]) if part)


@register.simple_tag
def once_key() -> SafeString:
    """The key of one form of one page: what makes a second click the same sending as the first."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
