"""What one company can report in a semester: beyond it one asks, far beyond it one refuses, from the first one on."""

from decimal import Decimal

import pytest

from indicators.catalogue import load_catalogue
from indicators.checks import blocking, warnings

PAQTE = load_catalogue("paqte-2018")


def asked(code: str, value: int) -> list[str]:
    """The questions that this figure alone raises in a first semester."""
    return [item.sentence for item in warnings(PAQTE, {code: Decimal(value)}, previous={}, headcount=None)]


def refused(code: str, value: int) -> list[str]:
    """Why it cannot be."""
    return [item.sentence for item in blocking(PAQTE, {code: Decimal(value)})]


@pytest.mark.parametrize(
    ("code", "most", "sentence"),
    [
        ("REC-01", 1000, "Recrutements (REC-01)\u00a0: 1\u202f001 recrutements en un semestre, plus de 1\u202f000."),
        ("SEN-12", 500, "Mécénat de compétences (SEN-12)\u00a0: 501\u00a0j en un semestre, plus de 500."),
        (
            "SEN-11",
            200_000,
            "Mécénat financier (SEN-11)\u00a0: 200\u202f001\u00a0€ en un semestre, plus de 200\u202f000.",
        ),
        (
            "ACH-08",
            20_000,
            "Heures d’insertion réalisées (ACH-08)\u00a0: 20\u202f001\u00a0h en un semestre, plus de 20\u202f000.",
        ),
    ],
)
def test_above_its_ceiling_is_asked_from_the_first_semester_on(code: str, most: int, sentence: str) -> None:
    assert asked(code, most) == []
    assert asked(code, most + 1) == [f"{sentence} Est-ce exact\u00a0?"]
    assert refused(code, most * 100) == []


def test_beyond_a_hundred_times_its_ceiling_is_refused_and_no_longer_asked() -> None:
    assert refused("REC-02", 100_001) == [
        "Recrutements de résidents de QPV (REC-02)\u00a0: 100\u202f001 est trop grand\u00a0: le portail accepte au "
        "plus 100\u202f000 recrutements par entreprise et par semestre. "
        "Vérifiez le nombre de chiffres et l’unité, puis corrigez."
    ]
    assert asked("REC-02", 100_001) == []


def test_a_million_millions_passes_nowhere() -> None:
    for indicator in PAQTE.indicators:
        found = blocking(PAQTE, {indicator.code: Decimal(10**12)})
        assert [finding.key.split(":")[0] for finding in found] in (["too_much"], ["not_yes_no"]), indicator.code
