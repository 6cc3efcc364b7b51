"""One code counts one thing for ever: what a new version may say of it, and what takes another code."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import Catalogue, CatalogueError, load_catalogue
from indicators.continuity import discontinuities
from indicators.models import CatalogueVersion
from indicators.specs import Axis, IndicatorSpec, Kind, RatioSpec, Unit

PAQTE = load_catalogue("paqte-2018")
SEN_01, RAT_01 = PAQTE.indicators[0], PAQTE.ratios[0]


def version(*indicators: IndicatorSpec, ratios: tuple[RatioSpec, ...] = (), year: int = 2021) -> Catalogue:
    return replace(
        PAQTE,
        version=f"paqte-{year}",
        published_on=date(year, 11, 1),
        indicators=indicators,
        ratios=ratios,
        fingerprint=f"{year:064d}",
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"unit": Unit.DAY}, "l’unité"),
        ({"kind": Kind.STOCK}, "le type"),
        ({"axis": Axis.FORMER}, "l’axe"),
        ({"distinct": True}, "ce qui n’est distinct que dans une entreprise et un semestre"),
        ({"definition": "Autre chose."}, "la définition"),
        ({"counts": "Autre chose."}, "ce qui compte"),
        ({"excludes": "Rien.", "counts": "Tout."}, "ce qui compte, ce qui ne compte pas"),
    ],
)
def test_a_code_that_counts_something_else_is_refused(changes: dict[str, Any], named: str) -> None:
    (sentence,) = discontinuities(version(replace(SEN_01, **changes)), [PAQTE])

    assert sentence.startswith(f"SEN-01\u00a0: {named} n’est plus ce que disait ce code.")
    assert "donnez un autre code" in sentence


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"label": "Stages de 3e offerts"},
        {"core": False, "ceiling": None, "source": "Autre", "position": 12, "valid_until": date(2022, 1, 1)},
        {"definition": "La même chose en d’autres mots.", "reworded": True},
        {"code": "SEN-13", "definition": "Autre chose.", "unit": Unit.DAY},
    ],
)
def test_what_leaves_the_sum_true_is_allowed(changes: dict[str, Any]) -> None:
    assert discontinuities(version(replace(SEN_01, **changes)), [PAQTE]) == []


def test_to_be_reworded_makes_up_for_no_other_unit() -> None:
    (sentence,) = discontinuities(version(replace(SEN_01, unit=Unit.EURO, reworded=True)), [PAQTE])

    assert sentence.startswith("SEN-01\u00a0: l’unité n’est plus")
    assert "reformulé" not in sentence


def test_the_last_version_that_had_the_code_says_what_it_counts() -> None:
    reworded = replace(SEN_01, definition="En d’autres mots.", reworded=True)
    former = [version(year=2024), version(reworded, year=2021), PAQTE]

    assert discontinuities(version(replace(reworded, reworded=False), year=2027), former) == []
    (sentence,) = discontinuities(version(replace(SEN_01, unit=Unit.HOUR), year=2027), former)
    assert sentence.startswith("SEN-01\u00a0: l’unité n’est plus")
    (back,) = discontinuities(version(SEN_01, year=2027), former)
    assert back.startswith("SEN-01\u00a0: la définition n’est plus")


@pytest.mark.parametrize(
    ("ratio", "beginning"),
    [
        (replace(RAT_01, numerator=RAT_01.numerator[:1]), "RAT-01\u00a0: le numérateur n’est plus"),
        (replace(RAT_01, cumulated_numerator=True), "RAT-01\u00a0: le cumul du numérateur n’est plus"),
        (replace(RAT_01, code="SEN-02"), "SEN-02\u00a0: c’était le code d’un indicateur."),
    ],
)
def test_a_ratio_is_its_formula(ratio: RatioSpec, beginning: str) -> None:
    (sentence,) = discontinuities(version(ratios=(ratio,)), [PAQTE])

    assert sentence.startswith(beginning)
    assert discontinuities(version(ratios=(replace(RAT_01, label="Part", definition="Autre."),)), [PAQTE]) == []


def test_a_code_never_goes_from_a_ratio_to_an_indicator() -> None:
    (sentence,) = discontinuities(version(replace(SEN_01, code="RAT-01")), [PAQTE])

    assert sentence == "RAT-01\u00a0: c’était le code d’un taux. Donnez-en un autre à cet indicateur."


@pytest.mark.django_db
def test_no_version_that_breaks_it_is_published() -> None:
    sync_catalogues([PAQTE])

    with pytest.raises(CatalogueError) as refusal:
        sync_catalogues([version(replace(SEN_01, unit=Unit.DAY))])

    assert str(refusal.value).startswith("SEN-01\u00a0: l’unité n’est plus ce que disait ce code.")
    assert list(CatalogueVersion.objects.values_list("code", flat=True)) == ["paqte-2018"]
