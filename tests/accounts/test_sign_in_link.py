"""A link by mail signs a company in: once, for a quarter of an hour, and only by the button of its page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail, User
from accounts.roles import Role
from accounts.tokens import NEW_ADDRESS, SIGN_IN
from tests.accounts.reading import text_of, title_of
from tests.accounts.telephone import FIRST, FIRST_CODE, give_telephone
from tests.factories import DepartmentFactory, UserFactory
from tests.pages import without_token
from tests.racing import at_once
from tests.timing import alike, medians

ASK, SENT = "/connexion/lien/", "/connexion/lien/envoye/"
VOID = "Ce lien ne sert plus"


@pytest.fixture
def member() -> User:
    user: User = UserFactory(email="membre@example.org")
    return user


def link_of(user: User) -> str:
    """The address that a mail carries for this account as it is in the database."""
    return f"/connexion/lien/{SIGN_IN.token_for(User.objects.get(pk=user.pk))}/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_from_the_form_to_the_dashboard(client: Client, member: User) -> None:
    asked = client.post(ASK, {"email": "Membre@Example.org"})
    mail = OutgoingMail.objects.get()
    found = re.search(r"http://testserver(/connexion/lien/\S+/)", mail.body)
    assert found
    page = client.get(found[1])
    before = is_in(client)
    used = client.post(found[1])

    assert (asked.headers["Location"], mail.to) == (SENT, "membre@example.org")
    assert mail.subject == "Portail PAQTE : votre lien de connexion"
    assert title_of(page.content.decode()) == "Se connecter par un lien – Portail PAQTE"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert (before, used.headers["Location"], is_in(client)) == (False, "/tableau-de-bord/", True)


def test_reading_the_page_uses_nothing_up(client: Client, member: User) -> None:
    link = link_of(member)
    for _ in range(5):
        Client().get(link)
        Client().head(link)

    assert client.post(link).headers["Location"] == "/tableau-de-bord/"


def test_the_answer_says_nothing_and_only_companies_get_a_mail(client: Client, member: User) -> None:
    UserFactory(email="partie@example.org", is_active=False)
    for kind in ("referent", "lecteur", "animateur", "cget"):
        UserFactory(email=f"{kind}@example.org", **{kind: True})
    UserFactory(email="equipe@example.org", is_staff=True)
    names = ("membre", "inconnu", "partie", "referent", "lecteur", "animateur", "cget", "equipe")

    answers = [client.post(ASK, {"email": f"{name}@example.org"}) for name in names]
    pages = {without_token(client.get(answer.headers["Location"])) for answer in answers}

    assert {(answer.status_code, answer.headers["Location"], answer.content) for answer in answers} == {
        (302, SENT, b"")
    }
    assert len(pages) == 1
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["membre@example.org"]


def test_sixteen_requests_give_five_mails(client: Client, member: User) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        answers = {client.post(ASK, {"email": "membre@example.org"}).headers["Location"] for _ in range(16)}

    assert answers == {SENT}
    assert OutgoingMail.objects.count() == 5


def void(client: Client, link: str) -> bool:
    """Whether the page and its button both say that the link no longer serves."""
    pages = [client.get(link).content.decode(), client.post(link).content.decode()]
    return all(VOID in html and 'href="/connexion/lien/"' in html for html in pages) and not is_in(client)


def test_a_link_serves_once(client: Client, member: User) -> None:
    link = link_of(member)
    Client().post(link)

    assert void(client, link)


def test_a_link_dies_after_a_quarter_of_an_hour(client: Client, member: User) -> None:
    link = link_of(member)

    with time_machine.travel(timedelta(minutes=15, seconds=2)):
        assert void(client, link)


@pytest.mark.parametrize(
    "change",
    [
        {"email": "autre@example.org"},
        {"password": "md5$x$y"},
        {"is_active": False},
        {"role": Role.CGET},
        {"is_staff": True},
        {"last_login": timezone.now()},
    ],
)
def test_a_link_dies_when_the_account_changes(client: Client, member: User, change: dict[str, object]) -> None:
    link = link_of(member)
    User.objects.filter(pk=member.pk).update(**change)

    assert void(client, link)


def test_a_forged_link_is_a_page(client: Client, member: User) -> None:
    link = link_of(member)

    for forged in ("x", link.split("/")[-2][:-1] + "_", link.split("/")[-2].replace(":", "", 1), "é" * 500):
        assert void(client, f"/connexion/lien/{forged}/")


def test_a_link_of_another_kind_opens_nothing(client: Client, member: User) -> None:
    member.new_email, member.new_email_at = "autre@example.org", timezone.now()
    member.save()

    assert void(client, f"/connexion/lien/{NEW_ADDRESS.token_for(member)}/")


def test_a_link_does_not_skip_the_second_factor(client: Client, member: User) -> None:
    give_telephone(member)
    with time_machine.travel(FIRST, tick=False):
        used = client.post(link_of(member))
        before = is_in(client)
        client.post("/connexion/code/", {"code": FIRST_CODE})
        after = is_in(client)

    assert (used.headers["Location"], before, after) == ("/connexion/code/", False, True)


def test_a_link_closes_the_session_of_whoever_was_in(client: Client, member: User) -> None:
    client.force_login(UserFactory(referent=True))
    give_telephone(member)

    client.post(link_of(member))

    assert not is_in(client)


def test_a_link_wants_the_token_of_its_form(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_of(member)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_eight_uses_at_once_make_one_sign_in() -> None:
    member = UserFactory(email="membre@example.org")
    link = link_of(member)
    clients = [Client() for _ in range(8)]

    def press(client: Client) -> Callable[[], int]:
        return lambda: client.post(link).status_code

    statuses = at_once([press(client) for client in clients])

    assert sorted(statuses) == [200] * 7 + [302]
    assert [is_in(client) for client in clients].count(True) == 1


def test_the_sign_in_page_offers_it(client: Client) -> None:
    html = client.get("/connexion/").content.decode()

    assert "Vous représentez une entreprise" in text_of(html)
    assert f'href="{ASK}"' in html


@pytest.mark.drill
def test_an_unknown_address_takes_the_same_time(client: Client, settings: Settings) -> None:
    settings.PAQTE_MAIL_AFTER_COMMIT = False
    DepartmentFactory()
    for number in range(30):
        UserFactory(email=f"membre{number}@example.org")
        Client().post(ASK, {"email": f"chauffe{number}@example.org"}, REMOTE_ADDR=f"203.0.113.{number}")

    def ask(name: str, network: str) -> Callable[[int], object]:
        return lambda number: Client().post(
            ASK, {"email": f"{name}{number}@example.org"}, REMOTE_ADDR=f"{network}.{number}"
        )

    known, unknown = medians(ask("membre", "192.0.2"), ask("inconnu", "198.51.100"))

    assert OutgoingMail.objects.count() == 30
    assert alike(known, unknown)
