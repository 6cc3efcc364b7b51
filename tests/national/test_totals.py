"""France is the sum of its régions and of its départements: by the database, in any order, as a naive fold adds up."""

from collections.abc import Collection
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from national.comparison import mixed_natures
from national.selection import WHOLE, Selection
from national.selectors.total import nation
from national.totals import ADDED, total
from national.value import DepartmentShare, Missing, NationalTotal
from reporting.bilan import BilanData
from reporting.figures import Figure, RatioFigure
from reporting.models import Bilan, BilanDocument, SentLine
from reporting.sent_lines import counts_of, lines_of
from territories.models import Department, Region
from territories.semester import Semester
from tests.national.fold import Sent, both, consolidate
from tests.reporting.drawn import bilans
from tests.reporting.samples import of_department, sample

NOW, BEFORE, LONG_AGO = "2020-S1", "2019-S2", "2019-S1"

Sendings = dict[str, dict[str, BilanData]]
"""By département, what it sent of each semester."""


@st.composite
def countries(draw: st.DrawFn) -> Sendings:
    """A few départements of two régions, each with some of three semesters sent."""
    found: Sendings = {}
    for code in draw(st.lists(st.sampled_from(["01", "02", "59", "62"]), max_size=3, unique=True)):
        semesters = draw(st.sets(st.sampled_from([LONG_AGO, BEFORE, NOW]), min_size=1))
        region = "32" if code in {"02", "59", "62"} else "84"
        found[code] = {one: replace(of_department(draw(bilans()), code, region), semester=one) for one in semesters}
    return found


def write(country: Sendings) -> None:
    """What sending writes, without the rest of it."""
    numbers = count(1)
    for code, sent in country.items():
        place = next(iter(sent.values())).place
        region, _ = Region.objects.get_or_create(code=place.region_code, defaults={"name": place.region})
        department, _ = Department.objects.get_or_create(code=code, defaults={"name": place.name, "region": region})
        for semester, data in sent.items():
            row = {"semester": Semester.parse(semester), "state": "transmitted", "transmitted_at": data.transmitted_at}
            bilan = Bilan.objects.create(department=department, **row)
            kept = {"snapshot": {}, "sha256": f"{next(numbers):064d}"}
            document = BilanDocument.objects.create(bilan=bilan, **kept, **counts_of(data))
            SentLine.objects.bulk_create(lines_of(document, data))


def told_otherwise(data: BilanData, **words: Any) -> BilanData:  # Any: fields of a figure
    """The same bilan, whose first figure the catalogue tells otherwise."""
    axis, *others = data.axes
    first, *figures = axis.figures
    return replace(data, axes=(replace(axis, figures=(replace(first, **words), *figures)), *others))


