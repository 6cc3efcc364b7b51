"""The mails of this room, queued in the transaction of what they tell; plain text, one per recipient."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from accounts.models import User
from accounts.outbox import queue_mail
from companies.models import Company
from conventions.answers import kept_text
from conventions.models import Convention, Submission, SubmissionVersion


def convention_signed(convention: Convention) -> None:
    """Tell the company's administrators that the signature is recorded."""
    _tell(
        _administrators(convention.company),
        subject=f"Convention PAQTE {convention.reference} signée",
        template="emails/convention_signed.txt",
        context={"convention": convention, "company": convention.company},
    )


def submission_received(submission: Submission, version: SubmissionVersion) -> None:
    """The receipt, to the person who transmitted, from the version kept."""
    units = {spec.code: spec.unit for spec in submission.convention.specification.indicators}
    told = [
        (answer["code"], answer["label"], kept_text(answer, units.get(answer["code"]))) for answer in version.answers
    ]
    _tell(
        [version.by],
        subject=f"Récépissé : remontée PAQTE du {submission.semester.label}",
        template="emails/submission_received.txt",
        context={
            "submission": submission,
            "version": version,
            "answers": told,
            "company": submission.convention.company,
        },
    )


def submission_validated(submission: Submission) -> None:
    """Tell the administrators that their figures are accepted."""
    _tell(
        _administrators(submission.convention.company),
        subject=f"Remontée PAQTE du {submission.semester.label} validée",
        template="emails/submission_validated.txt",
        context={"submission": submission, "company": submission.convention.company},
    )


def submission_returned(submission: Submission, *, comment: str) -> None:
    """Tell the administrators what to correct, indicator by indicator."""
    number = submission.versions.count()
    corrections = submission.corrections.filter(version=number).select_related(
        "result__indicator", "result__commitment"
    )
    _tell(
        _administrators(submission.convention.company),
        subject=f"Remontée PAQTE du {submission.semester.label} : à corriger",
        template="emails/submission_returned.txt",
        context={
            "submission": submission,
            "company": submission.convention.company,
            "comment": comment,
            "corrections": corrections,
        },
    )


def _administrators(company: Company) -> list[User]:
    """The active administrators of the company."""
    places = company.memberships.administrators().select_related("user").filter(user__is_active=True)
    return [place.user for place in places]


def _tell(people: Iterable[User], *, subject: str, template: str, context: dict[str, object]) -> None:
    for person in people:
        queue_mail(to=person.email, subject=subject, body=render_to_string(template, {**context, "person": person}))
