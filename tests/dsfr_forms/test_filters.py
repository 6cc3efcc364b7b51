"""The filters that print figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from dsfr_forms.filters import change, error_title, french, given, long_date, siret


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "", "non renseigné"),
        ("", "€", "non renseigné"),
        (0, "", "0"),
        (Decimal("0.00"), "€", "0\u00a0€"),
        ("1234.5", "", "1\u202f234,5"),
    ],
)
def test_french(value: Decimal | int | str | None, unit: str, text: str) -> None:
    assert french(value, unit) == text


def test_a_text_that_is_not_given() -> None:
    assert given("Terril") == "Terril"
    assert given("") == "non renseigné"


def test_change() -> None:
    assert change(Decimal(3)) == "+3"
    assert change(Decimal(-3), "€") == "\u22123\u00a0€"
    assert change(Decimal(0)) == "="
    assert change(None) == ""


def test_long_date() -> None:
    assert long_date(date(2019, 2, 8)) == "8 février 2019"
    assert long_date(date(2020, 10, 1)) == "1er octobre 2020"
    assert long_date(None) == "non renseigné"


def test_the_day_of_a_moment_is_that_of_the_reader() -> None:
    page = Template("{% load portal %}{{ moment|long_date }}")

    assert page.render(Context({"moment": datetime(2020, 6, 30, 22, 30, tzinfo=UTC)})) == "1er juillet 2020"


def test_siret() -> None:
    assert siret("73282932000074") == "732\u00a0829\u00a0320\u00a000074"


def test_title_of_a_page_that_refuses() -> None:
    assert error_title({"name": ["Trop long."]}) == "Erreur – "
    assert error_title(["Trop long."]) == "Erreur – "
    assert error_title({}) == error_title(0) == error_title(None) == ""
