"""Builds the value of a bilan from the database, in a constant number of queries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.specs import Axis
from reporting.bilan import SCHEMA, AxisSection, BilanData, PartnerLine, Place
from reporting.changes import changes
from reporting.codec import from_json_value, totals_of
from reporting.method import Ground
from reporting.models import Bilan, BilanDocument, Partner
from reporting.selectors.context import context_of
from reporting.selectors.figures import figures_by_axis
from reporting.selectors.ground import Rows, ground_of, still_answers
from reporting.selectors.lists import (
    completeness_of,
    earlier_versions,
    examples_of,
    movements_listed,
    signatories_of,
    specific_of,
)
from reporting.selectors.overlaps import overlaps_of, values_of
from reporting.selectors.perimeter import Perimeter, perimeter
from reporting.selectors.signing import charters_left, signatures_of
from territories.clock import today
from territories.models import Department


def bilan_for(bilan: Bilan, on: date, *, leaving: bool = False) -> BilanData:
    """What this version says with the figures of that day: only what was validated counts.

    `leaving` reads a draft as it would be sent: its figures are not provisional any more. A transmitted bilan is not
    computed again by the pages: they read its snapshot (`sent_version`).
    """
    department = Department.objects.select_related("region").get(pk=bilan.department_id)
    bilan.department = department
    now, ground = counted_for(bilan, on, leaving=leaving)
    doubles = overlaps_of(department.code, bilan.semester, values_of(now, ground))
    data = BilanData(
        schema=SCHEMA,
        place=_place(department),
        semester=str(bilan.semester),
        version=bilan.version,
        as_of=on,
        transmitted_at=bilan.transmitted_at and department.local(bilan.transmitted_at),
        texts=bilan.texts,
        signatories=signatories_of(ground, now),
        partners=_partners(department),
        axes=_axes(department.code, now, ground),
        headlines=now.headlines,
        specific=specific_of(now),
        context=context_of(department, bilan.semester),
        completeness=completeness_of(now),
        sending_note=bilan.sending_note,
        versions=earlier_versions(bilan),
        changes=(),
        launch=str(ground.launch),
        provisional=ground.provisional,
        comparable=ground.comparable,
        movements=movements_listed(ground, now),
        overlaps=doubles.overlaps,
        elsewhere=doubles.elsewhere,
        signatures=signatures_of(department, bilan.semester),
        charters_left=charters_left(department, bilan.semester),
    )
    former = former_version(bilan)
    return replace(data, changes=changes(former, data)) if former else data


def counted_for(bilan: Bilan, on: date, *, leaving: bool = False) -> tuple[Perimeter, Ground]:
    """What the figures of a bilan are counted over, and what counts of it that day. Ten queries at most."""
    now = perimeter(bilan.department_id, bilan.semester)
    ground = ground_of(
        Rows.of(bilan.department_id),
        now,
        provisional=not leaving and bilan.transmitted_at is None and still_answers(bilan.semester, on),
        sent_before=_sent_before(bilan),
    )
    return now, ground


def value_of(bilan: Bilan, *, leaving: bool = False) -> BilanData:
    """What was sent of this version; of a draft its figures of today, or with `leaving` those that would leave."""
    if not bilan.is_draft and (kept := sent_version(bilan, bilan.version)):
        return kept
    return bilan_for(bilan, today(bilan.department), leaving=leaving)


def sent_version(bilan: Bilan, version: int) -> BilanData | None:
    """The value that was sent as this version of the same bilan; None when there is none. One query."""
    snapshot = (
        BilanDocument.objects.filter(
            bilan__department=bilan.department_id, bilan__semester=bilan.semester, bilan__version=version
        )
        .values_list("snapshot", flat=True)
        .first()
    )
    return None if snapshot is None else from_json_value(snapshot)


def former_version(bilan: Bilan) -> BilanData | None:
    """The value that a rectificatif replaces; None for a first version. One query for a rectificatif."""
    return sent_version(bilan, bilan.version - 1) if bilan.version > 1 else None


def _place(department: Department) -> Place:
    return Place(
        code=department.code,
        name=department.name,
        of_name=department.of_name,
        prefecture=department.prefecture,
        region_code=department.region_id or "",
        region=department.region_name,
    )


def _partners(department: Department) -> tuple[PartnerLine, ...]:
    return tuple(
        PartnerLine(name=partner.name, kind=partner.get_kind_display(), part=partner.part)
        for partner in Partner.objects.filter(department=department)
    )


def _axes(department: str, now: Perimeter, ground: Ground) -> tuple[AxisSection, ...]:
    figures, examples = figures_by_axis(ground, now), examples_of(department, now)
    return tuple(
        AxisSection(
            axis=axis.value,
            label=axis.label,
            companies=_companies(now, axis),
            figures=figures[axis].figures,
            ratios=figures[axis].ratios,
            examples=tuple(examples.get(axis.value, ())),
        )
        for axis in Axis
    )


def _sent_before(bilan: Bilan) -> dict[str, Decimal | None] | None:
    """The totals of the previous semester as its last version said them; None when none was sent. One query."""
    snapshot = (
        BilanDocument.objects.filter(bilan__department=bilan.department_id, bilan__semester=bilan.semester.previous)
        .order_by("-bilan__version")
        .values_list("snapshot", flat=True)
        .first()
    )
    return None if snapshot is None else totals_of(snapshot)


def _companies(now: Perimeter, axis: Axis) -> int:
    return len({convention.company_id for convention in now.conventions if axis in now.axes[convention.pk]})
