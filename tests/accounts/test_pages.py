"""The public pages, sign-in and a forgotten password, as a visitor meets them."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail, User
from accounts.navigation import menu_for
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC_PAGES = {
    "/": "Accueil – Portail PAQTE",
    "/connexion/": "Se connecter – Portail PAQTE",
    "/mot-de-passe/oubli/": "Mot de passe oublié – Portail PAQTE",
    "/mot-de-passe/oubli/envoye/": "Demande enregistrée – Portail PAQTE",
    "/mot-de-passe/change/": "Mot de passe enregistré – Portail PAQTE",
    "/accessibilite/": "Accessibilité\u00a0: non conforme – Portail PAQTE",
    "/mentions-legales/": "Mentions légales – Portail PAQTE",
    "/donnees-personnelles/": "Données personnelles – Portail PAQTE",
    "/plan-du-site/": "Plan du site – Portail PAQTE",
    "/contact/": "Contact – Portail PAQTE",
}
PASSPHRASE = "une phrase assez longue"


def title_of(html: str) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found
    return found[1].strip()


def text_of(html: str) -> str:
    """What is left without tags, on one line; no-break spaces stay."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))


def sign_in(client: Client, email: str, password: str = PASSPHRASE) -> str:
    """Send the sign-in form; returns the page that comes back, or where it leads."""
    response = client.post("/connexion/", {"username": email, "password": password})
    return response.headers.get("Location") or response.content.decode()


@pytest.mark.parametrize(("path", "title"), PUBLIC_PAGES.items())
def test_public_page_is_whole(client: Client, path: str, title: str) -> None:
    html = client.get(path).content.decode()

    assert title_of(html) == title
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="fr"' in html
    assert html.count("<h1") == 1
    for landmark in ("<header", "<main", "<footer"):
        assert html.count(landmark) == 1
    for footer_link in ("plan-du-site", "accessibilite", "mentions-legales", "donnees-personnelles", "contact"):
        assert f'class="fr-footer__bottom-link" href="/{footer_link}/"' in html
    assert "Accessibilité\u00a0: non conforme" in html
    assert re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*src)", html) is None


def test_public_pages_ask_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in PUBLIC_PAGES:
        with django_assert_num_queries(0):
            client.get(path)


def test_home_leads_whoever_has_a_role_to_the_dashboard(client: Client) -> None:
    client.force_login(UserFactory(referent=True))

    assert client.get("/").headers["Location"] == "/tableau-de-bord/"


def test_home_greets_a_technical_administrator(client: Client) -> None:
    client.force_login(UserFactory(role="", is_superuser=True, is_staff=True))

    assert "sans rôle dans le programme" in client.get("/").content.decode()


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
    assert title_of(answers[0]) == "1 erreur\u00a0: Se connecter – Portail PAQTE"
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
    assert "Attendez 15 minutes avant de réessayer." in response.content.decode()


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
    [("quatorze sign.", "au minimum 15 caractères"), ("motdepassemotdepasse", ""), ("x" * 129, "128 caractères")],
)
def test_weak_password_is_refused_with_the_reason(client: Client, password: str, reason: str) -> None:
    form_address = client.get(link_for(UserFactory(referent=True))).headers["Location"]

    response = client.post(form_address, {"new_password1": password, "new_password2": password})

    assert (response.status_code == 302) is (reason == "")
    assert reason in response.content.decode()


def test_frame_says_who_is_signed_in_and_for_whom(client: Client) -> None:
    client.force_login(UserFactory(referent=True, first_name="Claire", last_name="Dupont"))

    html = client.get("/contact/").content.decode()

    assert '<p class="fr-logo">Préfet<br>du Pas-de-Calais</p>' in html
    assert "Claire Dupont référent PAQTE, Pas-de-Calais" in text_of(html)
    assert re.search(r'<form method="post" action="/deconnexion/">', html)


def test_frame_of_the_agency(client: Client) -> None:
    client.force_login(UserFactory(cget=True))

    html = client.get("/contact/").content.decode()

    assert '<p class="fr-logo">Agence nationale<br>de la cohésion<br>des territoires</p>' in html


