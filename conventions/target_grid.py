"""Pure: the grid of targets, one row per indicator and one cell per convention year, read from what was typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from conventions.expected import YEARS, convention_year
from conventions.figures import read_figure
from french.numbers import NumberRefused, format_number
from indicators.catalogue import Catalogue
from indicators.checks import blocking
from indicators.specs import Axis, IndicatorSpec, Kind

TargetKey = tuple[str, int]
"""(indicator code, convention year)."""


@dataclass(frozen=True)
class Cell:
    """One target: its text as typed or as stored. Closed when the indicator does not exist during that year."""

    code: str
    year: int
    text: str
    error: str
    closed: bool

    @property
    def name(self) -> str:
        """Name of the input."""
        return cell_name(self.code, self.year)

    @property
    def answer(self) -> str:
        """The target of a yes or no, in words."""
        return {"1": "oui", "0": "non"}.get(self.text, "–")


@dataclass(frozen=True)
class Row:
    """One indicator and its three years."""

    spec: IndicatorSpec
    cells: tuple[Cell, ...]
    total: Decimal | None
    """Sum of the years of a flux; None where adding years would lie (see `sums`) or where nothing is promised."""

    @property
    def is_choice(self) -> bool:
        """Answered by yes or no."""
        return self.spec.kind is Kind.YES_NO

    @property
    def sums(self) -> bool:
        """Whether its years add up: a flux, unless its people or places are distinct."""
        return _adds_up(self.spec)

    @property
    def promises(self) -> bool:
        """Whether there is a target in any year."""
        return any(cell.text for cell in self.cells)


@dataclass(frozen=True)
class AxisGrid:
    """The rows of one axis."""

    axis: Axis
    rows: tuple[Row, ...]

    @property
    def promises(self) -> bool:
        """Whether there is a target in any row."""
        return any(row.promises for row in self.rows)


@dataclass(frozen=True)
class Reading:
    """What was typed, cell by cell: either a value (None when blank) or a sentence that says what is wrong."""

    texts: Mapping[TargetKey, str]
    values: Mapping[TargetKey, Decimal | None]
    errors: Mapping[TargetKey, str]


def cell_name(code: str, year: int) -> str:
    """Name of the input of a cell."""
    return f"{code}-{year}"


def rows_of(catalogue: Catalogue, axes: Collection[Axis], starts_on: date) -> tuple[IndicatorSpec, ...]:
    """The indicators of these axes that one may promise, and that make sense on at least one day of the three years."""
    whole = (convention_year(starts_on, YEARS[0]).start, convention_year(starts_on, YEARS[-1]).end)
    return tuple(spec for spec in catalogue.valid_during(*whole) if spec.axis in axes and spec.targetable)


def read(specs: Sequence[IndicatorSpec], starts_on: date, posted: Mapping[str, str]) -> Reading:
    """Read the cells that were sent. A cell that is missing altogether is left as it was."""
    texts: dict[TargetKey, str] = {}
    values: dict[TargetKey, Decimal | None] = {}
    errors: dict[TargetKey, str] = {}
    for spec in specs:
        for year in YEARS:
            text = posted.get(cell_name(spec.code, year))
            if text is None or _closed(spec, starts_on, year):
                continue
            key = (spec.code, year)
            texts[key] = text
            try:
                values[key] = read_figure(text, spec)
            except NumberRefused as refusal:
                errors[key] = str(refusal)
    return Reading(texts, values, errors)


def stored(targets: Mapping[TargetKey, Decimal]) -> Reading:
    """The same shape for what the database holds."""
    texts = {key: format_number(value) for key, value in targets.items()}
    return Reading(texts, dict(targets), {})


def draw(specs: Sequence[IndicatorSpec], starts_on: date, reading: Reading) -> tuple[AxisGrid, ...]:
    """The grid, axis by axis, in the order of the circular."""
    rows = [_row(spec, starts_on, reading) for spec in specs]
    grids = (AxisGrid(axis, tuple(row for row in rows if row.spec.axis is axis)) for axis in Axis)
    return tuple(grid for grid in grids if grid.rows)


def remarks(catalogue: Catalogue, values: Mapping[TargetKey, Decimal | None]) -> list[str]:
    """What cannot be reached, year by year: a part promised above its whole."""
    found = []
    for year in YEARS:
        promised = {code: value for (code, of), value in values.items() if of == year and value is not None}
        found += [f"Année {year}\u00a0: {finding.sentence}" for finding in blocking(catalogue, promised)]
    return found


def _row(spec: IndicatorSpec, starts_on: date, reading: Reading) -> Row:
    cells = tuple(
        Cell(
            code=spec.code,
            year=year,
            text=reading.texts.get((spec.code, year), ""),
            error=reading.errors.get((spec.code, year), ""),
            closed=_closed(spec, starts_on, year),
        )
        for year in YEARS
    )
    return Row(spec, cells, _total(spec, reading))


def _total(spec: IndicatorSpec, reading: Reading) -> Decimal | None:
    known = [value for year in YEARS if (value := reading.values.get((spec.code, year))) is not None]
    return sum(known, Decimal(0)) if _adds_up(spec) and known else None


def _adds_up(spec: IndicatorSpec) -> bool:
    """The same people or places may come back a year later: a sum of years would count them twice."""
    return spec.kind is Kind.FLUX and not spec.distinct


def _closed(spec: IndicatorSpec, starts_on: date, year: int) -> bool:
    period = convention_year(starts_on, year)
    return not spec.valid_during(period.start, period.end)
