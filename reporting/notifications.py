"""The mail that tells the CGET that a bilan is there; queued in the transaction of the transmission."""

from django.conf import settings
from django.template.loader import render_to_string

from accounts.links import link_to
from accounts.outbox import queue_mail
from reporting.bilan import BilanData
from reporting.models import BilanDocument
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
