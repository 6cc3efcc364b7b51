"""What two people said of one result: everybody's own field is kept, and only the same field asks to choose."""

from decimal import Decimal

import pytest

from conventions.answers import Answer
from conventions.merging import Merged, merge


def value(figure: int, comment: str = "", *, confirmed: bool = False) -> Answer:
    return Answer("value", Decimal(figure), comment=comment, confirmed=confirmed)


NOTHING = Answer()
CLOSED = Answer("not_applicable", reason="Site fermé")


@pytest.mark.parametrize(
    ("mine", "base", "theirs", "merged"),
    [
        # Nobody touched anything; one of us did; both did the same.
        (value(3), value(3), value(3), Merged(value(3))),
        (value(4), value(3), value(3), Merged(value(4))),
        (value(3), value(3), value(5), Merged(value(5))),
        (value(4), value(3), value(4), Merged(value(4))),
        (value(0), NOTHING, NOTHING, Merged(value(0))),
        (NOTHING, value(3), value(3), Merged(NOTHING)),
        # Each of us another field.
        (value(4), value(3), value(3, "Vu."), Merged(value(4, "Vu."))),
        (value(3, "Vu."), value(3), CLOSED, Merged(Answer("not_applicable", reason="Site fermé", comment="Vu."))),
        # Both of us the same field: mine is shown, and somebody chooses.
        (value(4), value(3), value(5), Merged(value(4), said_twice=True)),
        (value(4), value(3), CLOSED, Merged(value(4), said_twice=True)),
        (CLOSED, NOTHING, value(0), Merged(CLOSED, said_twice=True)),
        (value(3, "Un."), value(3), value(3, "Deux."), Merged(value(3, "Un."), commented_twice=True)),
        (
            value(4, "Un."),
            value(3),
            value(5, "Deux."),
            Merged(value(4, "Un."), said_twice=True, commented_twice=True),
        ),
        # « C’est exact » stays with its figure.
        (value(9, confirmed=True), value(9), value(9), Merged(value(9, confirmed=True))),
        (value(9), value(9), value(9, confirmed=True), Merged(value(9, confirmed=True))),
        (value(9), value(9, confirmed=True), value(9, confirmed=True), Merged(value(9))),
        (value(9, confirmed=True), value(9), value(8), Merged(value(8))),
        (value(8), value(9), value(9, confirmed=True), Merged(value(8))),
        (value(8, confirmed=True), value(9, confirmed=True), value(9, confirmed=True), Merged(value(8))),
        (value(9, confirmed=True), NOTHING, NOTHING, Merged(value(9, confirmed=True))),
    ],
)
def test_what_two_people_said(mine: Answer, base: Answer, theirs: Answer, merged: Merged) -> None:
    assert merge(mine, base=base, theirs=theirs) == merged


def test_only_the_same_field_conflicts() -> None:
    assert not merge(value(4), base=value(3), theirs=value(3, "Vu.")).conflicts
    assert merge(value(4), base=value(3), theirs=value(5)).conflicts
    assert merge(value(3, "Un."), base=value(3), theirs=value(3, "Deux.")).conflicts


def test_a_figure_is_the_same_however_it_is_written() -> None:
    stored = Answer("value", Decimal("12.00"))

    assert merge(value(12), base=stored, theirs=value(15)).answer == value(15)
