"""One figure as people type it."""

from decimal import Decimal

import pytest

from conventions.figures import read_figure
from french.numbers import NumberRefused
from indicators.catalogue import load_catalogue

PAQTE = load_catalogue("paqte-2018")
SPECS = {
    "nombre": PAQTE.indicator("REC-02"),
    "€": PAQTE.indicator("ACH-06"),
    "oui": PAQTE.indicator("REC-07"),
    "libre": None,
}
NARROW, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0", "nombre", Decimal(0)),
        (" 12 ", "nombre", Decimal(12)),
        (f"1{NARROW}234,5", "€", Decimal("1234.5")),
        (f"1{NBSP}234,50", "€", Decimal("1234.50")),
        ("2000000000", "€", Decimal(2_000_000_000)),
        ("100000000", "libre", Decimal(100_000_000)),
        ("1", "oui", Decimal(1)),
        ("0", "oui", Decimal(0)),
        ("2,5", "libre", Decimal("2.5")),
        ("12,0", "nombre", Decimal(12)),
    ],
)
def test_a_figure_is_read(text, unit, value):
    assert read_figure(text, SPECS[unit]) == value


@pytest.mark.parametrize("text", ["", "   ", NARROW, "\t"])
def test_nothing_typed_is_no_figure(text):
    assert read_figure(text, SPECS["nombre"]) is None


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("1,5", "nombre", "1,5 n’est pas un nombre entier. Écrivez 1 ou 2."),
        ("-3", "nombre", "-3 est négatif. Écrivez 0 ou un nombre positif."),
        ("2", "oui", "2 n’est ni oui ni non."),
        ("1,234", "€", "1,234 a trop de décimales. Écrivez 1,23."),
        ("1000000000000", "€", f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        (
            "100001",
            "nombre",
            f"100{NARROW}001 est trop grand{NBSP}: le portail accepte au plus 100{NARROW}000 recrutements "
            "par entreprise et par semestre. Vérifiez le nombre de chiffres et l’unité, puis corrigez.",
        ),
        (
            "100000000,5",
            "libre",
            f"100{NARROW}000{NARROW}000,5 est trop grand{NBSP}: écrivez au plus 100{NARROW}000{NARROW}000, "
            "dans une autre unité.",
        ),
        ("9" * 5_000, "nombre", f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        ("-" + "9" * 5_000, "libre", f"Ce nombre est trop grand{NBSP}: douze chiffres au plus avant la virgule."),
        (
            "1.234",
            "nombre",
            f"« 1.234 » est ambigu{NBSP}: le point n’est pas accepté. "
            "Écrivez 1234 pour un nombre entier ou 1,234 pour un nombre à virgule.",
        ),
    ],
)
def test_a_refusal_says_how_to_write_it(text, unit, sentence):
    with pytest.raises(NumberRefused) as refusal:
        read_figure(text, SPECS[unit])

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("text", ["1e3", "1_000", "٣٤", "NaN", "Infinity", "0x10", "12,", ",5", "1 23", "--1", "1,2,3"])
def test_what_is_not_french_is_refused(text):
    with pytest.raises(NumberRefused):
        read_figure(text, SPECS["€"])
