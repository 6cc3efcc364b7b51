"""One axis of a document: its chart, whose lines have the numbers of their bars, and its tables of results. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.bilan import AxisSection
from reporting.columns import Line
from reporting.figures import Figure, RatioFigure
from reporting.renderers.alignment import in_columns
from reporting.renderers.charts import Chart, PromiseLine, chart_of, promises_of
from reporting.tables import PROMISES, RATIO, FigureTable, by_kind, name_of, note_of


@dataclass(frozen=True)
class PrintedLine:
    """One line of a table: its name, how deep it stands, what must be known to read it, and its cells."""

    code: str
    label: str
    depth: int
    note: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table of the document: its name, its headers, and each line with its cells as they are printed."""

    anchor: str
    caption: str
    css: str
    first: str
    """What its lines are: the header of their names."""
    headers: tuple[str, ...]
    lines: tuple[PrintedLine, ...]


def _printed(table: FigureTable[Line], lines: Sequence[Line], section: AxisSection) -> PrintedTable:
    """What happened: what was promised is in the chart."""
    cells = in_columns([tuple(column.cell(line) for column in table.results) for line in lines])
    return PrintedTable(
        anchor=f"{table.slug}-{section.axis}",
        caption=f"{section.label}\u00a0: {table.title}",
        css=f"bilan-figures bilan-{table.slug}",
        first=table.first,
        headers=tuple(column.header for column in table.results),
        lines=tuple(_line(line, row) for line, row in zip(lines, cells, strict=True)),
    )


def _line(line: Figure | RatioFigure, cells: tuple[str, ...]) -> PrintedLine:
    if isinstance(line, RatioFigure):
        return PrintedLine(line.code, line.label, 0, "", cells)
    return PrintedLine(line.code, name_of(line), line.depth, note_of(line), cells)


@dataclass(frozen=True)
class AxisPage:
    """One axis with its chart and its tables, one per kind of figure."""

    section: AxisSection
    comparable: bool

    @property
    def chart(self) -> Chart:
        """Its bars."""
        return chart_of(self.section, comparable=self.comparable)

    @property
    def promises(self) -> list[PromiseLine]:
        """The lines of the chart."""
        return promises_of(self.section.figures)

    @property
    def promise_headers(self) -> tuple[str, ...]:
        """Over the numbers at the end of the bars."""
        return tuple(column.header for column in PROMISES)

    @property
    def promise_anchor(self) -> str:
        """Of the table of the chart."""
        return f"objectifs-{self.section.axis}"

    @property
    def tables(self) -> list[PrintedTable]:
        """Flux, stocks, yes or no, then the ratios; those that have a line."""
        found = [_printed(table, lines, self.section) for table, lines in by_kind(self.section.figures)]
        if self.section.ratios:
            found.append(_printed(RATIO, self.section.ratios, self.section))
        return found
