"""A search that forgives slips: the same on both databases, and only when nothing has the very words."""

import pytest

from french.likeness import likeness
from tests.cast import Cast
from tests.factories import CompanyFactory
from tests.pages import page, rows, text


@pytest.mark.parametrize(
    ("word", "key", "expected"),
    [
        ("fondrie", " fonderie terril lens", 6 / 11),
        ("tewrril", " ateliers terril", 0.5),
        ("lens", " lens", 1.0),
        ("lens", "", 0.0),
        ("lille", " litiere", 2 / 12),
    ],
)
def test_words_look_alike_by_their_trigrams(word: str, key: str, expected: float) -> None:
    assert likeness(word, key) == pytest.approx(expected)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fondrie", ["Fonderie Terril"]),
        ("Fonderies Teril", ["Fonderie Terril"]),
        ("dunkerke", ["Quai Terril"]),
        ("atelier terrile", ["Ateliers Terril"]),
        ("xylophone", []),
        ("fondrie 59140", []),
        ("dunkerke 59140", ["Quai Terril"]),
        ("%%%", []),
    ],
)
def test_a_slip_is_forgiven(cast: Cast, typed: str, expected: list[str]) -> None:
    CompanyFactory(name="Quai Terril", town="Dunkerque", postcode="59140", department=cast.company.department)

    assert [company.name for company in rows(page(cast.referent, "company_list", q=typed))] == expected


@pytest.mark.django_db
def test_the_page_says_that_it_is_only_near(cast: Cast) -> None:
    shown = text(page(cast.referent, "company_list", q="fondrie"))

    assert "Aucune entreprise ne correspond exactement\u00a0: voici ce qui s’en approche." in shown
    assert ">1 entreprise à peu près\u00a0: «\u00a0fondrie\u00a0»</caption>" in shown
    assert "à peu près" not in text(page(cast.referent, "company_list", q="fonderie"))


@pytest.mark.django_db
def test_the_nearest_comes_first(cast: Cast) -> None:
    for name in ("Alfa Fondation", "Beta Fonderies"):
        CompanyFactory(name=name, department=cast.company.department)

    found = [company.name for company in rows(page(cast.referent, "company_list", q="fonderi"))]
    near = [company.name for company in rows(page(cast.referent, "company_list", q="fonderize"))]

    assert found == ["Beta Fonderies", "Fonderie Terril"]
    assert near == ["Fonderie Terril", "Beta Fonderies"]


@pytest.mark.django_db
def test_another_departement_is_not_near(cast: Cast) -> None:
    assert rows(page(cast.referent, "company_list", q="braserie befroi")) == []