@pytest.mark.django_db
def test_a_figure_told_in_other_words_goes_on_adding_up() -> None:
    old, new = (of_department(sample(2), code) for code in ("01", "02"))
    code, value = old.axes[0].figures[0].code, old.axes[0].figures[0].semester
    write({"01": {NOW: old}, "02": {NOW: told_otherwise(new, label="Autrement dit", definition="En d’autres mots.")}})

    (line,) = [item.line for item in nation(Semester.parse(NOW), WHOLE).figures if item.line.code == code]

    assert value is not None
    assert line.semester == 2 * value
    assert list(mixed_natures()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", [{"unit": "jours"}, {"kind": "stock"}, {"distinct": True}])
def test_the_night_names_a_code_that_adds_two_things(words: dict[str, object]) -> None:
    old, new = (of_department(sample(2), code) for code in ("01", "02"))
    write({"01": {NOW: old}, "02": {NOW: told_otherwise(new, **words)}})

    assert list(mixed_natures()) == [
        f"{old.axes[0].figures[0].code}\u00a0: additionne des chiffres d’axes, de types ou d’unités différents"
    ]


def folded(country: Sendings) -> NationalTotal:
    """The sum of the last semester by the fold."""
    found = [Sent(sent.get(NOW), sent.get(BEFORE), sent[max(sent)]) for sent in country.values()]
    return consolidate(found, semester=NOW)


def counted(codes: Collection[str] | None = None) -> NationalTotal:
    """The same by the database."""
    selection = WHOLE if codes is None else Selection(within=frozenset(codes))
    found = nation(Semester.parse(NOW), selection)
    return replace(found, shares=tuple(replace(share, sha256="") for share in found.shares))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(countries())
def test_france_is_the_sum_of_its_parts(country: Sendings) -> None:
    with transaction.atomic():
        write(country)

        france = counted()
        departments = [counted([code]) for code in country]
        regions = [counted({"02", "59", "62"}), counted({"01"})]
        transaction.set_rollback(True)

    empty = NationalTotal(NOW, (), (), ())
    assert france == folded(country)
    for parts in (departments, departments[::-1], regions, regions[::-1]):
        whole = empty
        for part in parts:
            whole = both(whole, part)
        assert whole == france


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Figure, {"code", "label", "definition", "kind", "unit", "core", "rank", "distinct", "apart", "depth"}),
        (RatioFigure, {"code", "label", "definition", "rank", "counted_in"}),
    ],
)
def test_every_stored_value_adds_up_or_is_a_word(line: type, words: set[str]) -> None:
    stored = {field.name for field in fields(line)}
    own = {"previous_respondents", "previous_numerator", "previous_denominator", "revised"}

    added = {"value": "semester", "progress_numerator": "progress"}
    assert stored - {added.get(name, name) for name in ADDED} - own == words


def test_what_is_not_known_is_not_zero() -> None:
    assert total(None, None) is None
    assert total(Decimal(0), None) == Decimal(0)
    assert total(None, Decimal(3)) == Decimal(3)
    assert total(Decimal(2), Decimal(3)) == Decimal(5)


@pytest.mark.django_db
def test_a_departement_without_answers_still_counts_in_what_was_asked() -> None:
    here, silent = (replace(sample(number), semester=NOW) for number in (3, 0))
    asked = tuple(
        replace(axis, figures=tuple(replace(figure, asked=7) for figure in axis.figures)) for axis in silent.axes
    )
    write({"62": {NOW: here}, "59": {NOW: replace(of_department(silent, "59"), axes=asked)}})

    first = counted().figures[0]

    assert (first.line.respondents, first.line.asked, first.departments) == (2, 10, 1)
    assert first.line.semester == Decimal(42)
    assert first.line.expected == Fraction(first.line.expected or 0)


@pytest.mark.parametrize(
    ("sent", "missing", "said"),
    [
        ([], [], ""),
        (["32"], [], "1 département sur 1"),
        (["32", "32"], ["11"], "2 départements sur 3"),
        (["32", "11", ""], ["32"], "2 départements sur 3 et 1 collectivité sur 1"),
        (["32"], [""], "1 département sur 1 et 0 collectivité sur 1"),
    ],
)
def test_collectivities_are_counted_apart(sent: list[str], missing: list[str], said: str) -> None:
    shares = [
        DepartmentShare(str(rank), "", region, "", 1, None, 1, 1, 1, 1) for rank, region in enumerate(sent, start=1)
    ]
    waited = [Missing(str(rank), "", region, "", ("Ateliers",)) for rank, region in enumerate(missing, start=50)]

    assert NationalTotal(NOW, tuple(shares), (), (), missing=tuple(waited)).sent_said == said


@pytest.mark.django_db
def test_a_yes_is_never_revised() -> None:
    """Its semester before stands beside it with its own answers: there is no difference to explain."""
    data = of_department(sample(2), "01")
    asked = replace(data.axes[0].figures[0], kind="oui-non", unit="", semester=Decimal(2), previous=Decimal(1))
    axis = replace(data.axes[0], figures=(asked,), ratios=())
    write({"01": {NOW: replace(data, semester=NOW, axes=(axis,))}})

    (item,) = nation(Semester.parse(NOW), WHOLE).figures

    assert (item.line.semester, item.line.previous, item.line.revised) == (Decimal(2), None, None)
