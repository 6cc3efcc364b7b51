"""What the pages of one indicator and of a comparison print: rows, bars, and where each leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from french.numbers import format_number
from french.words import NONE, whole_percentage
from national.grid import Number
from national.selection import Selection
from national.selectors.looking import Comparison, Level, Spot, Spread
from national.sheets import Line, said
from national.value import NationalTotal
from reporting import sayings
from reporting.figures import Figure, RatioFigure
from reporting.tables import RATIO, by_kind, name_of
from territories.semester import Semester

HUNDRED = 100
FEW = 20
"""As many bars as one reads: the régions, the départements of any of them."""


@dataclass(frozen=True)
class LookRow:
    """One place, or one semester, and its numbers as words."""

    name: str
    url: str
    said: str
    answers: str
    departments: int
    before: str
    """Of the semester before, and how many companies gave it."""
    variation: str
    """Since then, for the companies that gave both, and how many they are."""
    percent: int
    """How long its bar is."""
    bilan: str = ""
    """The address of what the département sent, when the row is one."""

    @property
    def value(self) -> str:
        """At the end of its bar."""
        return f"{self.said} ({self.answers})" if self.answers else self.said


@dataclass(frozen=True)
class LookTable:
    """A list of rows, which may be drawn too."""

    anchor: str
    title: str
    caption: str
    first: str
    """The header of the names."""
    last: str
    """The header of the last column."""
    rows: tuple[LookRow, ...]
    is_drawn: bool
    warning: str = ""
    """What its bars must not be taken for."""


Item = tuple[str, str, Number | None, Number | None, str]
"""A name, where it leads, the number of the semester, that of the one before, the address of a bilan."""


class IndicatorPage:
    """One indicator of a semester, of the country or a part of it."""

    def __init__(self, spread: Spread, whole: NationalTotal, semester: Semester, selection: Selection) -> None:
        self.spread, self.whole, self.semester, self.selection = spread, whole, semester, selection
        self.line = spread.line

    @property
    def comparison(self) -> str:
        """Where it stands among those of its axis."""
        query = f"axe={self.spread.axis}"
        query = f"{self.selection.query}&{query}" if self.selection.query else f"?{query}"
        return reverse("national_compare", args=[self.semester]) + query

    @property
    def is_ratio(self) -> bool:
        """Whether its numbers are percentages."""
        return isinstance(self.line, RatioFigure)

    @property
    def title(self) -> str:
        """Its name, with its unit if it has one."""
        return name_of(self.line)

    @cached_property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What the total of the semester says of it; nothing when nobody sent it that semester."""
        lines = [item.line for item in self.whole.lines if item.line.code == self.line.code]
        for table, found in by_kind([line for line in lines if isinstance(line, Figure)]):
            return list(zip(table.headers, table.row(found[0]), strict=True))
        ratios = [line for line in lines if isinstance(line, RatioFigure)]
        return [pair for line in ratios for pair in zip(RATIO.headers, RATIO.row(line), strict=True)]

    @property
    def tables(self) -> list[LookTable]:
        """Over time, by région of the whole country, by département; one without a row is not there."""
        found = self.spread.over_time
        semesters = self._rows(
            (one.label, self._of(one), number, found.get(one.previous), "") for one, number in found.items()
        )
        regions = self._places(self.spread.regions) if self.selection.within is None else []
        departments = self._places(self.spread.departments)
        over_time = self._table("semestres", "D’un semestre à l’autre", "Semestre", "Départements", semesters)
        every = (
            replace(over_time, warning=self._warning(found.values())),
            self._table("regions", "Par région", "Région", "Départements", regions),
            self._table("departements", "Par département", "Département", "Bilan", departments),
        )
        return [table for table in every if table.rows]

    def _warning(self, numbers: Iterable[Number]) -> str:
        """Shares and yeses have no variation to read instead."""
        is_summed = isinstance(self.line, Figure) and not self.line.is_yes_no
        return uneven([number.respondents for number in numbers], is_summed=is_summed)

    def _table(self, anchor: str, title: str, first: str, last: str, rows: Sequence[LookRow]) -> LookTable:
        """A hundred bars are no drawing."""
        caption = f"{self.title}\u00a0: {title[0].lower()}{title[1:]}"
        return LookTable(anchor, title, caption, first, last, tuple(rows), is_drawn=len(rows) <= FEW)

    def _places(self, spots: Iterable[Spot]) -> list[LookRow]:
        return self._rows(
            (
                spot.name,
                self._of(self.semester, spot),
                number,
                spot.by_semester.get(self.semester.previous),
                self._bilan(spot),
            )
            for spot in spots
            if (number := spot.by_semester.get(self.semester))
        )

    def _of(self, semester: Semester, spot: Spot | None = None) -> str:
        here = reverse("indicator_detail", args=[semester, self.line.code])
        return here + (spot.query if spot else self.selection.query)

    def _bilan(self, spot: Spot) -> str:
        return reverse("bilan_detail", args=[spot.code, self.semester]) if spot.level is Level.DEPARTMENT else ""

    def _rows(self, items: Iterable[Item]) -> list[LookRow]:
        found = list(items)
        longest = _longest(self.line, [number for _, _, number, _, _ in found])
        return [
            LookRow(
                name=name,
                url=url,
                said=said(self.line, number),
                answers=sayings.answers(number.answers) if number else "",
                departments=number.departments if number else 0,
                before=sayings.over(said(self.line, before), before.respondents if before else 0),
                variation=_variation(self.line, number),
                percent=whole_percentage(int(_size(self.line, number) * HUNDRED), int(longest * HUNDRED)),
                bilan=bilan,
            )
            for name, url, number, before, bilan in found
        ]


