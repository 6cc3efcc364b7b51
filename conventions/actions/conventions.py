"""Draw up, sign, terminate and renew a convention."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from companies.models import Charter, Company, Succession
from conventions import notifications
from conventions.actions.bilans import hold_bilans
from conventions.actions.frames import create_all, revise_all
from conventions.actions.opening import open_submissions, open_submissions_of
from conventions.actions.promises import set_targets_of
from conventions.expected import Period
from conventions.figures import refusal_of
from conventions.models import Campaign, Convention, SpecificCommitment, Submission
from conventions.selectors.stake import stake_of
from conventions.signature import signature_refusal, termination_refusal
from conventions.target_grid import TargetKey
from indicators.specs import Axis
from territories.locks import lock_departments
from territories.semester import Semester
from workflows.actions import locked, move, record
from workflows.changes import changes_between
from workflows.tables import TransitionRefused, WrongState


class StakeChanged(TransitionRefused):
    """What would be lost is no longer what was read; nothing was lost."""


@transaction.atomic
def create(
    *,
    company: Company,
    starts_on: date,
    axes: Collection[Axis],
    at: datetime,
    by: User,
    charter: Charter | None = None,
    axes_reason: str = "",
    renews: Convention | None = None,
) -> Convention:
    """Draw up the draft of a triennial convention, pinned to the catalogue in force on its first day.

    Raises TransitionRefused when it overlaps another one.
    """
    draft = Convention(company=company, starts_on=starts_on, axes_reason=axes_reason, charter=charter, renews=renews)
    return create_all({draft: axes}, at=at, by=by)[0]


@transaction.atomic
def revise(
    convention: Convention,
    *,
    starts_on: date,
    axes: Collection[Axis],
    axes_reason: str,
    charter: Charter | None,
    at: datetime,
    by: User,
) -> Convention:
    """Change the frame of a draft. Targets of an axis given up go with it. Raises TransitionRefused."""
    wanted = copy(convention)
    wanted.starts_on, wanted.axes_reason, wanted.charter = starts_on, axes_reason, charter
    return revise_all({wanted: axes}, at=at, by=by)[0]


@transaction.atomic
def set_targets(
    convention: Convention, *, targets: Mapping[TargetKey, Decimal | None], at: datetime, by: User
) -> Convention:
    """Write cells of the grid of a draft, as `set_targets_of` does for many. Raises TransitionRefused."""
    return set_targets_of({convention: targets}, at=at, by=by)[0]


@transaction.atomic
def add_specific_commitment(
    convention: Convention, *, label: str, unit: str, target: Decimal, at: datetime, by: User
) -> SpecificCommitment:
    """Add a commitment outside the catalogue (PME and TPE, annexe 2 §2). Raises TransitionRefused."""
    row = record(_draft(convention, by=by), "ajouter", at=at, by=by, reason=label)
    if not row.company.may_choose_axes:
        raise WrongState(["Les engagements spécifiques sont réservés aux PME et TPE (circulaire, annexe 2 §2)."])
    if refusal := refusal_of(target, None):
        raise TransitionRefused([f"{label}\u00a0: {refusal}"])
    return SpecificCommitment.objects.create(convention=row, label=label, unit=unit, target=target)


@transaction.atomic
def remove_specific_commitment(commitment: SpecificCommitment, *, at: datetime, by: User) -> None:
    """Take a specific commitment out of a draft. Raises TransitionRefused."""
    record(_draft(commitment.convention, by=by), "retirer", at=at, by=by, reason=commitment.label)
    commitment.delete()


@transaction.atomic
def prepare(convention: Convention, *, at: datetime, by: User) -> Convention:
    """Declare the draft ready to sign."""
    row = locked(convention, by=by)
    if refusal := _ended(row):
        raise TransitionRefused([refusal])
    return move(row, "preparer", at=at, by=by)


@transaction.atomic
def resume(convention: Convention, *, at: datetime, by: User) -> Convention:
    """Take a convention that was ready back to its draft."""
    return move(locked(convention, by=by), "reprendre", at=at, by=by)


@transaction.atomic
def sign(convention: Convention, *, on: date, place: str, at: datetime, by: User) -> list[User]:
    """Record the day and place of the signature; the submissions of campaigns already open are expected from now on.

    Returns who is told by mail: nobody, as long as no administrator of the company has an account.
    """
    lock_departments([convention.company.department_id])  # who opens a campaign waits, or is waited for
    row = locked(convention, by=by)
    if refusal := _ended(row) or signature_refusal(on, row.signature_window(at.date())):
        raise TransitionRefused([refusal])
    former, row.signed_on, row.signed_at = copy(row), on, place.strip()
    move(row, "signer", at=at, by=by, facts={"fields": changes_between(former, row, ["signed_on", "signed_at"])})
    open_submissions_of(row)
    return notifications.convention_signed(row)


@transaction.atomic
def cancel_signature(convention: Convention, *, comment: str, read: str, at: datetime, by: User) -> list[User]:
    """Take back a signature of which nothing was transmitted; the submissions expected go, with what was typed in them.

    `read` is the token of the stake that the référent read (`stake_of`): what a company typed since is never lost
    unseen. Returns who is told by mail. Raises TransitionRefused.
    """
    lock_departments([convention.company.department_id])  # who opens a campaign waits, or is waited for
    row = locked(convention, by=by)
    # Locked before anything is checked: who sends a bilan, saves or transmits at this instant is waited for.
    hold_bilans(row.company)
    lost = Submission.objects.asked_by(row)
    list(lost.select_for_update(of=("self",), no_key=True).order_by("pk"))
    move(row, "annuler", at=at, by=by, comment=comment)
    if stake_of(row).token != read:
        raise StakeChanged(
            ["Les remontées ont changé depuis que vous lisez cette page\u00a0: relisez ce qui sera effacé."]
        )
    campaigns = list(Campaign.objects.filter(pk__in=lost.order_by().values("campaign")))
    lost.delete()
    for campaign in campaigns:
        # What another convention of the company asks in the same semester is asked again, from nothing.
        open_submissions(campaign, conventions=row.company.conventions.all())
    return notifications.signature_cancelled(row, comment=comment.strip())


@transaction.atomic
def drop(convention: Convention, *, at: datetime, by: User) -> None:
    """Delete a draft that was never signed. Its number and its journal stay: no other convention takes its reference.

    The charter, the period and the renewal it stood for are free again. Raises TransitionRefused.
    """
    row = move(locked(convention, by=by), "supprimer", at=at, by=by)
    for content in (row.target_sets, row.specific_commitments, row.axes):
        content.all().delete()
    row.charter, row.renews, row.axes_reason = None, None, ""
    row.save(update_fields=["charter", "renews", "axes_reason"])


@transaction.atomic
def terminate(convention: Convention, *, on: date, comment: str, at: datetime, by: User) -> Convention:
    """End a signed convention before its time; `on` is its last day in force, `comment` the reason.

    The forms of later semesters go, if nobody has typed anything in them: they are not waited for any more.
    """
    lock_departments([convention.company.department_id])  # who opens a campaign waits, or is waited for
    row = locked(convention, by=by)
    if refusal := termination_refusal(on, Period(row.starts_on, row.ends_on)):
        raise TransitionRefused([refusal])
    former, row.terminated_on = copy(row), on
    facts = {"fields": changes_between(former, row, ["terminated_on"])}
    moved = move(row, "resilier", at=at, by=by, comment=comment, facts=facts)
    later = row.submissions.untouched().filter(semester__gt=Semester.containing(on)).order_by("pk")
    # Who is saving one at this instant is waited for, and it stays.
    gone = list(later.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Submission.objects.filter(pk__in=gone).delete()
    return moved


@transaction.atomic
def renew(convention: Convention, *, at: datetime, by: User) -> Convention:
    """Draw up the draft that follows a signed convention, with the same axes; its targets are to be discussed.

    They are those of the catalogue in force on its own first day, which may be a later one.
    """
    lock_departments([convention.company.department_id])
    row = locked(convention, by=by)
    if refusal := row.refusal_to_renew():
        raise WrongState([refusal])
    return create(
        company=row.company,
        starts_on=row.ends_on + timedelta(days=1),
        axes=row.signed_axes(),
        axes_reason=row.axes_reason,
        renews=row,
        at=at,
        by=by,
    )


def _ended(row: Convention) -> str:
    """Why a company that has ended signs nothing; empty for the others."""
    end = Succession.objects.filter(company=row.company_id).select_related("company", "successor").first()
    return end.refusal if end else ""


def _draft(convention: Convention, *, by: User) -> Convention:
    """The locked row, which must still be a draft."""
    row = locked(convention, by=by)
    if refusal := row.refusal_to_edit():
        raise WrongState([refusal])
    return row
