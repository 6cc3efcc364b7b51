"""The bar of a chart: how far something is on the way to its goal, drawn and said, on screen and on paper. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from french.numbers import NO_BREAK_SPACE
from french.words import percentage, quantity

WIDTH = 1000
"""Length of a bar at its goal, in units of the drawing (`templates/documents/_bar.html`)."""


@dataclass(frozen=True)
class Bar:
    """One bar: how far it goes, where the tick of what is expected stands, and both in words."""

    label: str
    value: str
    sentence: str
    """All of it, for who does not see the drawing."""
    done: int
    expected: int | None = None

    @property
    def late(self) -> int:
        """The hatched part: what was expected and is not there."""
        return max((self.expected or 0) - self.done, 0)


def progress_bar(
    label: str, *, done: Decimal | None, goal: Decimal | None, due: Decimal | None, reached: Decimal | None, unit: str
) -> Bar:
    """How much is `done` of a goal, and how much was `due` by now; `reached` is its percentage, None when unknown."""
    value = f"{quantity(done, unit)} sur {quantity(goal, unit)}"
    share = "" if reached is None else f" ({percentage(reached)})"
    expected = "" if due is None else f", {quantity(due, unit)} attendus à ce jour"
    return Bar(
        label=label,
        value=f"{value}{share}",
        sentence=f"{label}{NO_BREAK_SPACE}: {value}{share}{expected}",
        done=length(done, goal) or 0,
        expected=length(due, goal),
    )


def length(value: Decimal | None, goal: Decimal | None) -> int | None:
    """How long `value` is when the goal is WIDTH; never longer. None when there is nothing to measure."""
    if value is None or not goal:
        return None
    return min(int((value * WIDTH / goal).quantize(Decimal(1), rounding=ROUND_HALF_UP)), WIDTH)
