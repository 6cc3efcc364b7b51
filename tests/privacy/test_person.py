"""One person: exported whole, then erased so that no table but the archives knows the name, address or telephone."""

import json
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.actions.profile import ask_for_address
from accounts.models import OutgoingMail, Session, User
from companies.models import Contact, Invitation
from documents.models import StoredFile
from privacy.actions import anonymise
from reporting.models import Bilan, BilanDocument, BilanLog
from tests.factories import ContactFactory, MembershipFactory, PortfolioFactory, UserFactory
from tests.filing import kept, sent_bytes
from tests.privacy.world import ADDRESS, ARCHIVES, AT, somebody, tables_with_canaries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def run(command: str, *options: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command(command, ADDRESS, *options, stdout=out)
    return out.getvalue()


def test_the_export_holds_everything_and_no_secret() -> None:
    person = somebody()

    printed = run("export_person")

    held = json.loads(printed)
    assert {label: len(rows) for label, rows in held.items()} == {
        "accounts.User": 1,
        "accounts.OutgoingMail": 2,
        "accounts.Session": 1,
        "companies.Contact": 1,
        "companies.Invitation": 2,
        "companies.CompanyLog": 2,
        "reporting.Bilan": 2,
        "reporting.BilanLog": 1,
        "national.Recipient": 1,
        "privacy.InactivityNotice": 1,
        "admin.LogEntry": 1,
        "axes.AccessAttempt": 1,
        "axes.AccessFailureLog": 1,
    }
    assert held["accounts.User"][0]["adresse électronique"] == ADDRESS
    assert held["accounts.User"][0]["département"] == "Pas-de-Calais (62)"
    assert held["companies.Contact"][0]["téléphone professionnel"] == "03 21 98 76 54"
    assert person.password not in printed
    assert Session.objects.get().session_key not in printed


def test_the_export_of_an_account_of_a_company() -> None:
    place = MembershipFactory(user__email=ADDRESS)
    MembershipFactory(user=UserFactory(email="autre@example.org"), company=place.company)
    PortfolioFactory(user=UserFactory(animateur=True))

    held = json.loads(run("export_person"))

    assert sorted(held) == ["accounts.User", "companies.Membership"]
    assert held["companies.Membership"][0]["entreprise"] == place.company.name


@pytest.mark.parametrize("command", ["export_person", "anonymise_person"])
def test_somebody_unknown(command: str) -> None:
    ContactFactory(email="autre@example.org")

    with pytest.raises(CommandError, match="Le portail ne détient rien à l’adresse"):
        run(command)


def test_afterwards_only_the_archives_know_the_person() -> None:
    person = somebody()
    before = tables_with_canaries()

    printed = run("anonymise_person", "--yes")

    person.refresh_from_db()
    assert before > ARCHIVES | {"accounts_user", "accounts_outgoingmail", "companies_contact", "reporting_bilan"}
    assert tables_with_canaries() == ARCHIVES
    assert person.email.endswith("@anonyme.invalid")
    assert (person.is_active, person.is_staff, person.has_usable_password()) == (False, False, False)
    assert printed.splitlines()[-1] == f"{ADDRESS} est anonymisé."


def test_figures_journals_and_sent_bilans_stay() -> None:
    person = somebody()
    document = BilanDocument.objects.get()
    journal = list(BilanLog.objects.values())

    anonymise(ADDRESS, at=AT)

    assert list(BilanLog.objects.values()) == journal
    assert BilanLog.objects.get().by == person
    assert BilanDocument.objects.get().sha256 == document.sha256
    assert sent_bytes(BilanDocument.objects.get()) == b"%PDF Quetzal"
    assert BilanDocument.objects.get().snapshot == document.snapshot
    assert set(Bilan.objects.values_list("referent_name", "referent_email")) == {("", "")}
    assert OutgoingMail.objects.get(subject="Bilan").body == "[effacé], [effacé], [effacé]"


def test_previews_of_drafts_go_with_the_person() -> None:
    somebody()
    preview = kept(b"%PDF Quetzal, projet")

    touched = anonymise(ADDRESS, at=AT)

    assert touched["documents.StoredFile"] == 1
    assert list(StoredFile.objects.filter(pk=preview.pk)) == []


def test_no_link_survives_the_person_who_sent_it() -> None:
    person = somebody()

    anonymise(ADDRESS, at=AT)

    row = Invitation.objects.get(email="invitee@example.org")
    assert (row.is_open, row.revoked_at, row.revoked_by) == (False, AT, person)


def test_other_people_stay_as_they_are() -> None:
    somebody()
    other = ContactFactory(name="Camille Terril")
    AccessAttempt.objects.create(username="autre@example.org", path_info="/", failures_since_start=1)

    anonymise(ADDRESS, at=AT)

    assert list(Contact.objects.all()) == [other]
    assert [row.email for row in Invitation.objects.all()] == ["invitee@example.org"]
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["autre@example.org"]
    assert User.objects.filter(email="collegue@example.org", is_active=True).exists()


def test_a_contact_without_account_is_erased_too() -> None:
    ContactFactory(name="Zéphyrine Quetzal", email=ADDRESS)

    run("anonymise_person", "--yes")

    assert list(Contact.objects.all()) == []
    assert tables_with_canaries() == set()


def test_a_name_that_somebody_typed_is_shown() -> None:
    somebody()
    bilan = Bilan.objects.filter(state="draft").get()
    Bilan.objects.filter(pk=bilan.pk).update(organisation="Zéphyrine Quetzal anime le réseau.")

    printed = run("anonymise_person", "--yes")

    assert f"À relire, un texte libre le nomme encore : reporting.Bilan {bilan.pk}, organisation." in printed


def test_the_mail_to_an_address_not_confirmed_yet_is_shown() -> None:
    person = somebody()
    with transaction.atomic():
        ask_for_address(address="autre@example.org", by=person)
    sent = OutgoingMail.objects.get(to="autre@example.org")

    printed = run("anonymise_person", "--yes", "--force")

    assert f"À relire, un texte libre le nomme encore : accounts.OutgoingMail {sent.pk}, to." in printed


def test_a_dry_run_changes_nothing() -> None:
    somebody()
    before = tables_with_canaries()

    printed = run("anonymise_person", "--dry-run")

    assert tables_with_canaries() == before
    assert "accounts.OutgoingMail : 2" in printed
    assert "anonymisé" not in printed


def test_the_address_is_typed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    person = somebody()
    monkeypatch.setattr("builtins.input", lambda _question: "une.autre@canari.test")

    with pytest.raises(CommandError, match="rien n’a changé"):
        run("anonymise_person")

    person.refresh_from_db()
    assert person.email == ADDRESS

    monkeypatch.setattr("builtins.input", lambda _question: f" {ADDRESS.upper()} ")
    run("anonymise_person")

    person.refresh_from_db()
    assert person.email.endswith("@anonyme.invalid")


def test_the_last_referent_and_the_last_administrator_are_kept() -> None:
    somebody()
    User.objects.filter(email="collegue@example.org").update(is_active=False)

    with pytest.raises(CommandError, match="C’est le dernier référent actif du département 62"):
        run("anonymise_person", "--yes")

    run("anonymise_person", "--yes", "--force")
    assert tables_with_canaries() == ARCHIVES


def test_the_last_administrator_is_kept() -> None:
    place = MembershipFactory(user__email=ADDRESS)
    MembershipFactory(company=place.company, contributor=True)

    with pytest.raises(CommandError, match=f"le dernier administrateur actif de l’entreprise {place.company.name}"):
        run("anonymise_person", "--yes")

    MembershipFactory(company=place.company)
    run("anonymise_person", "--yes")
    assert not User.objects.filter(email=ADDRESS).exists()


def test_the_last_agent_of_the_agency_is_kept() -> None:
    UserFactory(cget=True, email=ADDRESS)
    UserFactory(cget=True, is_active=False)

    with pytest.raises(CommandError, match="C’est le dernier agent actif du CGET"):
        run("anonymise_person", "--yes")

    UserFactory(cget=True)
    run("anonymise_person", "--yes")
    assert not User.objects.filter(email=ADDRESS).exists()


def test_whoever_left_already_is_needed_no_more() -> None:
    MembershipFactory(user__email=ADDRESS, user__is_active=False)

    run("anonymise_person", "--yes")

    assert not User.objects.filter(email=ADDRESS).exists()
