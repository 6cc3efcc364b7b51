"""Draw up drafts and change their frame, one or three hundred at a time: a few statements, whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.db.models.functions import Length

from accounts.models import User
from companies.selectors import ended_among
from conventions.expected import Period, last_day
from conventions.models import Convention, ConventionAxis, Target
from conventions.signature import overlap_refusal, taken_refusal, too_old
from conventions.telling import frame_changes
from indicators.models import CatalogueVersion
from indicators.specs import Axis
from territories.locks import lock_departments
from workflows.actions import Told, locked_all, record_all
from workflows.tables import CREATION, TransitionRefused, WrongState

Frames = Mapping[Convention, Collection[Axis]]
"""Conventions as they are to be (company, first day, reason, charter), each with its axes."""


@transaction.atomic
def create_all(wanted: Frames, *, at: datetime, by: User) -> list[Convention]:
    """Save new drafts, numbered in this order, each pinned to the catalogue in force on its first day.

    Raises TransitionRefused for the first that is too old, overlaps another one or takes a charter that is taken.
    """
    rows = list(wanted)
    lock_departments({row.company.department_id for row in rows})
    _settle(rows)
    _number(rows)
    in_force = {day: CatalogueVersion.objects.in_force(on=day) for day in {row.starts_on for row in rows}}
    for row in rows:
        row.catalogue, row.created_at = in_force[row.starts_on], at
    Convention.objects.bulk_create(rows)
    _keep_axes(wanted)
    record_all([Told(row, CREATION, {}) for row in rows], at=at, by=by)
    return rows


@transaction.atomic
def revise_all(wanted: Frames, *, at: datetime, by: User) -> list[Convention]:
    """Change the frame of drafts. Targets of an axis given up go with it. Raises TransitionRefused."""
    rows = locked_all(list(wanted), by=by)
    if refusal := next(filter(None, (row.refusal_to_edit() for row in rows)), ""):
        raise WrongState([refusal])
    prefetch_related_objects(rows, "company")
    record_all(_what_changes(rows, wanted), at=at, by=by)
    for row, frame in zip(rows, wanted, strict=True):
        row.starts_on, row.axes_reason, row.charter = frame.starts_on, frame.axes_reason, frame.charter
    _settle(rows)
    Convention.objects.bulk_update(rows, ["starts_on", "ends_on", "axes_reason", "charter"])
    _keep_axes(dict(zip(rows, wanted.values(), strict=True)))
    return rows


def _what_changes(rows: Sequence[Convention], wanted: Frames) -> list[Told]:
    """What the journal of each is told; of a frame that stays as it is, that somebody confirmed it."""
    prefetch_related_objects([*rows, *wanted], "charter")
    axes: dict[object, set[str]] = defaultdict(set)
    for convention, axis in ConventionAxis.objects.filter(convention__in=rows).values_list("convention", "axis"):
        axes[convention].add(axis)
    return [
        Told(row, "reviser", {"facts": frame_changes(row, frame, axes[row.pk], wanted[frame])})
        for row, frame in zip(rows, wanted, strict=True)
    ]


def _settle(rows: Sequence[Convention]) -> None:
    """What follows from the frame, and what it must not be. Raises TransitionRefused."""
    for row in rows:
        if refusal := too_old(row.starts_on):
            raise TransitionRefused([refusal])
        row.ends_on, row.axes_reason = last_day(row.starts_on), row.axes_reason.strip()
    _refuse_ended(rows)
    _refuse_overlaps(rows)
    _refuse_taken([row for row in rows if row.charter_id])


def _refuse_ended(rows: Sequence[Convention]) -> None:
    """A company that has ended promises nothing any more; its successor may."""
    if refusals := ended_among({row.company_id for row in rows}):
        raise TransitionRefused([next(iter(refusals.values()))])


def _refuse_overlaps(rows: Sequence[Convention]) -> None:
    """Among those of the same company, the rows before included; PostgreSQL holds the same rule as a constraint."""
    others: dict[object, dict[object, Convention]] = defaultdict(dict)
    for other in Convention.objects.filter(company__in={row.company_id for row in rows}):
        others[other.company_id][other.pk] = other
    for row in rows:
        theirs = others[row.company_id]
        theirs[row.pk] = row
        running = Period(row.starts_on, row.ends_on)
        for other in theirs.values():
            if other.pk != row.pk and running.meets(Period(other.starts_on, other.effective_end)):
                raise TransitionRefused([overlap_refusal(other.reference, other.starts_on, other.effective_end)])


def _refuse_taken(rows: Sequence[Convention]) -> None:
    """A charter becomes one convention."""
    if not rows:
        return
    found = Convention.objects.filter(charter__in={row.charter_id for row in rows})
    holders = {other.charter_id: other for other in found}
    for row in rows:
        holder = holders.setdefault(row.charter_id, row)
        if holder.pk != row.pk:
            raise TransitionRefused([taken_refusal(row.charter, holder.reference)])


def _number(rows: Sequence[Convention]) -> None:
    """PAQTE-62-2019-001: numbered without gap in a département and year, under the lock of the département."""
    last: dict[str, int] = {}
    for row in rows:
        prefix = f"PAQTE-{row.company.department_id}-{row.starts_on.year}-"
        last[prefix] = (last[prefix] if prefix in last else _last_number(prefix)) + 1
        row.reference = f"{prefix}{last[prefix]:03d}"


def _last_number(prefix: str) -> int:
    """The number given last, to a draft deleted since or not; 0 when there is none."""
    given = Convention.everything.filter(reference__startswith=prefix)
    # The thousandth comes after the 999th, which is shorter.
    last = given.order_by(Length("reference").desc(), "-reference").values_list("reference", flat=True).first()
    return int(last.removeprefix(prefix)) if last else 0


def _keep_axes(wanted: Frames) -> None:
    """Make the rows say exactly these axes."""
    kept = {row.pk: {axis.value for axis in axes} for row, axes in wanted.items()}
    found = list(ConventionAxis.objects.filter(convention__in=kept))
    present = {(row.convention_id, row.axis) for row in found}
    lost = [row for row in found if row.axis not in kept[row.convention_id]]
    for axis in {row.axis for row in lost}:
        theirs = [row.convention_id for row in lost if row.axis == axis]
        Target.objects.filter(target_set__convention__in=theirs, indicator__axis=axis).delete()
    ConventionAxis.objects.filter(pk__in=[row.pk for row in lost]).delete()
    ConventionAxis.objects.bulk_create(
        ConventionAxis(convention=row, axis=axis.value)
        for row in wanted
        for axis in Axis
        if axis.value in kept[row.pk] and (row.pk, axis.value) not in present
    )
