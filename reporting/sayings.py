"""How the numbers of a figure are printed in documents, with how many companies each is about. Pure.

Persons, contracts and acts are whole, their expectation has a decimal below ten; euros are whole; a rate always shows
its decimal. Files keep the numbers.
"""

from decimal import Decimal
from fractions import Fraction

from french.numbers import NARROW_SPACE, NO_BREAK_SPACE, format_number, rounded
from french.words import NONE, NOT_COMPUTABLE, NOT_GIVEN, percentage, printed, quantity, variation

EURO = "€"
WHOLE = Decimal(1)
TENTH = Decimal("0.1")
TEN = 10


def amount(value: Decimal | None, unit: str = "") -> str:
    """A result: « 1 234 », euros whole; « non renseigné » for None. The unit rounds; it is printed by `with_unit`."""
    return NOT_GIVEN if value is None else printed(_kept(value, unit))


def with_unit(value: Decimal | None, unit: str) -> str:
    """The same in a sentence: « 1 234 € »."""
    return quantity(None if value is None else _kept(value, unit), unit)


def expectation(value: Fraction | None, unit: str = "", *, beside: Decimal | None = None) -> str:
    """What is expected or promised: « 8,9 », « 28 »; « – » where nobody promised anything.

    `beside` is what was done: « 11 / 11 » under a rate of 98 % would contradict it, so that « 11,2 » keeps its decimal.
    """
    if value is None:
        return NONE
    whole = rounded(value, WHOLE)
    if value.denominator == 1 or unit == EURO or (value >= TEN and whole != beside):
        return format_number(whole)
    return format_number(rounded(value, TENTH), 1)


def promise(value: Fraction | None, unit: str, *, beside: Decimal | None = None) -> str:
    """The same in a sentence: « 28 € »."""
    said = expectation(value, unit, beside=beside)
    return f"{said}{NO_BREAK_SPACE}{unit}" if unit and value is not None else said


def answers(given: tuple[int, int, int]) -> str:
    """« 12/15 », and how many of the others said « sans objet »: « 12/15, 1 s. o. »."""
    respondents, asked, not_applicable = given
    said = f"{format_number(respondents)}/{format_number(asked)}"
    return f"{said}, {format_number(not_applicable)}{NO_BREAK_SPACE}s.{NARROW_SPACE}o." if not_applicable else said


def answers_in_words(given: tuple[int, int, int]) -> str:
    """« 12 sur 15, dont 1 sans objet »: for sentences."""
    respondents, asked, not_applicable = given
    said = f"{format_number(respondents)} sur {format_number(asked)}"
    return f"{said}, {format_number(not_applicable)} sans objet" if not_applicable else said


def over(said: str, companies: int) -> str:
    """A number and the companies that it is about: « 29 (3) »; alone where an older snapshot does not say."""
    return f"{said} ({format_number(companies)})" if companies else said


def change(value: Decimal | None, unit: str = "") -> str:
    """« +8 », « −3 », « = »; « – » when there is nothing to compare. The unit rounds; a sentence prints it."""
    return NONE if value is None else variation(_kept(value, unit))


def change_with_unit(value: Decimal | None, unit: str) -> str:
    """The same in a sentence: « +8 € »."""
    return NONE if value is None else variation(_kept(value, unit), unit)


def rate(value: Decimal | None, whole: Fraction | None) -> str:
    """« 82,3 % »; « non calculable » when nothing was expected, « – » when nobody promised anything."""
    if whole is None:
        return NONE
    return NOT_COMPUTABLE if value is None else percentage(value)


def _kept(value: Decimal, unit: str) -> Decimal:
    return rounded(value, WHOLE) if unit == EURO else value


def fraction(parts: tuple[Decimal, Decimal] | None, unit: str) -> str:
    """What a percentage comes from: « 12 / 40 »; « – » when it comes from nothing."""
    return NONE if parts is None else " / ".join(amount(part, unit) for part in parts)
