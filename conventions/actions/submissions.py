"""Fill in, transmit, validate and send back a submission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from conventions import notifications
from conventions.models import (
    ActionExample,
    Correction,
    Result,
    Submission,
    SubmissionVersion,
)
from conventions.transitions import RECEIVED, SubmissionState
from workflows.actions import locked, move
from workflows.tables import Incomplete, TransitionRefused, WrongState


@dataclass(frozen=True)
class Entry:
    """What somebody typed for one result."""

    status: str
    value: Decimal | None = None
    reason: str = ""
    comment: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class ExampleDraft:
    """What somebody typed for one example of action; `pk` names the one it replaces, None makes a new one."""

    pk: int | None
    axis: str
    title: str
    text: str


class StaleVersion(Exception):
    """Somebody saved since the page was loaded; nothing was written. `stored` maps a pk to the result as it is now."""

    def __init__(self, version: int, stored: Mapping[int, Result]) -> None:
        super().__init__("La remontée a été enregistrée entre-temps par quelqu’un d’autre.")
        self.version = version
        self.stored = stored


@transaction.atomic
def save_results(
    submission: Submission, entries: Mapping[int, Entry], *, version: int, by: User, on: date
) -> Submission:
    """Write what was typed, all of it or nothing; `version` is the one the page was loaded with.

    Entries are keyed by the results' pk. Raises StaleVersion, or TransitionRefused when these fields are not open.
    """
    row = locked(submission)
    _refuse_closed(row, by=by, on=on)
    results = {
        result.pk: result for result in row.results.filter(pk__in=entries).select_related("indicator", "commitment")
    }
    _refuse_not_reopened(row, results.values())
    if row.version != version:
        raise StaleVersion(row.version, results)
    changed = [result for pk, result in results.items() if _apply(result, entries[pk])]
    Result.objects.bulk_update(changed, ["status", "value", "reason", "comment", "confirmed"])
    return _saved(row) if changed else row


@transaction.atomic
def save_examples(
    submission: Submission, drafts: Sequence[ExampleDraft], *, version: int, by: User, on: date
) -> Submission:
    """Make the examples of actions say exactly `drafts`; those taken into the bilan and kept stay in it.

    Raises StaleVersion when somebody saved meanwhile, TransitionRefused when the submission is closed.
    """
    row = locked(submission)
    _refuse_closed(row, by=by, on=on)
    if row.version != version:
        raise StaleVersion(row.version, {})
    known = row.examples.in_bulk()
    kept = {draft.pk for draft in drafts if draft.pk}
    row.examples.exclude(pk__in=kept).delete()
    for draft in drafts:
        example = known.get(draft.pk or 0) or ActionExample(submission=row)
        example.axis, example.title, example.text = draft.axis, draft.title, draft.text
        example.save()
    return _saved(row)


@transaction.atomic
def transmit(submission: Submission, *, at: datetime, by: User, message: str | None = None) -> Submission:
    """Send the submission to the préfecture: a numbered version is kept, a receipt is queued for the sender.

    `message` goes to the référent with it; None leaves the one that was there.
    """
    row = locked(submission)
    row.workflow.check("transmettre", state=row.state, acting_as=row.acting_as(by), comment="")
    if row.state == SubmissionState.DRAFT and at.date() > row.closes_on:
        raise WrongState(
            [f"La saisie est fermée depuis le {row.closes_on:%d/%m/%Y} : demandez un délai à la préfecture."]
        )
    if at.date() < row.campaign.opens_on:
        raise WrongState([f"La saisie ouvre le {row.campaign.opens_on:%d/%m/%Y}."])
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
    row = move(locked(submission), "valider", at=at, by=by)
    notifications.submission_validated(row)
    return row


@transaction.atomic
def send_back(
    submission: Submission, *, corrections: Mapping[int, str], comment: str, at: datetime, by: User
) -> Submission:
    """Return the submission with a comment per result to correct (keyed by its pk); they reopen with their families."""
    return _reopen(locked(submission), "renvoyer", corrections=corrections, comment=comment, at=at, by=by)


@transaction.atomic
def reopen(
    submission: Submission, *, corrections: Mapping[int, str], comment: str, at: datetime, by: User
) -> Submission:
    """Open a validated submission again; a bilan already transmitted keeps the former figures."""
    return _reopen(locked(submission), "rouvrir", corrections=corrections, comment=comment, at=at, by=by)


@transaction.atomic
def extend(submission: Submission, *, until: date, reason: str) -> Submission:
    """Grant one company more time, with a reason. Raises TransitionRefused."""
    row = locked(submission)
    if row.state in RECEIVED:
        raise WrongState([f"Cette remontée est {row.state_label} : un délai n’a plus d’objet."])
    if until <= row.campaign.due_on or not reason.strip():
        raise TransitionRefused([f"Indiquez un motif et un jour après le {row.campaign.due_on:%d/%m/%Y}."])
    row.extended_until, row.extension_reason = until, reason.strip()
    row.save(update_fields=["extended_until", "extension_reason"])
    return row


def answers_of(submission: Submission) -> list[dict[str, str]]:
    """What a version keeps: every answer, in the order of the form."""
    return [result.answer for result in submission.results.select_related("indicator", "commitment")]


def _apply(result: Result, entry: Entry) -> bool:
    """Put an entry on its result; true when something changed."""
    before = (result.status, result.value, result.reason, result.comment, result.confirmed)
    # « C’est exact » was said of the figure shown then: another figure is asked about again.
    outdated = result.confirmed and result.value != entry.value
    result.status, result.value = entry.status, entry.value
    result.reason = entry.reason.strip() if entry.status == Result.Status.NOT_APPLICABLE else ""
    result.comment, result.confirmed = entry.comment.strip(), entry.confirmed and not outdated
    return before != (result.status, result.value, result.reason, result.comment, result.confirmed)


def _saved(row: Submission) -> Submission:
    """Count the save, so that a page loaded before it is told."""
    row.version += 1
    row.save(update_fields=["version"])
    return row


def _refuse_closed(row: Submission, *, by: User, on: date) -> None:
    refusal = row.refusal_to_edit(acting_as=row.acting_as(by), on=on)
    if refusal:
        raise WrongState([refusal])


def _refuse_not_reopened(row: Submission, results: Iterable[Result]) -> None:
    """After a return, only the results that the référent pointed at may change, and those they must agree with."""
    if row.state != SubmissionState.RETURNED:
        return
    reopened = row.reopened(row.corrections_asked())
    strays = [result.code for result in results if result.pk not in reopened]
    if strays:
        raise TransitionRefused([f"La préfecture n’a pas demandé de corriger : {', '.join(sorted(strays))}."])


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
