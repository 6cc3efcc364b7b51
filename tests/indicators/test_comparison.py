"""What a version changes of another, word for word."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.comparison import Fate, compared, differing
from indicators.specs import Headlines

PAQTE = load_catalogue("paqte-2018")
WORDS = st.lists(st.sampled_from(["stage", "de", "3e", " ", "  ", "\n", "REP+"])).map("".join)


def test_a_version_compared_with_itself_changes_nothing() -> None:
    same = compared(PAQTE, PAQTE)

    # 38 indicators, their ratios, the headlines and the order.
    assert (same.total, same.kept) == (0, 38 + len(PAQTE.ratios) + 2)


def test_added_removed_and_changed_are_told_apart() -> None:
    first, second, *others = PAQTE.indicators
    new = replace(
        PAQTE,
        indicators=(
            replace(second, definition=second.definition.replace("classé REP+", "classé en REP+"), core=False),
            *others,
            replace(first, code="SEN-13", valid_from=date(2021, 11, 1)),
        ),
    )

    found = compared(new, PAQTE)

    assert [line.code for line in found.added] == ["SEN-13"]
    assert found.added[0].said["valable à partir du"] == "01/11/2021"
    assert [line.code for line in found.removed] == ["SEN-01"]
    (changed,) = found.changed
    assert (changed.line.code, [edit.name for edit in changed.edits]) == ("SEN-02", ["définition", "noyau"])
    assert [(word.fate.value, word.text) for word in changed.edits[0].words if word.fate is not Fate.KEPT] == [
        ("added", "en ")
    ]
    assert [(word.fate.value, word.text) for word in changed.edits[1].words] == [("removed", "oui"), ("added", "non")]


def test_ratios_headlines_and_order_are_compared_too() -> None:
    first, second, *others = PAQTE.indicators
    new = replace(
        PAQTE,
        indicators=(second, first, *others),
        ratios=(replace(PAQTE.ratios[0], label="Part des élèves"), *PAQTE.ratios[1:]),
        headlines=Headlines(bilan=PAQTE.headlines.bilan, nation=PAQTE.headlines.nation[:-1]),
    )

    told = {item.line.label: [edit.name for edit in item.edits] for item in compared(new, PAQTE).changed}

    assert told == {
        "Part des élèves": ["libellé"],
        "Chiffres clés": ["accueil de l’agence"],
        "Ordre des indicateurs": ["ordre"],
    }


def test_texts_of_many_pages_are_set_side_by_side_whole() -> None:
    """Word for word they would take seconds, for each text of a version."""
    before, after = "ab cd " * 800, "cd ab " * 800

    assert [(one.fate, one.text) for one in differing(before, after)] == [(Fate.REMOVED, before), (Fate.ADDED, after)]


@given(WORDS, WORDS)
def test_both_texts_are_read_in_the_differences(before: str, after: str) -> None:
    words = differing(before, after)

    assert "".join(item.text for item in words if item.fate is not Fate.ADDED) == before
    assert "".join(item.text for item in words if item.fate is not Fate.REMOVED) == after
