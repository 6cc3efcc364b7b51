"""French order and search, on names typed by hand; no database."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from french.order import LONGEST, folded, order_key, search_key, searched_words

# As a French dictionary would list them.
IN_ORDER = [
    "3 Vallées",
    "cote",
    "Cote",
    "coté",
    "côte",
    "côté",
    "Eden",
    "Eléonore",
    "Éléphant bleu",
    "Elephant-Gris",
    "Énergie du Nord",
    "Épi d’or",
    "L’Île",
    "L'Île verte",
    "Lille",
    "LILLE Métropole",
    "Lillebonne",
    "Œuvre",
    "Ozone",
    "Zénith",
]


def test_names_come_in_french_order() -> None:
    shuffled = list(IN_ORDER)
    Random(1).shuffle(shuffled)  # noqa: S311  # an order to undo, not a secret

    # « cote » and « Cote » are the same word: either may come first.
    assert [name.replace("Cote", "cote") for name in sorted(shuffled, key=order_key)] == [
        name.replace("Cote", "cote") for name in IN_ORDER
    ]


def test_the_order_of_code_points_would_put_accents_last() -> None:
    """The negative control: without the key, the list above is not in order."""
    assert sorted(["Zénith", "Énergie", "Eden"]) == ["Eden", "Zénith", "Énergie"]
    assert sorted(["Zénith", "Énergie", "Eden"], key=order_key) == ["Eden", "Énergie", "Zénith"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Énergie", "energie"),
        ("  Catégorie  (taille) ", "categorie taille"),
        ("L’Œuvre", "l oeuvre"),
        ("L'Œuvre", "l oeuvre"),
        ("Saint-Étienne", "saint etienne"),
        ("Saint–Étienne", "saint etienne"),
        ("Cæsar & Fils", "caesar fils"),
        ("STRAßE", "strasse"),
        ("E\u0301le\u0301phant", "elephant"),
        ("N° SIRET", "n siret"),
        ("Usine n\u00a042", "usine n 42"),
        ("…", ""),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_two_texts_are_ordered_one_after_the_other() -> None:
    people = [("Martin", "Zoé"), ("Martinet", "Alice"), ("Martin", "Éva"), ("Martin", "Farid")]

    assert sorted(people, key=lambda person: order_key(*person)) == [
        ("Martin", "Éva"),
        ("Martin", "Farid"),
        ("Martin", "Zoé"),
        ("Martinet", "Alice"),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("   ", []),
        (" % ", ["%"]),
        ("2019-777", [" 2019", " 777"]),
        ("Énergie LILLE", ["energie", "lille"]),
        ("732 829 320 00074", [" 73282932000074"]),
        ("62", [" 62"]),
        ("terril 62", ["terril", " 62"]),
    ],
)
def test_a_search_is_words(typed: str, words: list[str]) -> None:
    assert searched_words(typed) == words


def test_a_search_looks_into_words_with_a_space_before_each() -> None:
    assert search_key("Énergie du Nord", "Lille", "", "73282932000074") == " energie du nord lille 73282932000074"


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_key_is_bounded_and_folding_twice_is_folding_once(one: str, two: str) -> None:
    assert folded(folded(one)) == folded(one)
    assert len(order_key(one, two)) <= LONGEST
