"""One figure as people type it."""

from decimal import Decimal

import pytest

from conventions.figures import read_figure
from french.numbers import NumberRefused
from indicators.specs import Unit

NARROW, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0", Unit.COUNT, Decimal(0)),
        (" 12 ", Unit.COUNT, Decimal(12)),
        (f"1{NARROW}234,5", Unit.EURO, Decimal("1234.5")),
        (f"1{NBSP}234,50", Unit.EURO, Decimal("1234.50")),
        ("999999999999,99", Unit.EURO, Decimal("999999999999.99")),
        ("1", Unit.YES_NO, Decimal(1)),
        ("0", Unit.YES_NO, Decimal(0)),
        ("2,5", None, Decimal("2.5")),
        ("12,0", Unit.COUNT, Decimal(12)),
    ],
)
def test_a_figure_is_read(text, unit, value):
    assert read_figure(text, unit) == value


@pytest.mark.parametrize("text", ["", "   ", NARROW, "\t"])
def test_nothing_typed_is_no_figure(text):
    assert read_figure(text, Unit.COUNT) is None


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("1,5", Unit.COUNT, "1,5 n’est pas un nombre entier. Écrivez 1 ou 2."),
        ("-3", Unit.COUNT, "-3 est négatif. Écrivez 0 ou un nombre positif."),
        ("2", Unit.YES_NO, "2 n’est ni oui ni non."),
        ("1,234", Unit.EURO, "1,234 a trop de décimales. Écrivez 1,23."),
        ("1000000000000", Unit.EURO, f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        ("9" * 5_000, Unit.COUNT, f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        ("-" + "9" * 5_000, None, f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        (
            "1.234",
            Unit.COUNT,
            f"« 1.234 » est ambigu{NBSP}: le point n’est pas accepté. "
            "Écrivez 1234 pour un nombre entier ou 1,234 pour un nombre à virgule.",
        ),
    ],
)
def test_a_refusal_says_how_to_write_it(text, unit, sentence):
    with pytest.raises(NumberRefused) as refusal:
        read_figure(text, unit)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("text", ["1e3", "1_000", "٣٤", "NaN", "Infinity", "0x10", "12,", ",5", "1 23", "--1", "1,2,3"])
def test_what_is_not_french_is_refused(text):
    with pytest.raises(NumberRefused):
        read_figure(text, Unit.EURO)
