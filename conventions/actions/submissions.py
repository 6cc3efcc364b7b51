"""Transmit, validate and send back a submission, remind who has not sent it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from conventions import notifications
from conventions.models import Correction, Submission, SubmissionVersion
from conventions.transitions import HANDED_IN
from workflows.actions import locked, move, record
from workflows.changes import kept
from workflows.tables import Incomplete, TransitionRefused, WrongState

BETWEEN_REMINDERS = timedelta(days=7)
"""A company is not written to twice in this time: two référents, or one who forgot, must not insist."""


@transaction.atomic
def transmit(submission: Submission, *, at: datetime, by: User, message: str | None = None) -> Submission:
    """Send the submission to the préfecture: a numbered version is kept, a receipt is queued for the sender.

    `message` goes to the référent with it; None leaves the one that was there.
    """
    row = locked(submission, by=by)
    row.workflow.check("transmettre", state=row.state, acting_as=row.acting_as(by), comment="")
    if refusal := row.refusal_of_day(at.date()):
        raise WrongState([refusal])
    if message is not None:
        row.message = message.strip()
        row.save(update_fields=["message"])
    move(row, "transmettre", at=at, by=by)
    number = _last_number(row) + 1
    version = SubmissionVersion.objects.create(submission=row, number=number, at=at, by=by, answers=answers_of(row))
    notifications.submission_received(row, version)
    return row


@transaction.atomic
def validate(submission: Submission, *, at: datetime, by: User) -> Submission:
    """Accept the figures: they count in the bilan from now on."""
    row = move(locked(submission, by=by), "valider", at=at, by=by)
    row.results.count_in()
    row.examples.count_in()
    notifications.submission_validated(row)
    return row


@transaction.atomic
def send_back(
    submission: Submission, *, corrections: Mapping[int, str], comment: str, at: datetime, by: User
) -> Submission:
    """Return the submission with a comment per result to correct (keyed by its pk); they reopen with their families."""
    return _reopen(locked(submission, by=by), "renvoyer", corrections=corrections, comment=comment, at=at, by=by)


@transaction.atomic
def reopen(
    submission: Submission, *, corrections: Mapping[int, str], comment: str, at: datetime, by: User
) -> Submission:
    """Open a validated submission again; a bilan already transmitted keeps the former figures."""
    return _reopen(locked(submission, by=by), "rouvrir", corrections=corrections, comment=comment, at=at, by=by)


@transaction.atomic
def extend(submission: Submission, *, until: date, reason: str, at: datetime, by: User) -> Submission:
    """Grant one company more time, with a reason. Raises TransitionRefused."""
    row = locked(submission, by=by)
    if row.state in HANDED_IN:
        raise WrongState([f"Cette remontée est {row.state_label} : un délai n’a plus d’objet."])
    if refusal := row.campaign.refusal_to_extend(until):
        raise TransitionRefused([refusal])
    if not reason.strip():
        raise TransitionRefused(["Indiquez le motif de ce délai."])
    changes = {"extended_until": [kept(row.extended_until), kept(until)]}
    record(row, "prolonger", at=at, by=by, reason=reason, facts=changes)
    row.extended_until, row.extension_reason = until, reason.strip()
    row.save(update_fields=["extended_until", "extension_reason"])
    return row


@transaction.atomic
def remind(submission: Submission, *, at: datetime, by: User) -> list[User]:
    """Write to those who answer for a silent company; returns them. Raises TransitionRefused."""
    row = locked(submission, by=by)
    if row.is_received:
        raise WrongState(["sa remontée est déjà transmise."])
    if refusal := row.refusal_of_day(at.date()):
        raise WrongState([refusal])
    if row.logs.filter(transition="relancer", at__gt=at - BETWEEN_REMINDERS).exists():
        raise TransitionRefused([f"elle a été relancée il y a moins de {BETWEEN_REMINDERS.days} jours."])
    people = notifications.members_of(row.company)
    if not people:
        raise TransitionRefused(["personne n’y a de compte\u00a0: invitez d’abord quelqu’un à répondre pour elle."])
    record(row, "relancer", at=at, by=by)
    notifications.submission_reminded(row, people, on=at.date(), by=by)
    return people


def answers_of(submission: Submission) -> list[dict[str, str]]:
    """What a version keeps: every answer, in the order of the form."""
    return [result.kept for result in submission.results.select_related("indicator", "commitment")]


def _last_number(row: Submission) -> int:
    number: int | None = row.versions.aggregate(last=Max("number"))["last"]
    return number or 0


def _reopen(
    row: Submission, name: str, *, corrections: Mapping[int, str], comment: str, at: datetime, by: User
) -> Submission:
    """The transition, its corrections and its mail."""
    asked = {pk: text.strip() for pk, text in corrections.items()}
    if not asked or not all(asked.values()):
        raise Incomplete(["Cochez au moins un indicateur à corriger et dites pour chacun ce qui ne va pas."])
    results = row.results.filter(pk__in=asked).in_bulk()
    if len(results) != len(asked):
        raise TransitionRefused(["Un des indicateurs cochés n’appartient pas à cette remontée."])
    move(row, name, at=at, by=by, comment=comment)
    number = _last_number(row)
    for pk, text in asked.items():
        Correction.objects.update_or_create(
            result=results[pk], version=number, submission=row, defaults={"comment": text}
        )
    notifications.submission_returned(row, comment=comment.strip())
    return row
