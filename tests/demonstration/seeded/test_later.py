"""People who came to the demonstration's own base later, and production: it leaves them alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from companies.models import Company, Contact
from demonstration.seeding import Seeded
from reporting.models import SeededAccount
from tests.demonstration.samples import PASSWORD, every_row
from tests.factories import MembershipFactory, PortfolioFactory, UserFactory


def test_production_refuses_even_a_base_of_the_demonstration(seeded: Seeded, settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="ne se charge jamais en production"):
        call_command("seed_demo")


def test_people_who_came_later_stay_as_they_are(seeded: Seeded, settings: Settings, client: Client) -> None:
    company = Company.objects.get(name="Ateliers Terril")
    guest = MembershipFactory(company=company, user__email="invitee@demo.example", user__password="phrase à elle").user
    PortfolioFactory(company=company, user__email="club@demo.example")
    Contact.objects.create(company=company, name="Personne invitée")
    client.force_login(guest)
    own = User.objects.get(email="lecteur.62@demo.example")
    User.objects.filter(pk=own.pk).update(email="parti@demo.example")
    replaced = UserFactory(lecteur=True, email="lecteur.62@demo.example", password="phrase de la remplaçante")
    before = every_row()
    settings.PAQTE_DEMO_PASSWORD = PASSWORD
    out = StringIO()

    call_command("seed_demo", stdout=out)

    assert every_row() == before
    assert "lecteur.62@demo.example" not in out.getvalue()

    settings.PAQTE_DEMO_PASSWORD = "un-autre-mot-de-passe"
    call_command("seed_demo", stdout=out)

    changed = {
        label: [row for row, former in zip(rows, before[label], strict=True) if row != former]
        for label, rows in every_row().items()
    }
    assert [label for label, rows in changed.items() if rows] == ["accounts.User"]
    assert {row["id"] for row in changed["accounts.User"]} <= set(SeededAccount.objects.values_list("pk", flat=True))
    guest.refresh_from_db()
    replaced.refresh_from_db()
    assert guest.check_password("phrase à elle")
    assert replaced.check_password("phrase de la remplaçante")


def test_every_account_of_a_new_demonstration_is_known_as_its_own(seeded: Seeded) -> None:
    assert set(SeededAccount.objects.values_list("user__email", flat=True)) == set(
        User.objects.values_list("email", flat=True)
    )
