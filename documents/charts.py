"""The bar of a chart: how far something is on the way to its goal, drawn and said, on screen and on paper. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from french.numbers import NO_BREAK_SPACE, rounded

WIDTH = 1000
"""Length of a bar at its goal, in units of the drawing (`templates/documents/_bar.html`)."""

MARK = 800
"""Where a gauge (`templates/documents/_gauge.html`) has 100 %; beyond it a bar goes on up to WIDTH."""


@dataclass(frozen=True)
class Bar:
    """One bar: how far it goes, how far it should, and both in words."""

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


@dataclass(frozen=True)
class Gauge:
    """Two bars against one mark, which is 100 % of each: what is due today, and, thin and light, what is in the end."""

    sentence: str
    """All of it, for who does not see the drawing."""
    done: int
    share: int | None = None
    """Of the final goal; None when there is none."""

    @property
    def late(self) -> int:
        """The hatched part: what was due and is not there."""
        return max(MARK - self.done, 0)

    @property
    def beyond(self) -> bool:
        """Whether the bar is cut: it is longer than its drawing."""
        return self.done > WIDTH

    @classmethod
    def of(cls, sentence: str, done: Fraction, due: Fraction, *, progress: Fraction | None) -> "Gauge":
        """So much of what is due, and the progress towards the final goal, as a fraction of it."""
        share = None if progress is None else min(_drawn(progress), WIDTH)
        return cls(sentence, min(_drawn(done / due), WIDTH + 1), share)


def _drawn(part: Fraction) -> int:
    return int(rounded(part * MARK, Decimal(1)))


def progress_bar(label: str, *, done: Decimal | Fraction | None, goal: Decimal | Fraction | None, said: str) -> Bar:
    """How much is `done` of a goal, the rest of it hatched; `said` is both in words."""
    return Bar(
        label=label,
        value=said,
        sentence=f"{label}{NO_BREAK_SPACE}: {said}",
        done=length(done, goal) or 0,
        expected=None if goal is None else WIDTH,
    )


def length(value: Decimal | Fraction | None, goal: Decimal | Fraction | None) -> int | None:
    """How long `value` is when the goal is WIDTH; never longer. None when there is nothing to measure."""
    if value is None or not goal:
        return None
    return min(int(rounded(Fraction(value) * WIDTH / Fraction(goal), Decimal(1))), WIDTH)
