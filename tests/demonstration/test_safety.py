"""What the demonstration leaves alone: a base that is not its own, and people who came to its own base later."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from companies.models import Company, Contact
from demonstration.seeding import seed
from indicators.actions import sync_catalogues
from indicators.catalogue import load_catalogue
from reporting.bilan import BilanData
from reporting.models import SeededAccount
from territories.loading import load_territories
from tests.factories import CampaignFactory, CompanyFactory, MembershipFactory, PortfolioFactory, UserFactory

PASSWORD = "terril-beffroi-vanille"


def no_pdf(_data: BilanData) -> bytes:
    """Rendering is tested elsewhere and takes most of the time."""
    return b"%PDF-1.7"


@pytest.fixture
def references(db: None) -> None:
    load_territories()
    sync_catalogues([load_catalogue("paqte-2018")])


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_territories()
        sync_catalogues([load_catalogue("paqte-2018")])
        seed(password=PASSWORD, render=no_pdf)
        yield
        transaction.set_rollback(True)


def every_row() -> dict[str, list[dict[str, object]]]:
    """Everything that the database holds."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


MEASURES = ["--companies", "2", "--departements", "59"]
STRANGERS = {
    "account": lambda: UserFactory(referent=True),
    "namesake": lambda: UserFactory(cget=True, email="cget@demo.example"),
    "company": CompanyFactory,
    "campaign": CampaignFactory,
}


@pytest.mark.parametrize("options", [[], MEASURES], ids=["demonstration", "measures"])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_base_that_somebody_else_wrote_is_refused(
    references: None, settings: Settings, stranger: str, options: list[str]
) -> None:
    settings.PAQTE_DEMO_PASSWORD = PASSWORD
    STRANGERS[stranger]()
    before = every_row()

    with pytest.raises(CommandError, match=r"^Cette base contient des données que la démonstration n’a pas écrites"):
        call_command("seed_demo", *options)

    assert every_row() == before


@pytest.mark.django_db
def test_production_refuses_even_a_base_of_the_demonstration(seeded: None, settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="ne se charge jamais en production"):
        call_command("seed_demo")


@pytest.mark.django_db
def test_people_who_came_later_stay_as_they_are(seeded: None, settings: Settings, client: Client) -> None:
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


@pytest.mark.django_db
def test_every_account_of_a_new_demonstration_is_known_as_its_own(seeded: None) -> None:
    assert set(SeededAccount.objects.values_list("user__email", flat=True)) == set(
        User.objects.values_list("email", flat=True)
    )
