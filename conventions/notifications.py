"""The mails of this room, queued in the transaction of what they tell; plain text, one per recipient."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.template.loader import render_to_string

from accounts.links import link_to
from accounts.models import User
from accounts.outbox import queue_mail
from companies.models import Company
from conventions.answers import kept_text
from conventions.models import Convention, Submission, SubmissionVersion, TargetSet


def convention_signed(convention: Convention) -> list[User]:
    """Tell the company's administrators that the signature is recorded; returns them."""
    return _tell(
        administrators_of(convention.company),
        about=convention,
        subject=f"Convention PAQTE {convention.reference} signée",
        template="emails/convention_signed.txt",
        context={"convention": convention, "company": convention.company},
    )


def signature_cancelled(convention: Convention, *, comment: str) -> list[User]:
    """Tell them that it is taken back, and why; returns them."""
    return _tell(
        administrators_of(convention.company),
        about=convention,
        subject=f"Convention PAQTE {convention.reference} : signature annulée",
        template="emails/signature_cancelled.txt",
        context={"convention": convention, "company": convention.company, "comment": comment},
    )


def targets_amended(convention: Convention, amendment: TargetSet) -> list[User]:
    """Tell them that other targets count from a day on, and why; returns them."""
    return _tell(
        administrators_of(convention.company),
        about=convention,
        subject=f"Convention PAQTE {convention.reference} : avenant n° {amendment.number}",
        template="emails/targets_amended.txt",
        context={"convention": convention, "company": convention.company, "amendment": amendment},
    )


def submission_received(submission: Submission, version: SubmissionVersion) -> None:
    """The receipt, to the person who transmitted, from the version kept."""
    units = {spec.code: spec.unit for spec in submission.convention.specification.indicators}
    told = [
        (answer["code"], answer["label"], kept_text(answer, units.get(answer["code"]))) for answer in version.answers
    ]
    _tell(
        [version.by],
        about=submission,
        subject=f"Récépissé : remontée PAQTE du {submission.semester.label}",
        template="emails/submission_received.txt",
        context={
            "submission": submission,
            "version": version,
            "answers": told,
            "company": submission.company,
        },
    )


def submission_validated(submission: Submission) -> list[User]:
    """Tell the administrators that their figures are accepted; returns them."""
    return _tell(
        administrators_of(submission.company),
        about=submission,
        subject=f"Remontée PAQTE du {submission.semester.label} validée",
        template="emails/submission_validated.txt",
        context={"submission": submission, "company": submission.company},
    )


def submission_returned(submission: Submission, *, comment: str) -> list[User]:
    """Tell the administrators what to correct, indicator by indicator; returns them."""
    asked = submission.corrections.outstanding([submission.pk])
    corrections = asked.select_related("result__indicator", "result__commitment")
    return _tell(
        administrators_of(submission.company),
        about=submission,
        subject=f"Remontée PAQTE du {submission.semester.label} : à corriger",
        template="emails/submission_returned.txt",
        context={
            "submission": submission,
            "company": submission.company,
            "comment": comment,
            "corrections": corrections,
        },
    )


def submission_reminded(submission: Submission, people: Sequence[User], *, on: date, by: User) -> None:
    """Tell those who answer for the company until when it is waited for."""
    _tell(
        people,
        about=submission,
        subject=f"Rappel : remontée PAQTE du {submission.semester.label}",
        template="emails/submission_reminder.txt",
        context={
            "submission": submission,
            "company": submission.company,
            "is_overdue": submission.is_overdue(on=on),
            "by": by,
        },
    )


def members_of(company: Company) -> list[User]:
    """Whoever may enter its figures: its active members."""
    return [place.user for place in company.memberships.active().select_related("user")]


def administrators_of(company: Company) -> list[User]:
    """The active administrators of the company: who is told."""
    places = company.memberships.administrators().active().select_related("user")
    return [place.user for place in places]


def told(people: Sequence[User]) -> str:
    """Who is told, as a sentence for who acted: nothing is said to be known that nobody received."""
    if not people:
        return (
            "Personne n’en est prévenu\u00a0: aucun administrateur de l’entreprise n’a encore de compte. Invitez-en un "
            "depuis la page « Membres » de l’entreprise."
        )
    *others, last = (person.get_full_name() for person in people)
    return f"Un courriel prévient {', '.join(others)} et {last}." if others else f"Un courriel prévient {last}."


def _tell(
    people: Iterable[User],
    *,
    about: Convention | Submission,
    subject: str,
    template: str,
    context: dict[str, object],
) -> list[User]:
    """One mail each; `link` leads to the page of what it is about."""
    recipients = list(people)
    link = link_to(about.get_absolute_url())
    for person in recipients:
        body = render_to_string(template, {**context, "person": person, "link": link})
        queue_mail(to=person.email, subject=subject, body=body)
    return recipients
