"""The public pages and the technical answers, as a visitor meets them."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.retention import PERIODS
from tests.accounts.reading import text_of, title_of
from tests.cast import Cast
from tests.factories import PASSWORD, MembershipFactory, UserFactory

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


def test_the_page_on_personal_data_counts_the_cookies(client: Client, cast: Cast) -> None:
    client.post("/connexion/", {"username": cast.member.email, "password": PASSWORD})
    client.get("/mon-compte/")

    assert set(client.cookies) == {"sessionid", "csrftoken", "navigateur"}
    assert "Trois cookies, tous indispensables" in text_of(client.get("/donnees-personnelles/").content.decode())


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


def test_legal_notice_names_who_answers(client: Client, settings: Settings) -> None:
    settings.PUBLISHER = "Préfecture du Terril, 1 place des Mineurs"
    settings.PUBLICATION_DIRECTOR = "Camille Terril, préfète"
    settings.HOSTING = "Hébergeur du Terril, 03 21 00 00 00"

    text = text_of(client.get("/mentions-legales/").content.decode())

    assert "Éditeur Préfecture du Terril, 1 place des Mineurs. Adresse de contact" in text
    assert "Directeur de la publication Camille Terril, préfète." in text
    assert "Hébergement Hébergeur du Terril, 03 21 00 00 00." in text


def test_statement_of_accessibility_has_what_the_law_wants(client: Client, settings: Settings) -> None:
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


def test_personal_data_page_has_what_the_regulation_wants(client: Client, settings: Settings) -> None:
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
    assert settings.DPO_ADDRESS in text
    assert settings.PUBLISHER in text


def test_the_periods_announced_are_those_that_a_command_applies(client: Client) -> None:
    text = text_of(client.get("/donnees-personnelles/").content.decode())

    for period in PERIODS.values():
        assert f"{period.data} {period.words}" in text
    for untrue in ("cinq ans", "Soixante jours"):
        assert untrue not in text


@pytest.mark.parametrize("actor", ["member", "contributor", "animateur", "lecteur", "referent"])
def test_contact_gives_the_referent_of_ones_departement(client: Client, cast: Cast, actor: str) -> None:
    client.force_login(getattr(cast, actor))

    text = text_of(client.get("/contact/").content.decode())

    assert "(Pas-de-Calais)\u00a0: referent@example.org" in text
    assert "other.referent@example.org" not in text
    assert "deactivated@example.org" not in text


@pytest.mark.parametrize(("actor", "said"), [("referent", 1), ("cget", 0)])
def test_contact_sends_nobody_to_a_referent_they_have_not(client: Client, cast: Cast, actor: str, said: int) -> None:
    client.force_login(getattr(cast, actor))

    text = text_of(client.get("/contact/").content.decode())

    assert "Écrivez au référent PAQTE" not in text
    assert "Le portail ne connaît pas de référent" not in text
    assert text.count("Les référents PAQTE de votre préfecture") == said


@pytest.mark.parametrize("actor", ["no_role", "technician"])
def test_contact_says_how_to_find_a_referent(client: Client, cast: Cast, actor: str) -> None:
    client.force_login(getattr(cast, actor))

    text = text_of(client.get("/contact/").content.decode())

    assert "Le portail ne connaît pas de référent pour votre compte" in text
    assert "referent@example.org" not in text


def test_contact_of_a_company_in_two_departements(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    MembershipFactory(user=cast.member, company=cast.other_company)
    client.force_login(cast.member)

    text = text_of(client.get("/contact/").content.decode())
    with django_assert_num_queries(1):
        found = [person.email for person in cast.member.referents]

    assert sorted(found) == ["other.referent@example.org", "referent@example.org", "staff.referent@example.org"]
    for email in found:
        assert text.count(email) >= 1


def test_healthz_answers_without_a_word_too_many(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_read_public_pages_only(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[:3] == ["User-agent: *", "Disallow: /", "Allow: /$"]


def test_security_txt_is_not_expired(client: Client, settings: Settings) -> None:
    text = client.get("/.well-known/security.txt").content.decode()

    expires = re.search(r"^Expires: (\S+)Z$", text, re.MULTILINE)
    assert f"Contact: mailto:{settings.CONTACT_ADDRESS}" in text
    assert expires
    remaining = datetime.fromisoformat(f"{expires[1]}+00:00") - timezone.now()
    assert timedelta(days=150) < remaining < timedelta(days=365)
