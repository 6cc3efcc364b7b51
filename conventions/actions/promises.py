"""Write the targets of drafts, those of one or of three hundred at a time: a few statements, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects

from accounts.models import User
from conventions.models import Convention, Target, TargetSet
from conventions.selectors.promised import indicators_of, promised_among
from conventions.target_grid import TargetKey
from conventions.telling import target_changes
from workflows.actions import Told, locked_all, record_all
from workflows.tables import WrongState

Cells = Mapping[TargetKey, Decimal | None]
"""A figure (0 included) sets the target, None removes it; those that are not named stay."""


@transaction.atomic
def set_targets_of(wanted: Mapping[Convention, Cells], *, at: datetime, by: User) -> list[Convention]:
    """Write cells of the grids of drafts: those of set 0, the one that is signed. Raises TransitionRefused."""
    rows = locked_all(list(wanted), by=by)
    if refusal := next(filter(None, (row.refusal_to_edit() for row in rows)), ""):
        raise WrongState([refusal])
    prefetch_related_objects(rows, "company", "axes")
    cells = dict(zip(rows, wanted.values(), strict=True))
    for row in rows:
        row.workflow.check_act("fixer", acting_as=row.acting_as(by))
    known = indicators_of({row.catalogue_id for row in rows})
    by_code = {row: promised_among(row, {code for code, _ in cells[row]}, known[row.catalogue_id]) for row in rows}
    present = _present(rows)
    changes = ((row, target_changes(_values(present[row.pk]), cells[row])) for row in rows)
    record_all([Told(row, "fixer", {"facts": {"targets": found}}) for row, found in changes if found], at=at, by=by)
    replaced = [target.pk for row in rows for key, target in present[row.pk].items() if key in cells[row]]
    Target.objects.filter(pk__in=replaced).delete()
    signed = _first_sets(rows)
    Target.objects.bulk_create(
        Target(target_set=signed[row.pk], indicator=by_code[row][code], year=year, value=value)
        for row in rows
        for (code, year), value in cells[row].items()
        if value is not None
    )
    return rows


def _present(rows: Sequence[Convention]) -> dict[object, dict[TargetKey, Target]]:
    """What each promises now, by indicator and year."""
    found: dict[object, dict[TargetKey, Target]] = defaultdict(dict)
    targets = Target.objects.filter(target_set__convention__in=rows, target_set__number=0)
    for target in targets.select_related("indicator", "target_set"):
        found[target.target_set.convention_id][target.indicator.code, target.year] = target
    return found


def _values(targets: Mapping[TargetKey, Target]) -> dict[TargetKey, Decimal]:
    return {key: target.value for key, target in targets.items()}


def _first_sets(rows: Sequence[Convention]) -> dict[UUID, TargetSet]:
    """The set of each, made where there is none."""
    found = {item.convention_id: item for item in TargetSet.objects.filter(convention__in=rows, number=0)}
    made = [TargetSet(convention=row, number=0) for row in rows if row.pk not in found]
    return found | {item.convention_id: item for item in TargetSet.objects.bulk_create(made)}
