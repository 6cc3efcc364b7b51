"""One figure of a bilan explained: what it sums, company by company, who is missing and why, what may count twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from companies.models import Company
from conventions.models import Result, Submission
from conventions.transitions import SubmissionState
from indicators.specs import IndicatorSpec, RatioSpec
from reporting.figures import Figure, RatioFigure
from reporting.method import Ground, figures_of, ratios_of
from reporting.method.cells import Cell, cells_of
from reporting.method.comparison import counted
from reporting.method.ground import Company as Key
from reporting.method.overlaps import CountedElsewhere, Overlap
from reporting.method.ratios import Sides, sides_of
from reporting.models import Bilan
from reporting.selectors.bilan import counted_for
from reporting.selectors.overlaps import overlaps_of
from reporting.selectors.perimeter import Perimeter
from territories.semester import Semester

NEVER_OPENED = "formulaire jamais ouvert"
WHY: Mapping[str, str] = {
    SubmissionState.TRANSMITTED: "transmise, non validée",
    SubmissionState.VALIDATED: "validée sans cette réponse",
}
"""Why a company is silent although its form was opened; else the state says it."""


@dataclass(frozen=True)
class Source:
    """A company behind a figure, with its submissions of the semester and of the one before."""

    company: Company
    cell: Cell | Sides
    now: Submission | None
    before: Submission | None
    reason: str = ""
    """Why it said « sans objet »."""

    @property
    def why_silent(self) -> str:
        """Why it has no value, in French."""
        if self.now is None or (self.now.state == SubmissionState.DRAFT and self.now.version == 0):
            return NEVER_OPENED
        return WHY.get(self.now.state, self.now.state_label)


@dataclass(frozen=True)
class Explained:
    """A figure and everything behind it, as it counts today."""

    spec: IndicatorSpec | RatioSpec
    figure: Figure | RatioFigure
    parts: tuple[IndicatorSpec, ...]
    """Of a ratio, the indicators that it is computed from."""
    provisional: bool
    sources: tuple[Source, ...]
    """In the order of names."""
    overlaps: tuple[Overlap, ...] = ()
    elsewhere: CountedElsewhere | None = None


def explained(bilan: Bilan, code: str, *, on: date, reader: User) -> Explained | None:
    """The figure of this code as it counts that day; None when the bilan has none. A constant number of queries."""
    perimeter, ground = counted_for(bilan, on)
    specs = {spec.code: spec for spec in perimeter.specs}
    if code in specs:
        return _of_indicator(specs[code], bilan, perimeter, ground, reader)
    ratio = next((spec for spec in perimeter.ratios if spec.code == code and set(spec.codes) <= specs.keys()), None)
    if ratio is None:
        return None
    return Explained(
        spec=ratio,
        figure=ratios_of(ground, [ratio], specs)[code],
        parts=tuple(specs[one] for one in ratio.codes),
        provisional=ground.provisional,
        sources=_sources({side.company: side for side in sides_of(ratio, ground, specs)}, bilan, reader),
    )


def _of_indicator(spec: IndicatorSpec, bilan: Bilan, perimeter: Perimeter, ground: Ground, reader: User) -> Explained:
    given = dict(counted(spec, ground.semester, ground))
    counts = overlaps_of(bilan.department_id, bilan.semester, {spec.code: given})
    return Explained(
        spec=spec,
        # Counted with the others: its rank is its place among them.
        figure=figures_of(ground, perimeter.specs)[spec.code],
        parts=(),
        provisional=ground.provisional,
        sources=_sources({cell.company: cell for cell in cells_of(spec, ground)}, bilan, reader, code=spec.code),
        overlaps=counts.overlaps,
        elsewhere=next(iter(counts.elsewhere), None),
    )


def _sources(
    cells: Mapping[Key, Cell] | Mapping[Key, Sides], bilan: Bilan, reader: User, *, code: str = ""
) -> tuple[Source, ...]:
    """The cells with their companies and submissions. Four queries."""
    visible = Company.objects.visible_to(reader).filter(department=bilan.department_id)
    now, before = (_submissions(bilan, reader, semester) for semester in (bilan.semester, bilan.semester.previous))
    reasons = _reasons(bilan, reader, code)
    return tuple(
        Source(company, cells[key], now.get(key), before.get(key), reasons.get(key, ""))
        for company in visible
        if (key := str(company.pk)) in cells
    )


def _submissions(bilan: Bilan, reader: User, semester: Semester) -> dict[Key, Submission]:
    """Those of one semester, by company."""
    rows = Submission.objects.visible_to(reader).of(semester).filter(company__department=bilan.department_id)
    return {str(row.company_id): row for row in rows.order_by()}


def _reasons(bilan: Bilan, reader: User, code: str) -> dict[Key, str]:
    """Why companies said « sans objet » of an indicator."""
    rows = Result.objects.visible_to(reader).filter(department=bilan.department_id, semester=bilan.semester)
    said = rows.filter(indicator__code=code, counted_status=Result.Status.NOT_APPLICABLE).order_by()
    return {str(company): reason for company, reason in said.values_list("company", "reason")}
