"""Record an avenant: one more set of targets on a signed convention, from a day to come on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from conventions import notifications
from conventions.actions.bilans import hold_bilans
from conventions.actions.opening import ask_what_is_new
from conventions.models import AmendmentReason, Convention, Target, TargetSet
from conventions.selectors.promised import indicators_promised
from conventions.target_grid import TargetKey, remarks
from conventions.telling import target_changes
from conventions.transitions import ConventionState
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongState


@transaction.atomic
def amend(
    convention: Convention,
    *,
    targets: Mapping[TargetKey, Decimal | None],
    effective_on: date,
    reason: AmendmentReason,
    at: datetime,
    by: User,
) -> list[User]:
    """Add a set of targets that counts from `effective_on`: these cells of the last set change, None removes one.

    What an earlier bilan counted does not move. The submissions nobody has sent are asked what is new in it.
    Returns who is told by mail. Raises TransitionRefused.
    """
    row = locked(convention, by=by)
    row.workflow.check_act("amender", acting_as=row.acting_as(by), reason=reason.label)
    hold_bilans(row.company)
    last = _last_set(row)
    if refusal := _refusal_of_day(row, last, effective_on):
        raise TransitionRefused([refusal])
    before = {(code, year): value for code, year, value in last.targets.values_list("indicator__code", "year", "value")}
    after = {key: value for key, value in {**before, **targets}.items() if value is not None}
    if after == before:
        raise TransitionRefused(["Rien ne change\u00a0: un avenant modifie au moins un objectif."])
    if wrong := remarks(row.specification, after):
        raise TransitionRefused(wrong)
    by_code = indicators_promised(row, {code for code, _ in after})
    told = {"targets": target_changes(before, targets)}
    record(row, "amender", at=at, by=by, reason=reason.label, facts=told)
    amended = TargetSet.objects.create(convention=row, number=last.number + 1, effective_on=effective_on, reason=reason)
    Target.objects.bulk_create(
        Target(target_set=amended, indicator=by_code[code], year=year, value=value)
        for (code, year), value in after.items()
    )
    ask_what_is_new(row, since=effective_on)
    return notifications.targets_amended(row, amended)


def _last_set(row: Convention) -> TargetSet:
    """The set that is in effect, or the avenant to come. Raises WrongState when the convention is not signed."""
    last = row.target_sets.order_by("number").last()
    if row.state != ConventionState.SIGNED or last is None:
        raise WrongState(["Seule une convention signée reçoit un avenant."])
    return last


def _refusal_of_day(row: Convention, last: TargetSet, day: date) -> str:
    """Why an avenant cannot take effect that day, in French; empty when it can."""
    sent = row.company.department.bilans.filter(state="transmitted").order_by("-semester").first()
    if sent and day <= sent.semester.end:
        return (
            f"Le bilan du {sent.semester.label} est transmis\u00a0: l’avenant prend effet après le "
            f"{sent.semester.end:%d/%m/%Y}."
        )
    first = (last.effective_on or row.starts_on) + timedelta(days=1)
    if not first <= day <= row.ends_on:
        return f"L’avenant prend effet entre le {first:%d/%m/%Y} et le {row.ends_on:%d/%m/%Y}."
    return ""
