"""Sets the numbers of the portal beside those of the naive count."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from national.value import NationalFigure, NationalTotal
from reporting.figures import Figure
from tests.method.naive import NaiveFigure
from tests.method.nation import NationalFigure as NationalKnown
from tests.method.nation import nation_of, ratios_of_nation
from tests.method.sample_catalogue import INDICATORS
from tests.method.scenario import Department

Disagreements = dict[str, Any]
"""By code or by name, the numbers of the two sides."""


def differing(found: Any, known: Any, *, but: Collection[str] = ()) -> dict[str, tuple[Any, Any]]:  # Any: two figures
    """The numbers of the naive figure or ratio on which the other one disagrees, each as the two say it."""
    names = asdict(known).keys() - set(but)
    return {name: both for name in names if (both := (getattr(found, name), getattr(known, name)))[0] != both[1]}


def is_explained(figure: Figure, *, beside: Decimal = Decimal(0)) -> bool:
    """Now − before = constant perimeter + new answers − lost answers; of the nation, + revised − missing."""
    terms = (figure.constant or 0) + (figure.arrivals or 0) - (figure.departures or 0) + beside
    return (figure.semester or 0) - (figure.previous or 0) == terms


def is_left_out(code: str, figure: NaiveFigure) -> bool:
    """A complement that nobody was asked, promised or ever gave is not printed."""
    said = (figure.expected, figure.objective, figure.cumulative, figure.previous)
    return not INDICATORS[code].core and not figure.asked and said == (None, None, None, None)


def disagreements(
    total: NationalTotal, departments: Sequence[Department], semester: str
) -> dict[str, Any]:  # Any: both
    """By code, what the sum of the portal says otherwise than the naive one; and what its terms do not explain."""
    found: Disagreements = {}
    lines = {one.line.code: one for one in total.figures}
    for code, figure in nation_of(departments, semester).items() if lines else ():
        if code in lines:
            found[code] = _disagreement(lines[code], figure)
        elif not is_left_out(code, figure.line) and (figure.line, figure.previous) != UNTOLD:
            found[code] = figure
    ratios = {one.line.code: one.line for one in total.ratios}
    for code, ratio in ratios_of_nation(departments, semester).items() if ratios else ():
        found[code] = differing(ratios[code], ratio)
    return {code: difference for code, difference in found.items() if difference}


UNTOLD = (NaiveFigure(), None)
"""Of which no bilan of the semester or of the one before says anything: an older one has only what runs."""

OWN = ("previous", "previous_respondents", "revised", "arrivals", "departures")
"""What the nation counts for itself, or does not print where no bilan prints the line."""


def _disagreement(found: NationalFigure, known: NationalKnown) -> dict[str, Any]:  # Any: numbers
    line = found.line
    difference: dict[str, Any] = differing(line, known.line, but=OWN)
    revised = Decimal(0) if line.kind == "oui-non" else known.revised
    own = (line.previous, line.previous_respondents, line.revised or 0, found.missing or 0)
    naive = (known.previous, known.previous_respondents, revised, known.missing)
    if (line.arrivals or 0, line.departures or 0) != (known.line.arrivals or 0, known.line.departures or 0):
        difference["moved"] = line, known.line
    if own != naive:
        difference["before"] = own, naive
    if line.kind != "oui-non" and not is_explained(line, beside=known.revised - known.missing):
        difference["unexplained"] = line
    return difference
