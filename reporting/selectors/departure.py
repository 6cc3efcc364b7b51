"""What leaves when a bilan is transmitted, read before it leaves: what is missing, who is, what changes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from conventions.models import Convention, Result, Submission
from french.words import quantity
from indicators.specs import Unit
from reporting.bilan import BilanData, Revision
from reporting.changes import blank_boxes, blank_figures, changes, differences
from reporting.method.overlaps import Overlap
from reporting.models import Bilan
from reporting.selectors.bilan import former_version
from reporting.selectors.composer import NOTE_DUE, missing_to_send


@dataclass(frozen=True)
class Unusual:
    """A figure that the rules of the form found unusual, and that its company kept."""

    submission: UUID
    company: str
    label: str
    value: str
    comment: str


@dataclass(frozen=True)
class Departure:
    """The page that comes before the transmission."""

    data: BilanData
    missing: tuple[str, ...]
    """What stands in the way, but for the reason of the sending, which the page itself asks."""
    unsettled: tuple[Overlap, ...]
    """One line per group that gave the same things several times, while something of it is still to be decided."""
    late: tuple[str, ...]
    """The companies that answered after their last day."""
    unusual: tuple[Unusual, ...]
    """The figures that are counted although they look wrong: the company said that they are right."""
    blank_boxes: tuple[str, ...]
    blank_figures: tuple[str, ...]
    rectified: tuple[Revision, ...]
    """What a rectificatif changes in the version sent before it, texts included."""
    since: tuple[Revision, ...]
    """What changed since the page was read; nothing unless the sending was refused for that."""


def departure_for(bilan: Bilan, data: BilanData, *, shown: BilanData | None = None) -> Departure:
    """Read it from the value already built. Three queries, two more for a rectificatif."""
    former = former_version(bilan)
    engaged = Convention.objects.filter(company__department=bilan.department_id).expected_in(bilan.semester)
    theirs = Submission.objects.of(bilan.semester).filter(company__in=engaged.order_by().values("company"))
    return Departure(
        data=data,
        missing=tuple(sentence for sentence in missing_to_send(bilan, data) if sentence != NOTE_DUE),
        unsettled=_unsettled(data),
        late=tuple(theirs.late().order_by("company__name_key", "pk").values_list("company__name", flat=True)),
        unusual=_unusual(theirs),
        blank_boxes=blank_boxes(data),
        blank_figures=blank_figures(data),
        rectified=changes(former, data) if former else (),
        since=differences(shown, data) if shown else (),
    )


def _unsettled(data: BilanData) -> tuple[Overlap, ...]:
    return tuple({item.group: item for item in data.overlaps if item.is_open}.values())


def _unusual(submissions: QuerySet[Submission]) -> tuple[Unusual, ...]:
    rows = Result.objects.counted().filter(submission__in=submissions.order_by().values("pk"), confirmed=True)
    rows = rows.filter(value=F("counted_value")).select_related("company", "indicator")
    return tuple(
        Unusual(
            submission=row.submission_id,
            company=row.company.name,
            label=f"{row.indicator.label} ({row.indicator.code})",
            value=quantity(row.counted_value, Unit(row.indicator.unit).symbol),
            comment=row.comment,
        )
        for row in rows.order_by("company__name_key", "pk")
        if row.indicator
    )
