"""The agency reminds a préfecture of what it owes: once a day, in one click, told and dated."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from accounts.models import OutgoingMail, User
from conventions.actions.campaigns import plan
from national.actions.messages import remind
from national.models import Message
from tests.action_guard import locks_asked
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, BilanFactory, ConventionFactory, DepartmentFactory, UserFactory
from tests.reporting.pages import sent
from workflows.tables import Incomplete, WrongRole, WrongState

AT = datetime(2019, 9, 15, 9, tzinfo=UTC)
"""The day after that of the bilans."""


@pytest.fixture
def story(cast: Cast, catalogue: str) -> None:
    """The Nord and the Pas-de-Calais have a PAQTE; the day of their bilans was yesterday."""
    ConventionFactory(company=cast.other_company)
    ConventionFactory(company=cast.company)
    User.objects.filter(pk=cast.cget.pk).update(first_name="Charlie", last_name="Hexagone")
    cast.cget.refresh_from_db()
    plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), at=AT, by=cast.cget)


def test_every_referent_of_the_prefecture_is_written_to(cast: Cast, story: None) -> None:
    colleague = UserFactory(referent=True, department=cast.other_company.department, email="autre@example.org")
    UserFactory(referent=True, department=cast.other_company.department, is_active=False)

    message = remind(cast.other_company.department, at=AT, by=cast.cget)

    assert [(item.account, item.department_id) for item in message.recipients.order_by("account__email")] == [
        (colleague, "59"),
        (cast.other_referent, "59"),
    ]
    assert (message.past, message.author, message.detail, message.on) == (
        "Préfecture relancée",
        "Charlie Hexagone",
        "PAQTE du Nord\u00a0: bilan attendu",
        date(2019, 9, 15),
    )
    assert sorted(OutgoingMail.objects.values_list("to", "subject")) == [
        ("autre@example.org", "PAQTE du Nord : bilan attendu"),
        ("other.referent@example.org", "PAQTE du Nord : bilan attendu"),
    ]


def test_the_mail_says_what_is_owed_since_when_and_where_to_write_it(cast: Cast, story: None) -> None:
    plan(S2_2019, opens_on=date(2020, 1, 1), due_on=date(2020, 1, 31), locks_on=date(2020, 3, 31), at=AT, by=cast.cget)
    BilanFactory(semester=S2_2019)

    remind(cast.company.department, at=datetime(2020, 4, 1, 9, tzinfo=UTC), by=cast.cget)

    mail = OutgoingMail.objects.filter(to="referent@example.org").get()
    assert mail.subject == "PAQTE du Pas-de-Calais : bilans attendus"
    assert mail.body.rstrip() == (
        "Bonjour,\n\n"
        "Les bilans PAQTE du Pas-de-Calais pour ces semestres ne nous sont pas parvenus\u00a0:\n\n"
        "- 1er semestre 2019, attendu depuis le 14 septembre 2019\n"
        "- 2e semestre 2019, attendu depuis le 16 mars 2020, commencé\n\n"
        "Vos bilans se préparent et se transmettent ici\u00a0: http://testserver/bilans/\n\n"
        "Charlie Hexagone, Agence nationale\n"
        "Ce courriel part du portail PAQTE, qui ne lit pas les réponses. Pour répondre\u00a0: paqte@cget.demo.example"
    )


def test_a_prefecture_is_reminded_once_a_day(cast: Cast, story: None) -> None:
    nord = cast.other_company.department
    remind(nord, at=AT, by=cast.cget)

    with pytest.raises(WrongState, match=r"Nord \(59\).: la préfecture est déjà relancée aujourd’hui, par Charlie"):
        remind(nord, at=AT + timedelta(hours=8), by=UserFactory(cget=True))

    # 22:30 in Greenwich is the next day in Paris.
    assert remind(nord, at=datetime(2019, 9, 15, 22, 30, tzinfo=UTC), by=cast.cget).on == date(2019, 9, 16)
    remind(cast.company.department, at=AT, by=cast.cget)
    assert Message.objects.count() == 3


def test_the_database_holds_it_too(cast: Cast, story: None) -> None:
    message = remind(cast.other_company.department, at=AT, by=cast.cget)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            transition="relancer", department=message.department, on=message.on, at=AT, subject="Encore", body="Encore"
        )
    with pytest.raises(IntegrityError, match="message_reminder_has_department"), transaction.atomic():
        Message.objects.create(transition="relancer", on=message.on, at=AT, subject="À qui", body="À qui")


def test_who_owes_nothing_is_not_reminded(cast: Cast, story: None) -> None:
    sent(cast)

    for department, at in ((cast.company.department, AT), (cast.other_company.department, AT - timedelta(days=1))):
        with pytest.raises(WrongState, match="aucun bilan dont l’échéance est passée n’est attendu"):
            remind(department, at=at, by=cast.cget)
    assert Message.objects.count() == 0


def test_nobody_to_write_to_is_said(cast: Cast, story: None) -> None:
    User.objects.filter(pk=cast.other_referent.pk).update(is_active=False)

    with pytest.raises(Incomplete, match="aucun compte de référent"):
        remind(cast.other_company.department, at=AT, by=cast.cget)


@pytest.mark.parametrize(
    "who", ["referent", "other_referent", "lecteur", "member", "animateur", "no_role", "technician"]
)
def test_the_agency_alone_reminds(cast: Cast, story: None, who: str) -> None:
    with pytest.raises(WrongRole):
        remind(cast.other_company.department, at=AT, by=getattr(cast, who))


def test_an_agent_who_left_does_not(cast: Cast, story: None) -> None:
    with pytest.raises(WrongRole):
        remind(cast.other_company.department, at=AT, by=UserFactory(cget=True, is_active=False))


def test_the_departement_is_locked(cast: Cast, story: None) -> None:
    with locks_asked() as asked:
        remind(cast.other_company.department, at=AT, by=cast.cget)

    assert asked == ["Department"]


def test_one_click_on_the_home(client: Client, cast: Cast, story: None, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 15)
    client.force_login(cast.cget)
    home = client.get("/tableau-de-bord/").content.decode()
    assert home.count("Relancer<span") == 2
    assert 'action="/national/relances/59/"' in home

    page = client.post("/national/relances/59/", follow=True).content.decode()

    said = re.sub(r"\s+", " ", strip_tags(page))
    assert f"La préfecture du Nord est relancée : {cast.other_referent}." in said
    assert "15 septembre 2019, par Charlie Hexagone" in said
    assert 'action="/national/relances/59/"' not in page
    assert 'action="/national/relances/62/"' in page


def test_a_mail_that_was_refused_is_told_where_one_reminds(
    client: Client, cast: Cast, story: None, settings: Settings
) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)
    message = remind(cast.other_company.department, at=AT, by=cast.cget)
    mail = message.recipients.get().mail
    assert mail is not None
    mail.refused(error="SMTPRecipientsRefused 550")
    mail.save()
    client.force_login(cast.cget)

    home = client.get("/tableau-de-bord/").content.decode()

    assert "Courriel refusé\u00a0: vérifiez l’adresse." in home
    assert 'action="/national/relances/59/"' in home


def test_the_home_shows_the_first_and_a_list_has_them_all(
    client: Client, cast: Cast, story: None, settings: Settings
) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 15)
    for place in range(1, 12):
        department = DepartmentFactory(code=f"{place:02d}", name=f"Terril {place}")
        ConventionFactory(company__department=department)
        UserFactory(referent=True, department=department)
    client.force_login(cast.cget)
    home = client.get("/tableau-de-bord/").content.decode()
    page = client.get("/national/relances/")
    rows = page.content.decode().count("Relancer<span")

    assert (home.count("Relancer<span"), rows) == (10, 13)
    assert "Voir les 13 préfectures à relancer" in home
    assert "13 préfectures doivent un bilan dont l’échéance est passée." in re.sub(r"\s+", " ", page.content.decode())

    sent_from_the_list = client.post(
        "/national/relances/59/", headers={"Referer": "http://testserver/national/relances/"}
    )

    assert sent_from_the_list.headers["Location"] == "http://testserver/national/relances/"


def test_nobody_is_late_and_the_list_says_so(client: Client, cast: Cast, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 15)
    client.force_login(cast.cget)

    assert (
        "Tous les bilans dont l’échéance est passée sont arrivés." in client.get("/national/relances/").content.decode()
    )
