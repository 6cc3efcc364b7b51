"""What a document lists, line by line: numbers one under the other, axes by their codes, who entered and who left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from documents.charts import MARK, WIDTH, Gauge
from reporting.bilan import MonthSigned
from reporting.figures import Figure, RatioFigure
from reporting.renderers import listing
from reporting.renderers.alignment import aligned, in_columns
from reporting.renderers.charts import promises_of
from reporting.renderers.rules import RULES, rules_of
from tests.reporting.samples import sample

BASE = sample(3)
REVIEWED = BASE.axes[2].figures[0]


def seen(cells: tuple[str, ...]) -> list[str]:
    """The blanks as one sees them: « _ » as wide as a figure, « . » as the comma."""
    return [cell.replace("\u2007", "_").replace("\u00a0", ".").replace("\u202f", " ") for cell in cells]


def test_commas_stand_under_commas_and_companies_under_companies() -> None:
    column = ("−3\u202f840 (9)", "56,5 (11)", "12", "–", "non renseigné", "70, dont 9 repris (1)")

    assert seen(aligned(column)) == [
        "−3 840._._(9)",
        "56,5.(11)",
        "12._",
        "–",
        "non renseigné",
        "70, dont 9 repris (1)",
    ]
    assert seen(aligned(("113,5\u202f%", "8\u202f%"))) == ["113,5 %", "8._ %"]
    assert in_columns([]) == []


def test_axes_are_said_by_their_codes_and_nobody_leaves() -> None:
    headers, lines = listing.signatories(BASE.signatories)

    assert headers == ("SIRET", "Taille", "Axes", "Signée le", "Charte d’origine")
    assert [line.cells[1:] for line in lines] == [
        ("PME", "SEN", "08/02/2019", "EQ-2016-12"),
        ("TPE", "SEN\u00a0FOR", "08/02/2019", "nouvelle"),
        ("ETI", "SEN\u00a0FOR\u00a0REC", "08/02/2019", "nouvelle"),
    ]


def test_a_column_says_who_left_when_somebody_did() -> None:
    gone = replace(BASE.signatories[1], stays=False, left_on=date(2019, 6, 30), departure="échue")

    headers, lines = listing.signatories((BASE.signatories[0], gone))

    assert headers[-1] == "Départ"
    assert [line.cells[-1] for line in lines] == ["–", "échue le 30/06/2019"]


def test_months_are_named_and_summed() -> None:
    months = listing.Months.of(
        (MonthSigned("2019-01", 0, 0), MonthSigned("2019-02", 9, 3), MonthSigned("2019-06", 2, 2))
    )

    assert months.headers == ("Janvier", "Février", "Juin", "Total")
    assert months.rows == (
        ("Conventions signées", ("0", "9", "2", "11")),
        ("dont issues d’une charte", ("0", "3", "2", "5")),
    )


def test_those_that_only_enter_are_named_day_by_day_in_the_order_of_the_list() -> None:
    first, second, third = BASE.signatories
    entering = replace(BASE.movements[0], outcomes=())
    moved = (
        replace(entering, company=third.company),
        replace(entering, company=first.company),
        replace(entering, company=second.company, on=date(2019, 3, 1)),
        replace(entering, company=second.company, on=date(2019, 3, 2), kind="résiliée"),
    )

    assert listing.entries(replace(BASE, movements=moved)) == [
        ("08/02/2019", [first.company, third.company]),
        ("01/03/2019", [second.company]),
    ]


@pytest.mark.parametrize(
    ("done", "due", "drawn", "late", "beyond"),
    [
        (0, 10, 0, MARK, False),
        (5, 10, 400, 400, False),
        (10, 10, MARK, 0, False),
        (12, 10, 960, 0, False),
        (90, 10, WIDTH + 1, 0, True),
    ],
)
def test_a_gauge_is_cut_only_when_it_is_longer_than_its_drawing(
    done: int, due: int, drawn: int, late: int, beyond: bool
) -> None:
    gauge = Gauge.of("", Fraction(done), Fraction(due), progress=Fraction(1, 4))

    assert (gauge.done, gauge.late, gauge.beyond, gauge.share) == (drawn, late, beyond, 200)


def test_the_numbers_of_a_bar_stand_at_its_end() -> None:
    promised = replace(
        REVIEWED, expected=Fraction(20), tracked=Decimal(5), expected_companies=3, unit="", distinct=False
    )
    promised = replace(promised, objective=Fraction(50), progress=Fraction(5))
    silent = replace(REVIEWED, expected=None, objective=None)

    (line,) = promises_of((promised, silent))

    assert line.cells == ("5", "20", "3", "25,0\u202f%", "50", "10,0\u202f%")
    assert line.gauge
    assert line.gauge.sentence == (
        f"{promised.label}\u00a0: 5 sur 20 attendus (25,0\u202f%)\u00a0; 10,0\u202f% de l’objectif triennal"
    )
    assert (line.gauge.done, line.gauge.share) == (200, 80)


def test_what_is_distinct_has_the_objective_of_its_year_and_no_bar() -> None:
    (line,) = promises_of((replace(REVIEWED, distinct=True, expected=None, objective=Fraction(26)),))

    assert (line.gauge, line.cells) == (None, ("–", "–", "–", "–", "26/an", "–"))


def test_every_kind_of_figure_has_its_rules() -> None:
    flux, stock, yes_no = (replace(REVIEWED, kind=kind, distinct=False) for kind in ("flux", "stock", "oui-non"))
    figures: list[Figure | RatioFigure] = [flux, stock, yes_no, replace(flux, distinct=True), BASE.ratios[0]]
    told = [set(rules_of(figure)) for figure in figures]

    assert [len(rules) for rules in told] == [6, 4, 2, 4, 2]
    assert set().union(*told) == {rule.title for rule in RULES}