def uneven(respondents: Sequence[int], *, is_summed: bool) -> str:
    """That semesters are not of the same companies, when their number differs by more than a fifth of the largest."""
    least, most = min(respondents, default=0), max(respondents, default=0)
    if 5 * (most - least) <= most:
        return ""
    said = f"De {format_number(least)} à {format_number(most)} entreprises ont répondu selon le semestre\u00a0: "
    if not is_summed:
        return f"{said}ce ne sont pas les mêmes, et une barre ne se compare pas à une autre sans le savoir."
    return (
        f"{said}la longueur des barres dit aussi combien. Ce qui a changé se lit dans la variation, "
        "sur celles qui ont répondu deux semestres de suite."
    )


def _variation(line: Line, number: Number | None) -> str:
    """« +27 (16) »; « – » where no company gave two semesters, and of what has no difference."""
    if number is None or number.constant is None:
        return NONE
    return sayings.over(sayings.change(number.constant, line.unit), number.constant_companies)


def _longest(line: Line, numbers: Sequence[Number | None]) -> Decimal:
    """What a whole bar is: the largest number of the list; of percentages, a hundred."""
    largest = max((_size(line, number) for number in numbers), default=Decimal(0))
    return max(largest, Decimal(HUNDRED)) if isinstance(line, RatioFigure) else largest


def _size(line: Line, number: Number | None) -> Decimal:
    """What its bar is as long as."""
    if number is None:
        return Decimal(0)
    return (number.percent if isinstance(line, RatioFigure) else number.value) or Decimal(0)


@dataclass(frozen=True)
class SideRow:
    """One indicator of a comparison: its name, where it leads, and under each column a number and who answered."""

    name: str
    url: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SideTable:
    """A comparison as a page prints it."""

    headers: tuple[tuple[str, str], ...]
    """The name of each column, and where it leads; nowhere when empty."""
    rows: tuple[SideRow, ...]


def comparison_table(found: Comparison, semester: Semester, selection: Selection) -> SideTable:
    """Its rows lead to their indicator, its columns to the total of their place."""
    total = reverse("national_detail", args=[semester])
    rows = (
        SideRow(
            name_of(side.line),
            reverse("indicator_detail", args=[semester, side.line.code]) + selection.query,
            tuple((said(side.line, one), sayings.answers(one.answers) if one else "") for one in side.numbers),
        )
        for side in found.rows
    )
    headers = tuple((column.name, "" if column.query is None else total + column.query) for column in found.columns)
    return SideTable(headers, tuple(rows))
