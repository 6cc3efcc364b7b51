"""A bar is as long as what it says, and says all that it draws."""

from decimal import Decimal
from fractions import Fraction

import pytest

from documents.charts import length, progress_bar


@pytest.mark.parametrize(
    ("value", "goal", "drawn"),
    [
        (Decimal(1), Decimal(3), 333),
        (Decimal(2), Decimal(3), 667),
        (Decimal("0.5"), Decimal(1000), 1),
        (Decimal(7), Decimal(7), 1000),
        (Decimal(90), Decimal(7), 1000),
        (Decimal(0), Decimal(7), 0),
        (None, Decimal(7), None),
        (Decimal(7), Decimal(0), None),
        (Decimal(7), None, None),
    ],
)
def test_the_length_of_a_bar(value: Decimal | None, goal: Decimal | None, drawn: int | None):
    assert length(value, goal) == drawn


def test_what_is_missing_is_hatched_from_what_is_done():
    bar = progress_bar("Stages", done=Decimal(300), goal=Fraction(1000), said="300 h sur 1 000 h")

    assert (bar.done, bar.expected, bar.late) == (300, 1000, 700)
    assert bar.sentence == "Stages\u00a0: 300 h sur 1 000 h"


def test_nobody_said_anything():
    bar = progress_bar("Stages", done=None, goal=Decimal(10), said="non renseigné sur 10")

    assert (bar.done, bar.late) == (0, 1000)
