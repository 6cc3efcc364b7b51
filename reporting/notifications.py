"""The mails between préfecture and agency about a bilan, queued in the transaction of what they tell."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.links import link_to
from accounts.models import User
from accounts.outbox import Mail, queue_mail, queue_mails
from reporting.bilan import BilanData
from reporting.models import Bilan, BilanDocument, BilanLog
from reporting.transitions import ASK
from territories.semester import Semester


def bilan_transmitted(data: BilanData, document: BilanDocument) -> None:
    """Tell the functional address: which bilan, which version, the fingerprint of its PDF, where it is."""
    semester = Semester.parse(data.semester)
    kind = "Bilan" if data.version == 1 else "Bilan rectificatif"
    queue_mail(
        to=settings.CGET_BILAN_ADDRESS,
        subject=f"{kind} PAQTE {data.place.of_name}, {semester.label}",
        body=render_to_string(
            "emails/bilan_transmitted.txt",
            {
                "data": data,
                "semester": semester,
                "document": document,
                "link": link_to(document.bilan.get_absolute_url()),
            },
        ),
        purpose=f"bilan {document.bilan_id}",
    )


def agency_spoke(line: BilanLog) -> list[User]:
    """Tell the référents of the département that the agency acknowledged or asked; returns them."""
    bilan = line.bilan
    people = list(User.objects.referents().filter(department=bilan.department_id))
    asks = line.transition == ASK
    said = "question de l’agence" if asks else "réception accusée"
    subject = f"Bilan PAQTE {bilan.department.of_name}, {bilan.semester.label}\u00a0: {said}"
    context = {"line": line, "bilan": bilan, "asks": asks, "link": _exchange(bilan)}
    body = render_to_string("emails/bilan_agency.txt", context)
    queue_mails(Mail(person.email, subject, body) for person in people)
    return people


def referent_answered(line: BilanLog) -> None:
    """Tell the agency that the préfecture answered its question."""
    bilan = line.bilan
    queue_mail(
        to=settings.CGET_BILAN_ADDRESS,
        subject=f"Bilan PAQTE {bilan.department.of_name}, {bilan.semester.label}\u00a0: réponse à votre question",
        body=render_to_string("emails/bilan_answer.txt", {"line": line, "bilan": bilan, "link": _exchange(bilan)}),
    )


def _exchange(bilan: Bilan) -> str:
    return link_to(reverse("bilan_exchange", args=[bilan.department_id, bilan.semester]))
