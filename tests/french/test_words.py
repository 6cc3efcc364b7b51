"""What the portal says of a value, and what it says when there is none."""

from datetime import date
from decimal import Decimal

import pytest

from french.words import file_size, long_date, percentage, quantity, short_date, variation, whole_percentage


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "€", "non renseigné"),
        (0, "", "0"),
        (Decimal("0.00"), "€", "0\u00a0€"),
        (Decimal("1234.50"), "€", "1\u202f234,5\u00a0€"),
        (-2, "h", "-2\u00a0h"),
    ],
)
def test_a_quantity_has_its_unit(value: Decimal | int | None, unit: str, said: str) -> None:
    assert quantity(value, unit) == said


def test_a_percentage_that_nothing_gives_is_not_computable() -> None:
    assert percentage(Decimal("62.50")) == "62,5\u202f%"
    assert percentage(Decimal(0)) == "0,0\u202f%"
    assert percentage(Decimal("-4.3")) == "−4,3\u202f%"
    assert percentage(None) == "non calculable"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12, "+12\u00a0h"),
        (Decimal("-1234.5"), "\u22121\u202f234,5\u00a0h"),
        (Decimal("0.0"), "="),
        (-3, "\u22123\u00a0h"),
    ],
)
def test_a_variation_has_a_true_sign(value: Decimal | int, said: str) -> None:
    assert variation(value, "h") == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 2, 8), "8 février 2019"),
        (date(2020, 10, 1), "1er octobre 2020"),
        (date(2020, 8, 21), "21 août 2020"),
        (date(2021, 1, 1), "1er janvier 2021"),
        (date(2021, 12, 31), "31 décembre 2021"),
    ],
)
def test_a_day_as_in_a_letter(day: date, said: str) -> None:
    assert long_date(day) == said


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33), (2, 3, 67), (1, 200, 0), (3, 3, 100), (0, 0, 0)])
def test_a_bar_is_a_whole_number_out_of_a_hundred(part: int, whole: int, percent: int) -> None:
    assert whole_percentage(part, whole) == percent


@pytest.mark.parametrize(("day", "said"), [(date(2019, 2, 8), "08/02/2019"), (date(219, 12, 31), "31/12/0219")])
def test_a_day_as_it_is_typed(day: date, said: str) -> None:
    assert short_date(day) == said


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (0, "0\u00a0octet"),
        (999, "999\u00a0octets"),
        (1000, "1\u00a0ko"),
        (143_499, "143\u00a0ko"),
        (999_499, "999\u00a0ko"),
        (999_500, "1\u00a0Mo"),
        (1_250_000, "1,3\u00a0Mo"),
        (12_000_000, "12\u00a0Mo"),
    ],
)
def test_a_file_has_a_size_that_one_compares(octets: int, said: str) -> None:
    assert file_size(octets) == said
