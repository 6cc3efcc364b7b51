"""The tree of a bilan: to JSON and back, differences between versions."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from reporting.bilan import BilanData, Movement, Revision
from reporting.changes import changes, says_the_same
from reporting.codec import from_json_value, to_json, to_json_value
from reporting.figures import percent
from reporting.method.overlaps import CountedElsewhere, Overlap, Ruling, Share
from reporting.renderers.charts import chart_of
from tests.reporting.drawn import BASE, bilans
from tests.reporting.samples import TEXTS, sample


@given(bilans())
def test_a_bilan_survives_json(bilan: BilanData):
    assert from_json_value(json.loads(json.dumps(to_json_value(bilan)))) == bilan


def written(**numbers: Any) -> Any:  # Any: fields of a figure, and JSON
    """What the file of a bilan says of its first figure, given these numbers."""
    bilan = replace(BASE, axes=(replace(BASE.axes[0], figures=(replace(BASE.axes[0].figures[0], **numbers),)),))
    return json.loads(to_json(bilan))["axes"][0]["figures"][0]


def test_numbers_travel_as_numbers():
    value = written(
        semester=Decimal("1E+3"),
        cumulative=Decimal("12.50"),
        previous=Decimal("9999999999999.99"),
        constant=Decimal("-0.1"),
        expected=Fraction(22, 3),
        objective=Fraction(60),
    )

    assert [value[name] for name in ("semester", "cumulative", "constant")] == [1000, 12.5, -0.1]
    assert type(value["semester"]) is int
    assert Decimal(str(value["previous"])) == Decimal("9999999999999.99")
    assert value["expected"] == {"value": 7.33, "numerator": 22, "denominator": 3}
    assert value["objective"] == {"value": 60, "numerator": 60, "denominator": 1}
    assert value["last_known"] is None


def test_a_number_that_a_double_would_change_is_not_written():
    with pytest.raises(ValueError, match="more digits than a double holds"):
        written(semester=Decimal("99999999999999999.99"))


def test_a_file_read_with_decimals_gives_the_same_bilan():
    bilan = sample(3)

    assert from_json_value(json.loads(to_json(bilan), parse_float=Decimal)) == bilan


def test_changes_are_printed_old_and_new():
    figure = replace(BASE.axes[2].figures[0], semester=None)
    axis = replace(BASE.axes[2], figures=(figure, *BASE.axes[2].figures[1:]))
    new = replace(BASE, axes=(*BASE.axes[:2], axis, BASE.axes[3]))

    assert changes(BASE, new) == (Revision("Recrutements (REC-01), semestre", "168", "non renseigné"),)
    assert changes(BASE, BASE) == ()


def test_changes_are_those_of_texts_lists_and_names_too():
    group = Overlap("000999771", "Groupe Terril", "REC-01", (Share("A", Decimal(9)), Share("B", Decimal(3))))
    settled = replace(group, overlap=Decimal(3), ruling=Ruling.LARGEST.value, reason="Filiale comprise.")
    old = replace(BASE, overlaps=(group,), movements=())
    new = replace(
        BASE,
        version=2,
        texts={**BASE.texts, "obstacles": "Aucun.", "rectification_reason": "Un oubli."},
        signatories=(replace(BASE.signatories[0], company="Renommée"), *BASE.signatories[1:]),
        overlaps=(settled,),
        elsewhere=(CountedElsewhere("REC-01", Decimal(9), ("A (convention nationale)",)),),
        movements=(Movement("A", "PAQTE-62-2019-00001", "résiliée", date(2019, 6, 1), ()),),
    )

    found = {change.label: (change.old, change.new) for change in changes(old, new)}

    assert found.pop("Obstacles rencontrés")[1] == "Aucun."
    assert found.pop("Conventions en vigueur")[1].startswith("Renommée (")
    assert found == {
        "Entrées, renouvellements et départs": (
            "aucune entreprise",
            "A (PAQTE-62-2019-00001), résiliée le 01/06/2019",
        ),
        "Ce qui serait compté deux fois": (
            "Groupe Terril, REC-01, 0 sur 12 (à\u00a0arbitrer)",
            "Groupe Terril, REC-01, 3 sur 12 "
            "(Garder la plus grande valeur\u00a0: elle comprend les autres\u00a0: Filiale comprise.)",
        ),
        "Ce qui est compté ailleurs aussi": ("rien", "A (convention nationale)\u00a0: REC-01 (9)"),
    }


def test_a_version_that_says_the_same_is_seen():
    again = replace(BASE, version=2, texts={**TEXTS, "rectification_reason": "Pour rien."}, transmitted_at=None)

    assert says_the_same(BASE, again)
    assert not says_the_same(BASE, replace(again, texts={**TEXTS, "strategy": "Une autre."}))


def test_rates():
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert percent(Decimal(1), Decimal(0)) is None
    assert percent(None, Decimal(3)) is None
    assert percent(Decimal("0.05"), Decimal(100)) == Decimal("0.1")


@pytest.mark.parametrize(
    ("said_yes", "promised", "words"),
    [
        (16, 20, "16 des 20 entreprises qui l’ont promis"),
        (0, 20, "aucune des 20 entreprises qui l’ont promis"),
        (1, 1, "1 entreprise l’a promis\u00a0: oui"),
        (0, 1, "1 entreprise l’a promis\u00a0: pas encore"),
    ],
)
def test_a_yes_is_counted_in_companies(said_yes: int, promised: int, words: str):
    axis = BASE.axes[2]
    figure = replace(axis.figures[0], kind="oui-non", expected=Fraction(promised), tracked=Decimal(said_yes))

    assert chart_of(replace(axis, figures=(figure,))).bars[0].value == words


def test_a_chart_says_what_it_shows():
    axis = BASE.axes[2]

    chart = chart_of(axis)

    assert chart.title == "Recruter\u00a0: 1 des 3 objectifs suivis est au niveau attendu"
    assert chart.bars[0].value == "350 sur 263 attendus (133,3\u202f%)"
    ahead = next(figure for figure in axis.figures if figure.expected)
    reached = replace(axis, figures=(ahead, ahead))
    assert chart_of(reached).title.endswith("les 2 objectifs suivis sont au niveau attendu")
    assert chart_of(axis, comparable=False).title.endswith("chiffres provisoires, en attente des remontées")
    assert chart_of(replace(axis, figures=())).title.endswith("aucun objectif n’est attendu à ce jour sur cet axe")
