"""The lists of a document as they are printed: signatories, months, who comes and goes, what is counted twice. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from french.numbers import NO_BREAK_SPACE, format_number, identifier
from french.words import MONTHS, NONE, short_date
from indicators.specs import Axis
from reporting.bilan import BilanData, MonthSigned, Movement, Signatory
from reporting.entries import departure_of
from reporting.method.movements import MovementKind
from reporting.renderers.wording import PrintedElsewhere, PrintedOverlap

AXES = {axis.label: axis.label[:3].upper() for axis in Axis}
"""« SEN » for « Sensibiliser »: how the codes of its indicators begin."""

NEW = "nouvelle"
NUMBERS = "bilan-numbers"


@dataclass(frozen=True)
class PrintedSignatory:
    """A line of box 3, its axes by their codes so that it stands on one line."""

    company: str
    cells: tuple[str, ...]


def signatories(lines: Sequence[Signatory]) -> tuple[tuple[str, ...], list[PrintedSignatory]]:
    """The headers of the list and its lines; when everybody stays, no column says who left."""
    headers = ("SIRET", "Taille", "Axes", "Signée le", "Charte d’origine")
    leaving = any(line.departure for line in lines)
    printed = [
        PrintedSignatory(line.company, _cells(line) + ((departure_of(line) or NONE,) if leaving else ()))
        for line in lines
    ]
    return (*headers, "Départ") if leaving else headers, printed


def _cells(line: Signatory) -> tuple[str, ...]:
    axes = NO_BREAK_SPACE.join(AXES.get(label, label) for label in line.axes)
    return identifier(line.siret), line.category, axes, short_date(line.signed_on), line.charter or NEW


@dataclass(frozen=True)
class Months:
    """What was signed month after month, and in all: a header and two rows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, months: Sequence[MonthSigned]) -> "Months":
        """In the order of the semester."""
        names = (MONTHS[int(month.month[-2:]) - 1].capitalize() for month in months)
        signed, converted = [one.conventions for one in months], [one.from_charter for one in months]
        rows = {"Conventions signées": signed, "dont issues d’une charte": converted}
        return cls(
            (*names, "Total"),
            tuple((name, tuple(map(format_number, (*counts, sum(counts))))) for name, counts in rows.items()),
        )


def only_enters(movement: Movement) -> bool:
    """Whether the name and the day say all of it."""
    return movement.kind == MovementKind.ENTERED and not movement.outcomes


def entries(data: BilanData) -> list[tuple[str, list[str]]]:
    """Those that only enter, day by day, in the order of the list of signatories."""
    rank = {line.company: place for place, line in enumerate(data.signatories)}
    entering = filter(only_enters, data.movements)
    return [
        (short_date(day), sorted((movement.company for movement in group), key=lambda name: rank.get(name, 0)))
        for day, group in groupby(entering, key=lambda movement: movement.on)
    ]


OVERLAP_HEADERS = ("Brut", "Recoupe\u00adment", "Net")


@dataclass(frozen=True)
class Double:
    """A table of what would be counted twice: what one group gave several times, or what another bilan counts too."""

    anchor: str
    css: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """The label of each figure, and its numbers."""


def overlaps(lines: Iterable[PrintedOverlap]) -> Iterator[Double]:
    """Group after group: gross, overlap and net of each figure."""
    for place, (name, group) in enumerate(groupby(lines, key=lambda line: line.group), start=1):
        found = [(line.label, (line.gross, line.overlap, line.net)) for line in group]
        yield Double(
            f"recoupements-{place}",
            f"{NUMBERS} bilan-overlaps",
            f"{name}\u00a0: brut, recoupement et net",
            OVERLAP_HEADERS,
            tuple(found),
        )


def elsewhere(lines: Sequence[PrintedElsewhere]) -> Iterator[Double]:
    """By the companies that another bilan counts too."""
    for place, name in enumerate(dict.fromkeys(line.companies for line in lines), start=1):
        found = [(line.label, (line.value,)) for line in lines if line.companies == name]
        yield Double(
            f"ailleurs-{place}",
            f"{NUMBERS} bilan-elsewhere",
            f"Comptés ailleurs aussi\u00a0: {name}",
            ("Valeur",),
            tuple(found),
        )
