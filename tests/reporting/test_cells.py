"""The cells that a page lists are those that its figure counts, whatever was answered and whoever left."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from reporting.figures import Figure
from reporting.method import Ground, Term, figures_of, ratios_of
from reporting.method.cells import cells_of
from reporting.method.ratios import sides_of
from territories.semester import Semester

FIRST, NOW = Semester(2019, 1), Semester(2019, 2)
CATALOGUE = load_catalogue("paqte-2018")
SPECS = {spec.code: spec for spec in CATALOGUE.indicators if spec.code in {"REC-01", "REC-02", "FOR-02", "REC-07"}}
RATIO = next(spec for spec in CATALOGUE.ratios if spec.code == "RAT-05")
COMPANIES = ("a", "b", "c", "d")
SAID = st.dictionaries(st.sampled_from(list(SPECS)), st.none() | st.integers(0, 99).map(Decimal))
DAYS = st.sampled_from([date(2019, 6, 29), date(2019, 9, 30), date(2019, 12, 31), date(2021, 12, 31)])
STARTS = st.sampled_from([date(2019, 1, 1), date(2019, 6, 1)])


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Up to four companies over two semesters, some of which left."""
    return Ground(
        semester=NOW,
        launch=FIRST,
        terms=tuple(Term(one, one, draw(STARTS), draw(DAYS), {}) for one in COMPANIES),
        answers={semester: draw(st.dictionaries(st.sampled_from(COMPANIES), SAID)) for semester in (FIRST, NOW)},
        asked={one: frozenset(draw(st.sets(st.sampled_from(list(SPECS))))) for one in COMPANIES},
    )


def total(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


@given(ground=grounds())
def test_cells_add_up_to_their_figure(ground: Ground) -> None:
    figures = figures_of(ground, SPECS.values())

    for code, spec in SPECS.items():
        figure: Figure = figures[code]
        cells = cells_of(spec, ground)
        asked = [cell for cell in cells if cell.is_asked]
        assert total([cell.now for cell in cells]) == figure.semester
        assert total([cell.before for cell in cells]) == figure.previous
        assert total([cell.before for cell in cells if cell.is_carried]) == figure.carried
        assert len(asked) == figure.asked
        assert sum(cell.not_applicable for cell in asked) == figure.not_applicable
        assert sum(cell.is_missing for cell in cells) == figure.not_applicable + figure.silent
        assert len({cell.company for cell in cells}) == len(cells)


@given(ground=grounds())
def test_sides_add_up_to_their_ratio(ground: Ground) -> None:
    ratio = ratios_of(ground, [RATIO], SPECS)[RATIO.code]
    sides = sides_of(RATIO, ground, SPECS)

    assert total([side.fraction[0] for side in sides if side.fraction]) == ratio.numerator
    assert total([side.fraction[1] for side in sides if side.fraction]) == ratio.denominator
    assert sum(not side.is_missing for side in sides) == ratio.respondents
