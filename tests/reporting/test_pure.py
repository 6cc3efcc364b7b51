"""The tree of a bilan: to JSON and back, differences between versions, sums of départements."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.bilan import AxisSection, BilanData, Movement, Revision
from reporting.changes import changes, says_the_same
from reporting.codec import from_json_value, to_json, to_json_value
from reporting.columns import total
from reporting.consolidation import NationalTotal, NotAddable, Sent, consolidate, of_one
from reporting.figures import Figure, RatioFigure, percent
from reporting.method.overlaps import CountedElsewhere, Overlap, Ruling, Share
from reporting.renderers.charts import chart_of
from tests.reporting.samples import TEXTS, of_department, sample

VALUES = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
FRACTIONS = st.none() | st.fractions(min_value=0, max_value=10**9, max_denominator=366)
COUNTS = st.integers(min_value=0, max_value=50)
BASE = sample(1)


@st.composite
def bilans(draw: st.DrawFn) -> BilanData:
    """Two axes of some département with drawn figures: an indicator that is missing here may exist elsewhere."""
    code = f"{draw(st.integers(min_value=1, max_value=95)):02d}"
    region = draw(st.sampled_from(["11", "32", "84"]))
    axes = tuple(drawn_axis(draw, axis) for axis in BASE.axes[:2])
    return replace(of_department(BASE, code, region), axes=axes)


def drawn_axis(draw: st.DrawFn, axis: AxisSection) -> AxisSection:
    kept = [figure for figure in axis.figures[:3] if draw(st.booleans())]
    return replace(
        axis,
        figures=tuple(drawn_figure(draw, figure) for figure in kept),
        ratios=tuple(drawn_ratio(draw, ratio) for ratio in axis.ratios[:1]),
    )


def drawn_figure(draw: st.DrawFn, figure: Figure) -> Figure:
    return replace(
        figure,
        semester=draw(VALUES),
        cumulative=draw(VALUES),
        tracked=draw(VALUES),
        expected=draw(FRACTIONS),
        objective=draw(FRACTIONS),
        previous=draw(VALUES),
        respondents=draw(COUNTS),
        asked=draw(COUNTS),
    )


def drawn_ratio(draw: st.DrawFn, ratio: RatioFigure) -> RatioFigure:
    return replace(
        ratio, numerator=draw(VALUES), denominator=draw(VALUES), respondents=draw(COUNTS), asked=draw(COUNTS)
    )


NATIONS = st.lists(bilans(), max_size=4, unique_by=lambda bilan: bilan.place.code)


def total_of(nation: Iterable[BilanData], semester: str = "2019-S1") -> NationalTotal:
    """Their sum, nothing having been sent before."""
    return consolidate((Sent(now=bilan, last=bilan) for bilan in nation), semester=semester)


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


@given(NATIONS)
def test_france_is_the_sum_of_its_regions_and_of_its_departements(nation: list[BilanData]):
    regions = {bilan.place.region_code for bilan in nation}
    by_region = [total_of(bilan for bilan in nation if bilan.place.region_code == code) for code in sorted(regions)]
    france = total_of(nation)

    assert sum(by_region, NationalTotal("2019-S1", (), (), ())) == france
    assert total_of(reversed(nation)) == france


@given(NATIONS)
def test_totals_are_the_plain_sums(nation: list[BilanData]):
    france = total_of(nation)

    for item in france.figures:
        same = [figure for bilan in nation for figure in bilan.figures if figure.code == item.line.code]
        known = [figure.semester for figure in same if figure.semester is not None]
        assert item.line.semester == (sum(known) if known else None)
        assert (item.line.respondents, item.line.asked) == (
            sum(figure.respondents for figure in same),
            sum(figure.asked for figure in same),
        )


@given(bilans(), bilans())
def test_addition_is_commutative(one: BilanData, other: BilanData):
    other = of_department(other, "2A")

    first, second = (of_one(Sent(now=bilan), semester="2019-S1") for bilan in (one, other))

    assert first + second == second + first


def test_what_is_not_known_is_not_zero():
    assert total(None, None) is None
    assert total(Decimal(0), None) == Decimal(0)
    assert total(None, Decimal(3)) == Decimal(3)
    assert total(Decimal(2), Decimal(3)) == Decimal(5)


def test_a_departement_without_answers_still_counts_in_what_was_asked():
    silent = of_department(sample(0), "59")
    asked = replace(silent, axes=tuple(replace_asked(axis, 7) for axis in silent.axes))

    france = total_of([sample(3), asked])
    first = france.figures[0]

    assert (first.line.respondents, first.line.asked, first.departments) == (2, 10, 1)
    assert first.line.semester == Decimal(42)


def replace_asked(axis: AxisSection, asked: int) -> AxisSection:
    return replace(axis, figures=tuple(replace(figure, asked=asked) for figure in axis.figures))


def test_what_does_not_add_up_is_refused():
    with pytest.raises(NotAddable, match="comptés deux fois"):
        total_of([BASE, BASE])
    with pytest.raises(NotAddable, match="Deux semestres"):
        total_of([BASE], "2019-S2")


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


def test_a_departement_that_is_late_counts_in_what_runs_since_the_launch_only():
    # METHOD, §9: the nation in 2020-S2. X sends 13 (8 recalled as 17, sent as 14), Y had sent 7 and is late.
    x, y = BASE, of_department(BASE, "59")
    now = with_figure(x, "2020-S2", semester=13, previous=17, constant=-2, arrivals=0, departures=2, cumulative=45)
    before, late = with_figure(x, "2020-S1", semester=14), with_figure(y, "2020-S1", semester=7, cumulative=12)

    nation = consolidate([Sent(now, before, now), Sent(None, late, late)], semester="2020-S2")

    (found,) = nation.figures
    line = found.line
    assert list(map(str, (line.semester, line.previous, line.cumulative))) == ["13", "21", "57"]
    parts = (line.constant, line.arrivals, line.departures, line.revised, found.missing)
    assert list(map(str, parts)) == ["-2", "0", "2", "3", "7"]
    assert nation.older == ("Département 59",)


def with_figure(bilan: BilanData, of: str, **values: int) -> BilanData:
    """The same bilan with one figure."""
    figure = Figure.blank(bilan.axes[0].figures[0])
    known: dict[str, Any] = {name: Decimal(value) for name, value in values.items()}  # Any: fields of a figure
    axis = replace(bilan.axes[0], figures=(replace(figure, **known),), ratios=())
    return replace(bilan, semester=of, axes=(axis,))
