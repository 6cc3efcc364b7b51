"""Write a result that came in a file: the same rules as the form, on behalf of the company."""

from django.db import transaction
from django.db.models import F

from conventions.actions.submissions import Entry
from conventions.models import Result, Submission
from conventions.transitions import RECEIVED, SubmissionState
from workflows.actions import locked
from workflows.tables import TransitionRefused, WrongState


@transaction.atomic
def import_result(result: Result, entry: Entry) -> Result:
    """Put what a file says on a result that is still open; open pages are told so by the version of the submission.

    Raises TransitionRefused when the submission was sent, or when this result was not sent back for correction.
    """
    submission = locked(result.submission)
    if submission.state in RECEIVED:
        raise WrongState([f"Cette remontée est {submission.state_label}\u00a0: ses résultats ne se modifient plus."])
    if submission.state == SubmissionState.RETURNED and result.pk not in submission.reopened(
        submission.corrections_asked()
    ):
        raise TransitionRefused([f"La préfecture n’a pas demandé de corriger {result.code}."])
    result.status, result.value = entry.status, entry.value
    result.reason, result.comment, result.confirmed = entry.reason, entry.comment, False
    result.save(update_fields=["status", "value", "reason", "comment", "confirmed"])
    Submission.objects.filter(pk=submission.pk).update(version=F("version") + 1)
    return result
