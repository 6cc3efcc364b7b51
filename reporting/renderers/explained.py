"""The page of one figure: its facts, how it is counted, and each company behind it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from companies.models import Company
from conventions.models import Submission
from french.numbers import counted, format_number
from french.words import NO, NONE, YES
from indicators.specs import IndicatorSpec, Kind
from reporting import sayings
from reporting.figures import Figure, RatioFigure
from reporting.method.cells import Cell
from reporting.method.ratios import Sides
from reporting.renderers.rules import rules_of
from reporting.selectors.explained import Explained, Source
from reporting.tables import KINDS, RATIO
from territories.semester import Semester


@dataclass(frozen=True)
class SourceLine:
    """A company behind the figure, as the page prints it."""

    company: Company
    now: Submission | None
    """What it sent, or has to send, this semester."""
    cells: tuple[tuple[str, Submission | None], ...]
    """Under each semester: what it gave, and where it said so."""


@dataclass(frozen=True)
class FigurePage:
    """What the template prints of a figure."""

    explained: Explained
    semester: Semester
    sent: Figure | RatioFigure | None = None
    """The same figure in the last version sent."""

    @property
    def is_ratio(self) -> bool:
        """Computed from other figures."""
        return isinstance(self.explained.figure, RatioFigure)

    @property
    def definition_parts(self) -> list[tuple[str, str]]:
        """What it is, what counts and what does not."""
        spec = self.explained.spec
        found = [("Définition", spec.definition)]
        if isinstance(spec, IndicatorSpec):
            found += [("Ce qui compte", spec.counts), ("Ce qui ne compte pas", spec.excludes)]
        return found

    @property
    def rules(self) -> Mapping[str, str]:
        """How it is counted, under what each rule explains."""
        return rules_of(self.explained.figure)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Its columns, as the bilan prints them, with what it says today."""
        return _facts(self.explained.figure)

    @property
    def changed(self) -> list[tuple[str, str, str]]:
        """What is not as it was sent: header, then, now."""
        if self.sent is None:
            return []
        then = dict(_facts(self.sent))
        return [(header, then[header], said) for header, said in self.facts if then[header] != said]

    @property
    def perimeter(self) -> str:
        """« 15 entreprises interrogées : 12 valeurs, 1 sans objet, 2 silencieuses »."""
        figure = self.explained.figure
        asked = counted(figure.asked, "entreprise interrogée", "entreprises interrogées")
        if isinstance(figure, RatioFigure):
            return f"{asked}\u00a0; {counted(figure.respondents, 'a', 'ont')} donné tous les termes."
        given = counted(figure.respondents, "valeur", "valeurs")
        silent = counted(figure.silent, "silencieuse", "silencieuses")
        return f"{asked}\u00a0: {given}, {format_number(figure.not_applicable)} sans objet, {silent}."

    @property
    def lines(self) -> list[SourceLine]:
        """The companies that the figure sums, or summed the semester before."""
        return [self._line(source) for source in self.explained.sources if _brings(source.cell)]

    @property
    def missing(self) -> list[tuple[SourceLine, str]]:
        """The companies that are asked and have no value, each with the reason."""
        return [(self._line(source), _why(source)) for source in self.explained.sources if source.cell.is_missing]

    @property
    def semesters(self) -> tuple[Semester, ...]:
        """The columns of `lines`: a ratio has its own companies each semester, and is not set beside the other."""
        return (self.semester,) if self.is_ratio else (self.semester, self.semester.previous)

    @property
    def totals(self) -> list[tuple[str, tuple[str, ...]]]:
        """What each column adds up to, under what it is called; what is carried makes a total of its own."""
        figure = self.explained.figure
        if isinstance(figure, RatioFigure):
            return [("Total", (sayings.fraction(figure.fraction, figure.counted_in),))]
        if figure.is_yes_no:
            return [("Total", (_said_yes(figure.semester), _said_yes(figure.previous)))]
        reported = sayings.amount(figure.semester, figure.unit), sayings.amount(figure.previous, figure.unit)
        if not figure.carried_companies:
            return [("Total", reported)]
        return [
            ("Total déclaré", reported),
            ("Dernier état connu, avec ce qui est repris", (sayings.amount(figure.last_known, figure.unit), NONE)),
        ]

    def _line(self, source: Source) -> SourceLine:
        where = zip(self._said(source.cell), (source.now, source.before), strict=False)  # a ratio has one column
        cells = tuple((said, None if said == NONE else submission) for said, submission in where)
        return SourceLine(source.company, source.now, cells)

    def _said(self, cell: Cell | Sides) -> tuple[str, ...]:
        """Under each semester."""
        if isinstance(cell, Sides):
            figure = self.explained.figure
            return (sayings.fraction(cell.fraction, figure.counted_in if isinstance(figure, RatioFigure) else ""),)
        before = self._value(cell.before)
        return (f"{before}, repris" if cell.is_carried else self._value(cell.now)), before

    def _value(self, value: Decimal | None) -> str:
        if value is None:
            return NONE
        if self.explained.figure.kind == Kind.YES_NO:
            return YES if value else NO
        return sayings.amount(value, self.explained.figure.unit)


def _facts(figure: Figure | RatioFigure) -> list[tuple[str, str]]:
    """A soft hyphen in a header serves the narrow columns of a table only."""
    if isinstance(figure, RatioFigure):
        headers, cells = RATIO.headers, RATIO.row(figure)
    else:
        table = dict(KINDS)[Kind(figure.kind)]
        headers, cells = table.headers, table.row(figure)
    return [(header.replace("\u00ad", ""), cell) for header, cell in zip(headers, cells, strict=True)]


def _brings(cell: Cell | Sides) -> bool:
    return not cell.is_missing or (isinstance(cell, Cell) and cell.before is not None)


def _why(source: Source) -> str:
    if isinstance(source.cell, Cell) and source.cell.not_applicable:
        return f"sans objet\u00a0: {source.reason}" if source.reason else "sans objet"
    if isinstance(source.cell, Sides) and source.now is not None and source.now.is_counted:
        return "un terme manque ou est sans objet"
    return source.why_silent


def _said_yes(value: Decimal | None) -> str:
    return sayings.amount(value) if value is None else f"{format_number(value)} {YES}"
