"""A column says how it adds up and how it prints; what is stored and does neither is a word, named here."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from reporting.columns import FIGURES, PAGE, RATIO_PAGE, RATIOS, Column, added, file_row, page_row, told
from tests.reporting.samples import sample

FIGURE = replace(
    sample(1).axes[0].figures[0],
    label="Ateliers",
    code="SEN-01",
    unit="h",
    semester=Decimal("1234.5"),
    previous=Decimal(1300),
    cumulative=Decimal(2000),
    target=None,
    expected=None,
    respondents=3,
    asked=4,
)
RATIO = replace(sample(1).axes[0].ratios[0], label="Part", code="RAT-01", numerator=None)


@pytest.mark.parametrize(
    ("columns", "line", "words"),
    [
        (FIGURES, FIGURE, {"code", "label", "definition", "kind", "unit", "core", "rank"}),
        (RATIOS, RATIO, {"code", "label", "definition", "rank"}),
    ],
)
def test_every_stored_value_adds_up_or_is_a_word(columns: tuple[Column, ...], line: object, words: set[str]):
    stored = {field.name for field in fields(line)}  # type: ignore[arg-type]  # a dataclass

    assert stored - {column.name for column in columns if column.adds} == words


def test_a_line_of_a_page():
    headers = [column.page for column in PAGE]

    assert headers == ["Semestre", "Variation", "Cumul", "Objectif", "Attendu à ce jour", "Taux", "Réponses"]
    assert page_row(FIGURE, PAGE) == ("1\u202f234,5", "−65,5", "2\u202f000", "–", "–", "–", "3/4")
    assert page_row(RATIO, RATIO_PAGE) == ("non calculable", "25\u202f%", "–", "1/1")
    assert page_row(RATIO, PAGE) == ("non calculable", "–", "–", "–", "–", "–", "1/1")


def test_a_line_of_a_file_keeps_numbers_as_numbers():
    assert file_row(FIGURE)[4:11] == (Decimal("1234.5"), Decimal(1300), Decimal(2000), None, None, None, 3)
    assert file_row(RATIO)[:6] == ("RAT-01", "Part", "ratio", "%", None, Decimal("25.0"))


def test_what_the_list_of_changes_compares():
    assert list(told(FIGURE)) == [
        ("Ateliers (SEN-01), semestre", "1\u202f234,5\u00a0h"),
        ("Ateliers (SEN-01), cumul", "2\u202f000\u00a0h"),
        ("Ateliers (SEN-01), objectif", "non renseigné"),
        ("Ateliers (SEN-01), attendu à ce jour", "non renseigné"),
        ("Ateliers (SEN-01), réponses", "3 sur 4"),
    ]
    assert list(told(RATIO)) == [("Part (RAT-01)", "non renseigné"), ("Part (RAT-01), réponses", "1 sur 1")]


def test_lines_add_up_column_by_column():
    other = replace(FIGURE, semester=None, previous=Decimal(1), target=Decimal(5), respondents=0, asked=9, depth=1)

    both = added(FIGURE, other)

    assert (both.semester, both.previous, both.target) == (Decimal("1234.5"), Decimal(1301), Decimal(5))
    assert (both.respondents, both.asked, both.depth) == (3, 13, 0)
    assert added(other, FIGURE) == both
