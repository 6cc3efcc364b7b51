"""Somebody who left traces everywhere the portal writes people down, under a name that nobody else has."""

from datetime import UTC, datetime

from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from accounts.outbox import queue_mail
from companies.models import CompanyLog
from french.order import folded
from national.actions.messages import write
from privacy.models import InactivityNotice
from reporting import actions
from reporting.models import Bilan
from tests.factories import (
    BilanFactory,
    ContactFactory,
    ConventionFactory,
    InvitationFactory,
    PortfolioFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.filing import kept

ADDRESS = "zephyrine.quetzal@canari.test"
CANARIES = ("zephyrine", "quetzal", "canari.test", "03 21 98 76 54")
"""Without accents and in lower case, as keys of order hold them too."""
ARCHIVES = {"reporting_bilandocument", "documents_storedfile"}
AT = datetime(2019, 9, 2, 10, tzinfo=UTC)


def somebody() -> User:
    """A référente who is a contact too, wrote and sent a bilan, signed in, failed to, and was written to and about."""
    person: User = UserFactory(
        referent=True,
        email=ADDRESS,
        first_name="Zéphyrine",
        last_name="Quetzal",
        job_title="Référente Quetzal",
        phone="03 21 98 76 54",
        is_staff=True,
    )
    colleague = UserFactory(referent=True, email="collegue@example.org")
    convention = ConventionFactory()
    ContactFactory(company=convention.company, name="Zéphyrine Quetzal", email=ADDRESS.title(), phone="03 21 98 76 54")
    InvitationFactory(
        company=convention.company, email=ADDRESS, invited_by=colleague, accepted=True, accepted_by=person
    )
    PortfolioFactory(company=convention.company, user=UserFactory(animateur=True))
    CompanyLog.objects.create(company=convention.company, at=AT, by=person, transition="creer")
    CompanyLog.objects.create(company=convention.company, at=AT, by=colleague, transition="retirer", about=person)
    SubmissionFactory(convention=convention, validated=True)
    InvitationFactory(company=convention.company, email="invitee@example.org", invited_by=person)
    _bilans(person)
    Client().force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    AccessAttempt.objects.create(username=ADDRESS, path_info="/connexion/", failures_since_start=1)
    AccessFailureLog.objects.create(username=ADDRESS, path_info="/connexion/")
    InactivityNotice.objects.create(user=person, sent_at=AT)
    _log_entry(person)
    write(to=[person, colleague], subject="Calendrier", body="Bonjour.", at=AT, by=UserFactory(cget=True))
    with transaction.atomic():
        queue_mail(to=ADDRESS, subject="Récépissé", body="Bonjour Zéphyrine Quetzal")
        queue_mail(to="cget@example.org", subject="Bilan", body=f"ZÉPHYRINE QUETZAL, {ADDRESS}, 03 21 98 76 54")
    return person


def _bilans(person: User) -> None:
    boxes = {
        "referent_name": person.get_full_name(),
        "referent_job_title": person.job_title,
        "referent_email": person.email,
        "referent_phone": person.phone,
    }
    sent = BilanFactory(**boxes)
    actions.transmit(
        sent, at=AT, by=person, render=lambda data: {"pdf": kept(b"%PDF Quetzal")}, sending_note="Il manque Terril."
    )
    Bilan.objects.create(department=sent.department, semester="2019-S2", **boxes)


def _log_entry(person: User) -> None:
    LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr="Zéphyrine Quetzal",
        action_flag=ADDITION,
        change_message=f"Added {ADDRESS}",
    )


def tables_with_canaries() -> set[str]:
    """The tables that hold one of the words anywhere, read with plain SQL."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name that the database gave
            text = folded(" ".join(_read(value) for row in cursor.fetchall() for value in row))
            if any(folded(canary) in text for canary in CANARIES):
                found.add(table)
    return found


def _read(value: object) -> str:
    """A value as text; the content of a file comes as a view of memory from PostgreSQL."""
    return str(bytes(value) if isinstance(value, memoryview) else value)
