"""What a journal keeps of a change, and how it says it."""

from datetime import date
from decimal import Decimal

import pytest

from companies.models import Charter, Company
from workflows.changes import change_said, changes_between, changes_said, kept


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("Lens", "Lens"),
        (0, "0"),
        (date(2019, 2, 8), "2019-02-08"),
        (Decimal("10.00"), "10"),
        (Decimal("2.50"), "2.5"),
        (Decimal("1000.00"), "1000"),
        (Decimal("0.00"), "0"),
    ],
)
def test_a_value_is_kept_as_a_text(value: object, text: str) -> None:
    assert kept(value) == text


def test_only_what_is_not_the_same_is_kept() -> None:
    before, after = Company(name="Terril", town="Lens", headcount=12), Company(name="Terril", town="", headcount=1200)

    assert changes_between(before, after, ["name", "town", "headcount"]) == {
        "town": ["Lens", ""],
        "headcount": ["12", "1200"],
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"headcount": ["12", "1200"]}, "effectif dans le département\u00a0: 12 → 1\u202f200"),
        ({"headcount": ["", "0"]}, "effectif dans le département\u00a0: 0"),
        ({"town": ["Lens", ""]}, "commune\u00a0: Lens → non renseigné"),
        ({"sector": ["entreprise", "public"]}, "secteur\u00a0: entreprise → employeur public"),
    ],
)
def test_a_change_is_said_in_the_words_of_the_form(changes: dict[str, list[str]], said: str) -> None:
    assert list(changes_said(Company, changes)) == [said]


def test_a_day_is_said_as_one_types_it() -> None:
    assert list(changes_said(Charter, {"signed_on": ["2014-03-01", "2014-04-02"]})) == [
        "signée le\u00a0: 01/03/2014 → 02/04/2014"
    ]


def test_a_long_text_is_cut_on_the_line() -> None:
    assert change_said("motif", "", "é" * 121) == f"motif\u00a0: {'é' * 119}…"
    assert change_said("motif", "", "é" * 120) == f"motif\u00a0: {'é' * 120}"
