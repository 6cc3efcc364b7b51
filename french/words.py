"""How a value is said: a number with its unit, a percentage, a variation, a day, and the words for none of it. Pure."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from french.numbers import NARROW_SPACE, NO_BREAK_SPACE, format_number, rounded

NOT_GIVEN = "non renseigné"
"""Nobody said it: never zero, never an empty cell."""

YES, NO = "oui", "non"

NOT_APPLICABLE = "sans objet"
"""Whoever was asked said that the question does not concern them."""

NOT_COMPUTABLE = "non calculable"
NONE = "–"
"""There is nothing to say here: no target, no previous semester."""

MINUS = "−"
"""The minus sign of printed variations, as wide as the plus; what is typed and what a program reads keep « - »."""

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def quantity(value: Decimal | int | None, unit: str = "") -> str:
    """« 1 234,5 € »: the unit behind a no-break space; « non renseigné » for None."""
    if value is None:
        return NOT_GIVEN
    return f"{format_number(value)}{NO_BREAK_SPACE}{unit}" if unit else format_number(value)


def printed(value: Decimal | int, decimals: int | None = None) -> str:
    """A number as documents print it: as `format_number` does, with the true minus sign."""
    return format_number(value, decimals).replace("-", MINUS)


def percentage(value: Decimal | None) -> str:
    """A percentage already computed, its decimal always shown, « 68,0 % »; « non calculable » for None."""
    return NOT_COMPUTABLE if value is None else f"{printed(value, 1)}{NARROW_SPACE}%"


def whole_percentage(part: int, whole: int) -> int:
    """A whole number out of a hundred, for a bar of progress; 0 when there is nothing to count."""
    return round(Fraction(part * 100, whole)) if whole else 0


def variation(value: Decimal | int, unit: str = "") -> str:
    """A difference with its sign: « +12 », « −3 € », « = » for none."""
    if value == 0:
        return "="
    return f"{'+' if value > 0 else MINUS}{quantity(Decimal(value).copy_abs(), unit)}"


def file_size(octets: int) -> str:
    """The size of a file as people compare it: « 812 octets », « 143 ko », « 1,2 Mo »."""
    if octets < 1000:
        return quantity(octets, "octet" if octets < 2 else "octets")
    if octets < 999_500:
        return quantity(rounded(Fraction(octets, 1000), Decimal(1)), "ko")
    return quantity(rounded(Fraction(octets, 10**6), Decimal("0.1")), "Mo")


def ordinal(number: int) -> str:
    """« 1er », « 2e »: a semestre, a collège."""
    return "1er" if number == 1 else f"{number}e"


def short_date(day: date) -> str:
    """A day as one types it, the year in four digits whatever it is: « 08/02/2019 »."""
    # Not strftime, which writes the year 219 with three digits.
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """A day as one writes it in a letter: « 8 février 2019 », « 1er octobre 2020 »."""
    # The first of a month is the only ordinal of a French date.
    return f"{ordinal(1) if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
