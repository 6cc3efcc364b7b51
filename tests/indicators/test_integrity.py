"""A catalogue that contradicts itself is refused before anybody signs a target on it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.integrity import problems
from indicators.specs import Axis, Headlines, IndicatorSpec, Kind, Origin, RatioSpec, RatioTerm, Rule, RuleKind, Unit

WHOLE = IndicatorSpec(
    code="SEN-04",
    axis=Axis.SENSIBILISER,
    position=1,
    label="Total",
    definition="d",
    counts="c",
    excludes="e",
    kind=Kind.FLUX,
    unit=Unit.COUNT,
    core=True,
    origin=Origin.PUBLIC,
    source="s",
    plausibility="p",
    ceiling=Decimal(1000),
)
PART = replace(WHOLE, code="SEN-02", position=2, part_of=("SEN-04",))
RATIO = RatioSpec(
    code="RAT-01",
    axis=Axis.SENSIBILISER,
    position=1,
    label="Part",
    definition="d",
    numerator=(RatioTerm(1, "SEN-02"),),
    denominator=(RatioTerm(1, "SEN-04"),),
)
FIRST = Headlines(bilan=("SEN-04",), nation=("SEN-04",))


def test_sound_catalogue_has_no_problem() -> None:
    assert problems([WHOLE, PART], [RATIO], FIRST) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"definition": " "}, "SEN-02\u00a0: «\u00a0definition\u00a0» est vide."),
        ({"source": ""}, "SEN-02\u00a0: «\u00a0source\u00a0» est vide."),
        ({"part_of": ("SEN-09",)}, "SEN-02\u00a0: cite SEN-09, qui n’existe pas."),
        ({"overlap": "SEN-09"}, "SEN-02\u00a0: cite SEN-09, qui n’existe pas."),
        ({"unit": Unit.EURO}, "SEN-02\u00a0: n’a pas la même unité que SEN-04, dont il est une partie."),
        (
            {"kind": Kind.YES_NO, "part_of": ()},
            "SEN-02\u00a0: un oui ou non a le type et l’unité oui/non, et rien d’autre ne les a.",
        ),
        (
            {"valid_from": date(2020, 1, 1), "valid_until": date(2019, 12, 31)},
            "SEN-02\u00a0: la validité finit avant de commencer.",
        ),
        (
            {"disjoint_parts": True, "overlap": "SEN-02", "targetable": False},
            "SEN-02\u00a0: des parties disjointes n’ont rien en commun.",
        ),
        ({"distinct": True, "kind": Kind.STOCK}, "SEN-02\u00a0: seul un flux d’unités entières se dédoublonne."),
        ({"ceiling": None}, "SEN-02\u00a0: pas de plafond pour l’unité nombre."),
        ({"ceiling": Decimal(0)}, "SEN-02\u00a0: pas de plafond pour l’unité nombre."),
        (
            {"kind": Kind.YES_NO, "unit": Unit.YES_NO, "part_of": ()},
            "SEN-02\u00a0: un oui ou non n’a pas de plafond.",
        ),
        ({"words": ("stagiaire", " ")}, "SEN-02\u00a0: les mots d’un nombre sont un singulier et un pluriel."),
        ({"overlap": "SEN-04", "part_of": ()}, "SEN-04\u00a0: ce que deux parties ont en commun ne se promet pas."),
        (
            {"rules": (Rule(RuleKind.AT_LEAST_SUM, of=("SEN-09",)),)},
            "SEN-02\u00a0: cite SEN-09, qui n’existe pas.",
        ),
        (
            {"rules": (Rule(RuleKind.RATIO_ABOVE, of=("SEN-04",)),)},
            "SEN-02\u00a0: la règle ratio_above a une limite de trop ou en moins.",
        ),
        (
            {"rules": (Rule(RuleKind.REQUIRES, of=("SEN-04",), limit=Decimal(1)),)},
            "SEN-02\u00a0: la règle requires a une limite de trop ou en moins.",
        ),
        (
            {"rules": (Rule(RuleKind.REQUIRES),)},
            "SEN-02\u00a0: la règle requires cite des indicateurs de trop ou n’en cite pas.",
        ),
        (
            {"rules": (Rule(RuleKind.AT_MOST_HEADCOUNT, of=("SEN-04",), limit=Decimal(1)),)},
            "SEN-02\u00a0: la règle at_most_headcount cite des indicateurs de trop ou n’en cite pas.",
        ),
    ],
)
def test_indicator_with_one_fault(changes: dict[str, Any], problem: str) -> None:
    assert problems([WHOLE, replace(PART, **changes)], [], FIRST) == [problem]


def test_code_given_twice() -> None:
    assert problems([WHOLE, replace(WHOLE, position=2)], [], FIRST) == ["SEN-04\u00a0: code donné deux fois."]
    assert problems([WHOLE, PART], [RATIO, RATIO], FIRST) == ["RAT-01\u00a0: code donné deux fois."]


def test_indicator_that_is_a_part_of_itself() -> None:
    first = replace(WHOLE, code="A", part_of=("B",))
    second = replace(WHOLE, code="B", part_of=("C",))
    third = replace(WHOLE, code="C", part_of=("A", "A"))

    assert problems([first, second, third], [], Headlines(("A",), ("A",))) == [
        "A\u00a0: est une partie de lui-même.",
        "B\u00a0: est une partie de lui-même.",
        "C\u00a0: est une partie de lui-même.",
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"numerator": ()}, "RAT-01\u00a0: pas de numérateur."),
        ({"denominator": ()}, "RAT-01\u00a0: pas de dénominateur."),
        ({"numerator": (RatioTerm(1, "SEN-09"),)}, "RAT-01\u00a0: cite SEN-09, qui n’existe pas."),
        ({"numerator": (RatioTerm(1, "SEN-11"),)}, "RAT-01\u00a0: mêle plusieurs unités."),
        ({"axis": Axis.RECRUTER}, "RAT-01\u00a0: mêle plusieurs axes."),
    ],
)
def test_ratio_with_one_fault(changes: dict[str, Any], problem: str) -> None:
    euros = replace(WHOLE, code="SEN-11", unit=Unit.EURO)

    assert problems([WHOLE, PART, euros], [replace(RATIO, **changes)], FIRST) == [problem]


STOCK = replace(WHOLE, code="REC-05", position=3, kind=Kind.STOCK)
CUMULATED = replace(RATIO, cumulated_numerator=True, denominator=(RatioTerm(1, "REC-05"),))


def test_a_numerator_that_adds_up_over_time_stands_over_a_stock() -> None:
    assert problems([WHOLE, PART, STOCK], [CUMULATED], FIRST) == []


@pytest.mark.parametrize(
    ("part", "denominator", "problem"),
    [
        ({"distinct": True}, "REC-05", "RAT-01\u00a0: SEN-02 ne se cumule pas d’un semestre à l’autre."),
        ({"kind": Kind.STOCK}, "REC-05", "RAT-01\u00a0: SEN-02 ne se cumule pas d’un semestre à l’autre."),
        ({}, "SEN-04", "RAT-01\u00a0: SEN-04 n’est pas un stock, et le numérateur est cumulé."),
    ],
)
def test_a_numerator_that_cannot_be_cumulated(part: dict[str, Any], denominator: str, problem: str) -> None:
    ratio = replace(CUMULATED, denominator=(RatioTerm(1, denominator),))

    assert problems([WHOLE, replace(PART, **part), STOCK], [ratio], FIRST) == [problem]


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        (("SEN-04", "SEN-99"), "Chiffres clés «\u00a0nation\u00a0»\u00a0: cite SEN-99, qui n’existe pas."),
        (("SEN-04", "SEN-04"), "Chiffres clés «\u00a0nation\u00a0»\u00a0: SEN-04 donné deux fois."),
        ((), "Chiffres clés «\u00a0nation\u00a0»\u00a0: rien pour l’axe Sensibiliser."),
    ],
)
def test_what_a_page_shows_first_exists_once_on_each_axis(codes: tuple[str, ...], problem: str) -> None:
    assert problems([WHOLE, PART], [RATIO], replace(FIRST, nation=codes)) == [problem]
    assert problems([WHOLE, PART], [RATIO], replace(FIRST, bilan=codes)) == [problem.replace("nation", "bilan")]
