"""The directory of référents, and what the agency writes to them."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import OutgoingMail, User
from national.actions.messages import write
from national.models import Message, Recipient
from national.selectors.directory import directory
from territories.loading import load_territories
from territories.models import Department
from tests.action_guard import locks_asked
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory, DepartmentFactory, UserFactory
from workflows.tables import Incomplete, WrongRole, WrongState

AT = datetime(2019, 9, 15, 9, tzinfo=UTC)
ON = date(2019, 9, 15)
DIRECTORY, NEW = "/national/referents/", "/national/messages/nouveau/"


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def reunion(cast: Cast) -> User:
    """A référente of La Réunion, besides those of the Nord and of the Pas-de-Calais."""
    person: User = UserFactory(
        referent=True,
        department=DepartmentFactory(reunion=True),
        email="vanille@example.org",
        first_name="Camille",
        last_name="Vanille",
        job_title="Sous-préfète",
        phone="0262 00 00 00",
    )
    User.objects.filter(pk=person.pk).update(created_at=datetime(2019, 2, 11, 9, tzinfo=UTC))
    return person


def words(response: Any) -> str:  # Any: the answer of a test client
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def post(client: Client, url: str, people: Sequence[User], **fields: str) -> Any:  # Any: as above
    data = {"subject": "Calendrier", "body": "Bonjour,\n\nLe bilan part le 14.", **fields}
    return client.post(url, {**data, "to": [str(person.public_id) for person in people]})


def test_the_directory_says_who_and_since_when(client: Client, cast: Cast, reunion: User) -> None:
    client.force_login(cast.cget)

    page = words(client.get(DIRECTORY))

    assert "4 référents dans 3 départements." in page
    assert "La Réunion (974) Camille Vanille Sous-préfète 0262 00 00 00 vanille@example.org 11/02/2019" in page
    assert "lecteur@example.org" not in page
    assert "deactivated@example.org" not in page


def test_it_is_narrowed_by_region_and_by_what_is_owed(cast: Cast, reunion: User, catalogue: str) -> None:
    ConventionFactory(company=cast.other_company)
    CampaignFactory()
    DepartmentFactory(code="02", name="Aisne")

    def found(**asked: str) -> list[str]:
        return [entry.department.pk for entry in directory(cast.cget, ON, **asked).entries]

    assert found() == ["02", "59", "62", "974"]
    assert found(region="32") == ["02", "59", "62"]
    assert found(situation="en-retard") == ["59"]
    assert found(situation="sans-referent") == ["02"]
    assert found(situation="n’importe quoi") == found()
    assert directory(cast.cget, ON, region="32").sentence == (
        "3 référents dans 2 départements\u00a0; 1 département sans référent."
    )


def test_a_collectivity_is_in_it_once_it_has_somebody(cast: Cast) -> None:
    saint_martin = DepartmentFactory(code="978", name="Saint-Martin", region=None)
    assert [entry.department.pk for entry in directory(cast.cget, ON).entries] == ["59", "62"]

    UserFactory(referent=True, department=saint_martin)

    assert [entry.department.pk for entry in directory(cast.cget, ON).entries] == ["59", "62", "978"]


def test_the_directory_costs_the_same_with_everybody(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CampaignFactory()
    with django_assert_num_queries(5):
        directory(cast.cget, ON)
    load_territories()
    for place in Department.objects.filter(code__lt="31"):
        UserFactory(referent=True, department=place)
    with django_assert_num_queries(5):
        assert len(directory(cast.cget, ON).people) > 30


def test_nobody_is_found_and_the_page_says_what_to_do(client: Client, cast: Cast) -> None:
    load_territories()
    client.force_login(cast.cget)

    assert "Aucune préfecture ne correspond à ces filtres" in words(client.get(f"{DIRECTORY}?situation=en-retard"))
    assert "Aucun référent ne correspond à ces filtres" in words(client.get(f"{NEW}?region=94"))


def test_a_message_goes_to_those_who_stay_ticked(client: Client, cast: Cast, reunion: User) -> None:
    client.force_login(cast.cget)
    form = client.get(f"{NEW}?region=32").context["form"]
    assert {label for _, label in form.fields["to"].choices} == {
        f"{person}, {person.department}" for person in (cast.referent, cast.staff_referent, cast.other_referent)
    }
    assert len(form["to"].value()) == 3

    asked = post(client, f"{NEW}?region=32", [cast.referent, cast.other_referent])
    assert Message.objects.count() == 0
    assert "Envoyer à 2 référents « Calendrier » part à : " in words(asked)
    assert "Bonjour, Le bilan part le 14. Un courriel parti ne se reprend pas." in words(asked)

    sent = post(client, f"{NEW}?region=32", [cast.referent, cast.other_referent], confirmed="1")
    message = Message.objects.get()
    assert sent.headers["Location"] == f"/national/messages/{message.pk}/"
    assert (message.past, message.by, message.department) == ("Message envoyé aux référents", cast.cget, None)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
        "other.referent@example.org",
        "referent@example.org",
    ]
    mail = OutgoingMail.objects.filter(to="referent@example.org").get()
    assert (mail.subject, mail.body.startswith("Bonjour,\n\nLe bilan part le 14.\n\n")) == ("Calendrier", True)
    assert mail.body.rstrip().endswith("Pour répondre\u00a0: paqte@cget.demo.example")


def test_writing_to_a_hundred_costs_as_much_as_to_one(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """One more on SQLite, which takes a hundred mails in two statements."""
    load_territories()
    others = [UserFactory(referent=True, department=place) for place in Department.objects.all()[:100]]

    for people in ([cast.referent], others):
        with django_assert_max_num_queries(8):
            message = write(to=people, subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)
        assert {recipient.mail.to for recipient in message.recipients.select_related("mail") if recipient.mail} == {
            person.email for person in people
        }


def test_somebody_out_of_the_list_shown_is_not_written_to(client: Client, cast: Cast, reunion: User) -> None:
    client.force_login(cast.cget)

    for stranger in (reunion, cast.lecteur):
        assert post(client, f"{NEW}?region=32", [stranger], confirmed="1").status_code == 422
    assert OutgoingMail.objects.count() == 0


def test_what_is_missing_is_said(client: Client, cast: Cast) -> None:
    client.force_login(cast.cget)

    page = post(client, NEW, [], subject="", body="")

    assert page.status_code == 422
    assert "Cochez au moins un référent." in words(page)


def test_what_became_of_each_mail_is_told(client: Client, cast: Cast) -> None:
    message = write(to=[cast.referent, cast.other_referent], subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)
    refused, left = OutgoingMail.objects.order_by("to")
    refused.refused(error="SMTPRecipientsRefused 550")
    refused.save()
    left.left(at=AT)
    left.save()
    client.force_login(cast.cget)

    page = words(client.get(f"/national/messages/{message.pk}/"))
    assert "other.referent@example.org refusé Courriel refusé : vérifiez l’adresse." in page
    assert "referent@example.org parti" in page
    assert "2 référents 1 parti, 1 en échec" in words(client.get("/national/messages/"))

    OutgoingMail.objects.all().delete()
    assert words(client.get(f"/national/messages/{message.pk}/")).count("effacé après six mois") == 2
    assert "2 référents – " in words(client.get("/national/messages/"))


def test_the_list_costs_the_same_with_thirty(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.cget)
    for several in (1, 29):
        for _ in range(several):
            write(to=[cast.referent], subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)
        with django_assert_num_queries(4):
            assert "Calendrier" in words(client.get("/national/messages/"))


def test_no_message_yet_says_where_to_begin(client: Client, cast: Cast) -> None:
    client.force_login(cast.cget)

    assert "Aucun message n’est parti" in words(client.get("/national/messages/"))


@pytest.mark.parametrize("who", ["referent", "lecteur", "member", "no_role", "technician", "deactivated"])
def test_the_agency_alone_writes(cast: Cast, who: str) -> None:
    with pytest.raises(WrongRole):
        write(to=[cast.referent], subject="Calendrier", body="Bonjour.", at=AT, by=getattr(cast, who))


def test_whoever_is_no_referent_any_more_stops_it_whole(cast: Cast) -> None:
    with pytest.raises(WrongState, match="rien n’est parti"):
        write(to=[cast.referent, cast.deactivated], subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)
    with pytest.raises(Incomplete, match="au moins un référent"):
        write(to=[], subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)
    assert Recipient.objects.count() == 0


def test_nothing_is_locked_to_write(cast: Cast) -> None:
    with locks_asked() as asked:
        write(to=[cast.referent], subject="Calendrier", body="Bonjour.", at=AT, by=cast.cget)

    assert asked == []
