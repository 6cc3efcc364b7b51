"""Pure: read one figure of an indicator as people type it, with a sentence for whatever cannot be kept."""

from decimal import ROUND_FLOOR, Decimal

from french.numbers import NumberRefused, format_number, parse
from indicators.checks import too_much
from indicators.specs import TOO_MUCH, IndicatorSpec, Unit

LARGEST = Decimal("999999999999.99")
"""What the database keeps: fourteen digits, two of them after the comma."""

FREE_CEILING = Decimal(1_000_000)
"""Of a specific commitment, whose unit is free: beyond it one asks, beyond TOO_MUCH times it one refuses."""


def read_figure(text: str, spec: IndicatorSpec | None) -> Decimal | None:
    """The figure in `text`, None when nothing is typed; 0 is a figure. Raises NumberRefused with a French sentence.

    `spec` is None for a specific commitment, whose unit is free.
    """
    if not text.strip():
        return None
    value = parse(text)
    refusal = refusal_of(value, spec)
    if refusal:
        raise NumberRefused(refusal)
    return value


def refusal_of(value: Decimal, spec: IndicatorSpec | None) -> str:
    """Why a number cannot be the figure of this indicator; empty when it can."""
    # First: nobody reads five thousand digits, and Python refuses to print them.
    if abs(value) > LARGEST:
        return "Ce nombre est trop grand\u00a0: douze chiffres au plus avant la virgule."
    unit = spec.unit if spec else None
    shown = format_number(value)
    whole = value.to_integral_value(ROUND_FLOOR)
    if value < 0:
        return f"{shown} est négatif. Écrivez 0 ou un nombre positif."
    if unit is Unit.YES_NO and value not in (0, 1):
        return f"{shown} n’est ni oui ni non."
    if excess := too_much(spec, value) if spec else _free_excess(value):
        return excess
    if unit and unit.integer and value != whole:
        return f"{shown} n’est pas un nombre entier. Écrivez {format_number(whole)} ou {format_number(whole + 1)}."
    if value != round(value, 2):
        return f"{shown} a trop de décimales. Écrivez {format_number(round(value, 2))}."
    return ""


def _free_excess(value: Decimal) -> str:
    """The same rule as `too_much`, for a unit that nobody knows."""
    limit = FREE_CEILING * TOO_MUCH
    if value <= limit:
        return ""
    return f"{format_number(value)} est trop grand\u00a0: écrivez au plus {format_number(limit)}, dans une autre unité."
