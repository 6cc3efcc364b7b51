"""Each announced period is applied by the command, one day after its end and not one day before."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import Bucket, OutgoingMail, Session, UsedKey, User
from accounts.retention import PERIODS
from companies.models import Contact, Invitation
from documents import filing
from documents.models import StoredFile
from privacy.models import InactivityNotice
from privacy.retention import ERASED
from reporting.actions import transmit
from tests.factories import (
    BilanFactory,
    ContactFactory,
    ConventionFactory,
    DepartmentFactory,
    InvitationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 15, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def run(*options: str, at: datetime = NOW) -> list[str]:
    """What the command says on this day."""
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("apply_retention", *options, stdout=out)
    return out.getvalue().splitlines()


def account(email: str, *, used: datetime, **fields: object) -> User:
    """An account last signed in with at `used`."""
    user: User = UserFactory(email=email, **fields)
    User.objects.filter(pk=user.pk).update(last_login=used, created_at=datetime(2018, 1, 1, tzinfo=UTC))
    return user


def test_every_period_has_its_rule() -> None:
    assert set(PERIODS) == {"accounts", "previews", *ERASED}


def test_an_idle_account_is_told_a_month_before_then_anonymised() -> None:
    idle = account("idle@example.org", used=NOW - 700 * DAY)
    account("fresh@example.org", used=NOW - 699 * DAY)

    first = run()
    told = OutgoingMail.objects.get()
    run(at=NOW + DAY)
    early = run(at=NOW + 29 * DAY)
    late = run(at=NOW + 30 * DAY)

    idle.refresh_from_db()
    assert first[:2] == ["Avis d’inactivité : 1.", "Comptes anonymisés : 0."]
    assert (told.to, told.subject) == ("idle@example.org", "Portail PAQTE : votre compte va être anonymisé")
    assert "15 juillet 2024" in told.body
    assert "http://testserver/connexion/" in told.body
    assert (early[1], late[1]) == ("Comptes anonymisés : 0.", "Comptes anonymisés : 1.")
    assert idle.email.endswith("@anonyme.invalid")
    assert sorted(User.objects.filter(is_active=True).values_list("email", flat=True)) == ["fresh@example.org"]


def test_signing_in_keeps_the_account() -> None:
    idle = account("idle@example.org", used=NOW - 720 * DAY)
    run()

    with time_machine.travel(NOW + 10 * DAY, tick=False):
        Client().force_login(idle, backend="django.contrib.auth.backends.ModelBackend")
    later = run(at=NOW + 60 * DAY)
    years_later = run(at=NOW + 10 * DAY + 700 * DAY)

    idle.refresh_from_db()
    assert later[:2] == ["Avis d’inactivité : 0.", "Comptes anonymisés : 0."]
    assert years_later[:2] == ["Avis d’inactivité : 1.", "Comptes anonymisés : 0."]
    assert idle.email == "idle@example.org"


def test_an_account_never_used_is_counted_from_its_creation() -> None:
    with time_machine.travel(NOW - 710 * DAY):
        UserFactory(email="never@example.org")

    assert run()[0] == "Avis d’inactivité : 1."
    assert InactivityNotice.objects.get().user.email == "never@example.org"


def test_a_deactivated_account_is_told_nothing() -> None:
    left = account("left@example.org", used=NOW - 730 * DAY, is_active=False)
    account("left.later@example.org", used=NOW - 729 * DAY, is_active=False)

    assert run()[:2] == ["Avis d’inactivité : 0.", "Comptes anonymisés : 1."]

    left.refresh_from_db()
    assert left.email.endswith("@anonyme.invalid")
    assert OutgoingMail.objects.count() == 0


def test_of_two_last_referents_one_is_kept() -> None:
    for name in ("une", "deux"):
        account(f"{name}@example.org", used=NOW - 800 * DAY, referent=True)
    run()

    said = run(at=NOW + 31 * DAY)

    assert said[1] == "Comptes anonymisés : 1."
    assert said[2].startswith("Compte gardé : ")
    assert "dernier référent actif du département 62" in said[2]
    assert User.objects.filter(is_active=True).count() == 1


def test_old_mails_go_and_one_that_waits_stays() -> None:
    ages: dict[str, tuple[timedelta, dict[str, object]]] = {
        "sent": (184 * DAY, {"sent_at": NOW, "delivery": "sent"}),
        "given.up": (184 * DAY, {"delivery": "given_up"}),
        "waits": (184 * DAY, {}),
        "recent": (182 * DAY, {"sent_at": NOW, "delivery": "sent"}),
    }
    for name, (age, fields) in ages.items():
        with time_machine.travel(NOW - age):
            OutgoingMail.objects.create(to=f"{name}@example.org", subject="x", body="y", **fields)

    run()

    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["recent@example.org", "waits@example.org"]


def test_invitations_without_answer_go_a_month_after_their_end() -> None:
    for name, days, accepted in (("old", 30, False), ("recent", 29, False), ("accepted", 30, True)):
        ended = NOW - timedelta(days=days)
        InvitationFactory(
            company__department=DepartmentFactory(),
            email=f"{name}@example.org",
            invited_at=ended - 7 * DAY,
            accepted=accepted,
        )

    run()

    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["accepted@example.org", "recent@example.org"]


def test_refused_sign_ins_stay_a_year() -> None:
    for table, more in ((AccessFailureLog, {}), (AccessLog, {}), (AccessAttempt, {"failures_since_start": 1})):
        for days in (364, 366):
            row = table.objects.create(username=f"{days}@example.org", path_info="/", **more)
            table.objects.filter(pk=row.pk).update(attempt_time=NOW - days * DAY)

    run()

    for table in (AccessFailureLog, AccessLog, AccessAttempt):
        assert list(table.objects.values_list("username", flat=True)) == ["364@example.org"]


def test_sessions_and_counters_go_when_they_say_nothing_more() -> None:
    for name, minutes in (("past", -1), ("open", 1)):
        end = NOW + timedelta(minutes=minutes)
        Session.objects.create(session_key=name, session_data="", expire_date=end, started_at=NOW, last_seen=NOW)
        Bucket.objects.create(purpose=name, digest="0", full_at=end)
        sent = end - timedelta(days=2)
        UsedKey.objects.create(user=UserFactory(), key=uuid4(), fingerprint="0", answer=name, at=sent)

    run()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(Bucket.objects.values_list("purpose", flat=True)) == ["open"]
    assert list(UsedKey.objects.values_list("answer", flat=True)) == ["open"]


def test_files_of_drafts_go_after_eight_days_and_those_sent_stay(catalogue: str) -> None:
    referent = UserFactory(referent=True)
    files = {days: filing.keep(f"{days}", b"", "application/pdf", at=NOW - days * DAY) for days in (7, 8, 9)}
    transmit(BilanFactory(), at=NOW, by=referent, render=lambda _data: {"pdf": files[9]})
    for days in (7, 8):
        DBTaskResult.objects.create(
            task_path=f"{days}",
            args_kwargs={},
            backend_name="default",
            status="SUCCESSFUL",
            finished_at=NOW - days * DAY,
        )

    run()

    assert set(StoredFile.objects.all()) == {files[7], files[9]}
    assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == ["7"]


def test_contacts_stay_two_years_after_the_last_convention(catalogue: str) -> None:
    # 730 days before the run: 16 June 2022.
    ended = {"starts_on": date(2019, 6, 17), "ends_on": date(2022, 6, 16)}
    just = {"starts_on": date(2019, 6, 18), "ends_on": date(2022, 6, 17)}
    gone = ContactFactory(company=ConventionFactory(**ended).company)
    kept = [ContactFactory(company=ConventionFactory(**just).company), ContactFactory(name="Sans convention")]
    renewed = ConventionFactory(**ended).company
    ConventionFactory(company=renewed, starts_on=date(2022, 6, 17), ends_on=date(2025, 6, 16))
    kept.append(ContactFactory(company=renewed))

    run()

    assert gone not in Contact.objects.all()
    assert set(Contact.objects.all()) == set(kept)


def test_accepted_invitations_go_six_months_after_their_end() -> None:
    for days, email in ((184, "ancienne@example.org"), (183, "juste@example.org"), (182, "gardee@example.org")):
        end = NOW - days * DAY
        InvitationFactory(company__department=DepartmentFactory(), email=email, invited_at=end - 7 * DAY, accepted=True)

    run()

    assert list(Invitation.objects.values_list("email", flat=True)) == ["gardee@example.org"]


def test_a_preview_never_confirmed_goes_after_a_day(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    name = default_storage.save("imports/apercu", ContentFile(b"SIRET;Nom"))
    written = default_storage.get_modified_time(name)

    run(at=written + timedelta(hours=23))
    kept = default_storage.exists(name)
    run(at=written + timedelta(hours=24))

    assert (kept, default_storage.exists(name)) == (True, False)


def test_a_dry_run_says_and_changes_nothing(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    name = default_storage.save("imports/apercu", ContentFile(b"SIRET;Nom"))
    account("idle@example.org", used=NOW - 700 * DAY)
    account("left@example.org", used=NOW - 800 * DAY, is_active=False)
    with time_machine.travel(NOW - 200 * DAY):
        OutgoingMail.objects.create(to="a@example.org", subject="x", body="y", sent_at=NOW, delivery="sent")

    said = run("--dry-run", at=max(NOW, default_storage.get_modified_time(name) + 2 * DAY))

    assert "Courriels envoyés par le portail, lignes effacées : 1." in said
    assert "Fichier déposé et jamais confirmé, fichiers effacés : 1." in said
    assert OutgoingMail.objects.count() == 1
    assert InactivityNotice.objects.count() == 0
    assert default_storage.exists(name)
    assert User.objects.filter(email="left@example.org").exists()
