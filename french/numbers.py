"""Pure: read and print numbers as the French write them: 1 234,5; parse(format_number(x)) gives x back."""

import re
from decimal import Decimal
from fractions import Fraction

SPACES = "\u0020\u00a0\u202f\u2009"
"""What separates thousands: typed space, no-break space, narrow no-break space (browsers print it), thin space."""

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

_NUMBER = re.compile(rf"-?(?:[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+)(?:,[0-9]+)?")


class NumberRefused(ValueError):
    """The text is not a French number; the message is a French sentence that shows how to write it."""


def parse(text: str) -> Decimal:
    """Read a French number: digits, spaces between groups of three, one decimal comma.

    Raises NumberRefused for anything else: a dot (ambiguous), an exponent, an underscore, digits of
    another script, NaN, a zero with a sign (a figure half typed: « -0 » is what is left of « -05 » or of « -0,5 »).
    """
    stripped = text.strip(SPACES + "\t\r\n")
    if not _NUMBER.fullmatch(stripped):
        raise NumberRefused(_refusal(stripped))
    value = Decimal(stripped.translate({ord(space): None for space in SPACES}).replace(",", "."))
    if value.is_zero() and value.is_signed():
        raise NumberRefused(f"« {stripped} »\u00a0: un zéro n’a pas de signe. Écrivez 0.")
    return value


def rounded(value: Fraction | Decimal | int, step: Decimal = Decimal("0.01")) -> Decimal:
    """The nearest multiple of `step`, a power of ten; halves go away from zero. Exact whatever the fraction."""
    # In whole numbers: a page rounds hundreds of times, and a Fraction is reduced each time it is made.
    numerator, denominator = value.as_integer_ratio()
    up, down = step.as_integer_ratio()
    part, whole = numerator * down, denominator * up
    steps = (2 * abs(part) + whole) // (2 * whole)
    return (Decimal(steps) * step).copy_sign(-1 if part < 0 and steps else 1)


def counted(number: Decimal | int, one: str, several: str) -> str:
    """« 1 remontée », « 2 remontées », « 0 remontée »; the plural starts at two, « 1,5 jour »."""
    return f"{format_number(number)} {one if number < 2 else several}"


def format_number(value: Decimal | int, decimals: int | None = None) -> str:
    """Print a number with narrow no-break spaces and a comma; `decimals` fixes how many, None keeps what matters."""
    number = Decimal(value)
    text = f"{number:.{decimals}f}" if decimals is not None else f"{number:f}"
    whole, _, fraction = text.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", NARROW_SPACE)
    if not any(character in "123456789" for character in digits + fraction):
        sign = ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def identifier(digits: str) -> str:
    """A SIREN or SIRET as it is printed: « 732 829 320 00074 », with no-break spaces."""
    return NO_BREAK_SPACE.join(part for part in (digits[0:3], digits[3:6], digits[6:9], digits[9:]) if part)


def _refusal(text: str) -> str:
    """Why `text` is refused, with the readings it could have had."""
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return (
            f"« {text} » est ambigu\u00a0: le point n’est pas accepté. Écrivez {text.replace('.', '')} "
            f"pour un nombre entier ou {text.replace('.', ',')} pour un nombre à virgule."
        )
    shown = text if len(text) <= 30 else text[:29] + "…"
    return f"« {shown} » n’est pas un nombre. Écrivez par exemple 1{NARROW_SPACE}234 ou 1{NARROW_SPACE}234,5."
