"""The grid of targets, read from what was typed."""

from datetime import date
from decimal import Decimal

from conventions.target_grid import draw, read, remarks, rows_of, stored
from indicators.catalogue import load_catalogue
from indicators.specs import Axis

START = date(2019, 2, 8)
CATALOGUE = load_catalogue("paqte-2018")
RECRUTER = rows_of(CATALOGUE, [Axis.RECRUTER], START)


def row(grids, code):
    return next(row for grid in grids for row in grid.rows if row.spec.code == code)


def test_only_the_kept_axes_are_shown_in_the_order_of_the_circular():
    specs = rows_of(CATALOGUE, [Axis.ACHETER, Axis.SENSIBILISER], START)

    grids = draw(specs, START, stored({}))

    assert [grid.axis for grid in grids] == [Axis.SENSIBILISER, Axis.ACHETER]
    assert not any(grid.promises for grid in grids)


def test_what_only_serves_to_compute_is_not_promised():
    former = rows_of(CATALOGUE, [Axis.FORMER], START)

    assert [spec.code for spec in former] == [
        "FOR-01", "FOR-03", "FOR-05", "FOR-06", "FOR-07", "FOR-08", "FOR-09", "FOR-10",
    ]  # fmt: skip


def test_an_indicator_that_ends_is_closed_after_its_end():
    # REC-04 (emploi franc) exists from 1 April 2018 to 31 December 2024.
    start = date(2023, 6, 1)

    grids = draw(rows_of(CATALOGUE, [Axis.RECRUTER], start), start, stored({}))

    assert [cell.closed for cell in row(grids, "REC-04").cells] == [False, False, True]


def test_an_indicator_that_has_ended_is_left_out():
    specs = rows_of(CATALOGUE, [Axis.RECRUTER], date(2025, 1, 1))

    assert "REC-04" not in [spec.code for spec in specs]


def test_a_closed_cell_is_never_read():
    start = date(2023, 6, 1)

    reading = read(rows_of(CATALOGUE, [Axis.RECRUTER], start), start, {"REC-04-2": "4", "REC-04-3": "5"})

    assert reading.values == {("REC-04", 2): Decimal(4)}


def test_blank_is_no_target_and_zero_is_one():
    reading = read(RECRUTER, START, {"REC-02-1": "", "REC-02-2": "0", "REC-02-3": "1\u202f500"})

    assert reading.values == {("REC-02", 1): None, ("REC-02", 2): Decimal(0), ("REC-02", 3): Decimal(1500)}
    assert reading.errors == {}


def test_a_cell_that_was_not_sent_is_left_alone():
    assert read(RECRUTER, START, {}).values == {}


def test_what_cannot_be_read_stays_as_typed():
    reading = read(RECRUTER, START, {"REC-02-1": "1.234", "REC-02-2": "12"})

    cells = row(draw(RECRUTER, START, reading), "REC-02").cells
    assert [cell.text for cell in cells] == ["1.234", "12", ""]
    assert cells[0].error.startswith("« 1.234 » est ambigu")
    assert [cell.error for cell in cells[1:]] == ["", ""]


def test_a_flux_is_summed_over_its_years():
    grids = draw(RECRUTER, START, stored({("REC-02", 1): Decimal(12), ("REC-02", 3): Decimal(1500)}))

    assert row(grids, "REC-02").total == Decimal(1512)
    assert row(grids, "REC-02").sums
    assert row(grids, "REC-02").promises
    assert row(grids, "REC-03").total is None


def test_a_yes_or_no_has_no_total_and_answers_in_words():
    grids = draw(RECRUTER, START, stored({("REC-07", 1): Decimal(1), ("REC-07", 2): Decimal(0)}))

    yes_no = row(grids, "REC-07")
    assert yes_no.is_choice
    assert yes_no.total is None
    assert [cell.answer for cell in yes_no.cells] == ["oui", "non", "–"]
    assert [cell.name for cell in yes_no.cells] == ["REC-07-1", "REC-07-2", "REC-07-3"]


def test_a_stock_has_no_total():
    former = rows_of(CATALOGUE, [Axis.FORMER], START)

    grids = draw(former, START, stored({("FOR-03", 1): Decimal(3), ("FOR-03", 2): Decimal(4)}))

    assert row(grids, "FOR-03").total is None
    assert not row(grids, "FOR-03").sums


def test_a_part_promised_above_its_whole_is_said_for_its_year():
    found = remarks(CATALOGUE, {("REC-02", 2): Decimal(5), ("REC-03", 2): Decimal(8), ("REC-02", 1): None})

    assert len(found) == 1
    assert found[0].startswith("Année 2\u00a0: ")
    assert "REC-03" in found[0]


def test_nothing_is_said_of_a_grid_that_can_be_reached():
    assert remarks(CATALOGUE, {("REC-02", 1): Decimal(8), ("REC-03", 1): Decimal(5)}) == []


def test_what_is_distinct_has_no_total():
    sensibiliser = rows_of(CATALOGUE, [Axis.SENSIBILISER], START)

    grids = draw(sensibiliser, START, stored({("SEN-08", 1): Decimal(40), ("SEN-08", 2): Decimal(46)}))

    assert row(grids, "SEN-08").total is None
    assert not row(grids, "SEN-08").sums
