"""Sign in, sign out, a forgotten password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail, User
from tests.accounts.reading import title_of
from tests.factories import UserFactory

PASSPHRASE = "une phrase assez longue"


def sign_in(client: Client, email: str, password: str = PASSPHRASE) -> str:
    """Send the sign-in form; returns the page that comes back, or where it leads."""
    response = client.post("/connexion/", {"username": email, "password": password})
    return response.headers.get("Location") or response.content.decode()


def test_sign_in_leads_to_the_page_asked_for(client: Client) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)

    response = client.post(
        "/connexion/?next=/bilans/", {"username": " Referent@Example.org ", "password": PASSPHRASE, "next": "/bilans/"}
    )

    assert response.headers["Location"] == "/bilans/"


def test_sign_in_form_goes_back_to_its_own_address(client: Client) -> None:
    html = client.post("/connexion/?next=/bilans/", {"username": "x@example.org", "password": "x"}).content.decode()

    assert '<form novalidate method="post">' in html


def test_sign_in_never_leads_elsewhere(client: Client) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)

    response = client.post(
        "/connexion/?next=https://ailleurs.example/", {"username": "referent@example.org", "password": PASSPHRASE}
    )

    assert response.headers["Location"] == "/tableau-de-bord/"


def test_sign_in_form_helps_password_managers(client: Client) -> None:
    html = client.get("/connexion/").content.decode()

    assert re.search(r'<input type="email" name="username"[^>]*autocomplete="username"', html)
    assert re.search(r'<input type="password" name="password"[^>]*autocomplete="current-password"', html)


def test_refused_sign_in_never_says_whether_the_account_exists(client: Client) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)
    UserFactory(referent=True, email="partie@example.org", password=PASSPHRASE, is_active=False)

    answers = [
        sign_in(client, "referent@example.org", "faux"),
        sign_in(client, "inconnu@example.org", "faux"),
        sign_in(client, "partie@example.org"),
    ]

    without_address = {re.sub(r'value="[^"]*"', "", answer) for answer in answers}
    assert len(without_address) == 1
    assert title_of(answers[0]) == "Erreur – Se connecter – Portail PAQTE"
    assert "Adresse ou mot de passe incorrect." in answers[0]


def test_longest_password_is_refused_before_it_is_hashed(client: Client) -> None:
    html = sign_in(client, "referent@example.org", "x" * 10_000)

    assert "128 caractères" in html


def test_eleventh_try_is_told_to_wait(client: Client) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)
    for _ in range(10):
        sign_in(client, "referent@example.org", "faux")

    response = client.post("/connexion/", {"username": "referent@example.org", "password": PASSPHRASE})

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert "Attendez 15\u00a0minutes avant de réessayer." in response.content.decode()


def test_sign_out_wants_a_post(client: Client) -> None:
    client.force_login(UserFactory(referent=True))

    refused = client.get("/deconnexion/")
    still_in = "_auth_user_id" in client.session
    accepted = client.post("/deconnexion/")

    assert (refused.status_code, refused.headers["Allow"], still_in) == (405, "POST, OPTIONS", True)
    assert accepted.headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def ask_for_a_link(client: Client, email: str) -> tuple[int, str]:
    """Send the form of a forgotten password."""
    response = client.post("/mot-de-passe/oubli/", {"email": email})
    return response.status_code, response.headers.get("Location", "")


def test_forgotten_password_answers_alike_and_writes_only_to_accounts(client: Client) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)
    UserFactory(referent=True, email="partie@example.org", password=PASSPHRASE, is_active=False)

    answers = {ask_for_a_link(client, f"{name}@example.org") for name in ("referent", "inconnu", "partie")}

    assert answers == {(302, "/mot-de-passe/oubli/envoye/")}
    assert [queued.to for queued in OutgoingMail.objects.all()] == ["referent@example.org"]


@pytest.mark.django_db(transaction=True)
def test_forgotten_password_from_the_mail_to_the_dashboard(client: Client) -> None:
    user = UserFactory(referent=True, email="referent@example.org", password="ancienne phrase secrète")

    ask_for_a_link(client, "Referent@example.org")
    sent = mail.outbox[0]
    link = re.search(r"http://testserver(/mot-de-passe/\S+/)", str(sent.body))
    assert link
    opened = client.get(link[1])
    form_address = opened.headers["Location"]
    page = client.get(form_address)
    saved = client.post(form_address, {"new_password1": PASSPHRASE, "new_password2": PASSPHRASE})

    assert sent.subject == "Portail PAQTE : choisir un nouveau mot de passe"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert title_of(page.content.decode()) == "Nouveau mot de passe – Portail PAQTE"
    assert saved.headers["Location"] == "/mot-de-passe/change/"
    assert sign_in(client, user.email) == "/tableau-de-bord/"
    assert "Ce lien a déjà servi" in client.get(link[1]).content.decode()


def test_the_link_of_a_mail_does_not_come_from_the_request(client: Client, settings: Settings) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)
    settings.ALLOWED_HOSTS = ["*"]

    client.post("/mot-de-passe/oubli/", {"email": "referent@example.org"}, headers={"host": "pirate.example"})

    body = OutgoingMail.objects.get().body
    assert "http://testserver/mot-de-passe/" in body
    assert "pirate" not in body


def link_for(user: User) -> str:
    """A link as the mail carries it."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(user)])


def test_link_dies_after_an_hour(client: Client) -> None:
    link = link_for(UserFactory(referent=True))

    with time_machine.travel(timedelta(hours=1, seconds=1)):
        html = client.get(link).content.decode()

    assert title_of(html) == "Lien périmé – Portail PAQTE"


def test_link_of_one_account_does_not_open_another(client: Client) -> None:
    mine, theirs = UserFactory(referent=True), UserFactory(referent=True)
    token = link_for(mine).rstrip("/").split("/")[-1]
    uid = urlsafe_base64_encode(force_bytes(theirs.pk))

    html = client.get(f"/mot-de-passe/{uid}/{token}/").content.decode()

    assert "Ce lien a déjà servi" in html


@pytest.mark.parametrize(
    ("password", "reason"),
    [("quatorze sign.", "au minimum 15 caractères"), ("une phrase qui se retient", ""), ("x" * 129, "128 caractères")],
)
def test_weak_password_is_refused_with_the_reason(client: Client, password: str, reason: str) -> None:
    form_address = client.get(link_for(UserFactory(referent=True))).headers["Location"]

    response = client.post(form_address, {"new_password1": password, "new_password2": password})

    assert (response.status_code == 302) is (reason == "")
    assert reason in response.content.decode()