def test_frame_of_a_member_names_the_company(client: Client) -> None:
    member = MembershipFactory(company__name="Ateliers Terril").user
    client.force_login(member)

    assert "Ateliers Terril" in text_of(client.get("/contact/").content.decode())


def test_frame_of_a_member_of_two_companies(client: Client) -> None:
    member = MembershipFactory(company__name="Ateliers Terril").user
    MembershipFactory(user=member, company__name="Fonderie Terril")
    client.force_login(member)

    assert "Ateliers Terril et d’autres entreprises" in text_of(client.get("/contact/").content.decode())


MENUS = {
    "referent": ["Entreprises", "Conventions", "Remontées", "Bilans"],
    "lecteur": ["Entreprises", "Conventions", "Remontées", "Bilans"],
    "animateur": ["Entreprises", "Conventions", "Remontées"],
    "entreprise": ["Ma convention", "Mes remontées", "Mon entreprise"],
    "cget": ["Bilans", "National", "Campagnes"],
}


@pytest.mark.parametrize(("role", "labels"), MENUS.items())
def test_menu_of_each_role(client: Client, role: str, labels: list[str]) -> None:
    client.force_login(UserFactory(**({} if role == "entreprise" else {role: True})))

    html = client.get("/plan-du-site/").content.decode()

    assert re.findall(r'class="fr-nav__link"[^>]*>([^<]+)<', html) == labels
    assert [label for label in labels if f">{label}</a></li>" not in html] == []


def test_menu_marks_the_page_and_the_section() -> None:
    marks = [[entry.current for entry in menu_for("cget", path)] for path in ("/bilans/", "/national/2019-S1/", "/")]

    assert marks == [["page", "", ""], ["", "true", ""], ["", "", ""]]


def test_account_without_role_has_no_menu(client: Client) -> None:
    client.force_login(UserFactory(role="", is_superuser=True, is_staff=True))

    html = client.get("/contact/").content.decode()

    assert "administration technique" in text_of(html)
    assert "fr-nav__link" not in html
    assert 'href="#menu"' not in html


def test_demonstration_says_its_day(client: Client, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)

    html = client.get("/connexion/").content.decode()

    assert "nous sommes le 10 juillet 2020" in html
    assert "referent.62@demo.example" in html


def test_real_portal_has_no_banner(client: Client) -> None:
    assert "Démonstration" not in client.get("/connexion/").content.decode()


def test_statement_of_accessibility_has_what_the_law_wants(client: Client) -> None:
    text = text_of(client.get("/accessibilite/").content.decode())

    for part in (
        "est non conforme",
        "Résultats des tests",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        "Technologies utilisées",
        "Outils",
        "Schéma pluriannuel et plan d’actions",
        "Retour d’information et contact",
        "Défenseur des droits",
    ):
        assert part in text
    assert settings.CONTACT_ADDRESS in text


def test_personal_data_page_has_what_the_regulation_wants(client: Client) -> None:
    text = text_of(client.get("/donnees-personnelles/").content.decode())

    for part in (
        "Responsable du traitement",
        "délégué à la protection des données",
        "mission d’intérêt public",
        "Quelles données",
        "Qui les voit",
        "hors de l’Union européenne",
        "Durées de conservation",
        "Vos droits",
        "CNIL",
        "Cookies",
    ):
        assert part in text


def test_healthz_answers_without_a_word_too_many(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_read_public_pages_only(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[:3] == ["User-agent: *", "Disallow: /", "Allow: /$"]


def test_security_txt_is_not_expired(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()

    expires = re.search(r"^Expires: (\S+)Z$", text, re.MULTILINE)
    assert f"Contact: mailto:{settings.CONTACT_ADDRESS}" in text
    assert expires
    remaining = datetime.fromisoformat(f"{expires[1]}+00:00") - timezone.now()
    assert timedelta(days=150) < remaining < timedelta(days=365)
