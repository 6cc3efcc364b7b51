"""The frame around every page: whose it is, for whom, the menu, the day of the demonstration."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.navigation import menu_for, sheet_above
from tests.accounts.reading import text_of
from tests.factories import DepartmentFactory, MembershipFactory, UserFactory


def test_frame_says_who_is_signed_in_and_for_whom(client: Client) -> None:
    client.force_login(UserFactory(referent=True, first_name="Claire", last_name="Dupont"))

    html = client.get("/contact/").content.decode()

    assert '<p class="fr-logo">Préfet<br>du Pas-de-Calais</p>' in html
    assert "Claire Dupont référent PAQTE, Pas-de-Calais" in text_of(html)
    assert re.search(r'<form method="post" action="/deconnexion/" data-sign-out>', html)


def test_frame_of_the_agency(client: Client) -> None:
    client.force_login(UserFactory(cget=True))

    html = client.get("/contact/").content.decode()

    assert '<p class="fr-logo">Agence nationale<br>de la cohésion<br>des territoires</p>' in html


def test_frame_of_a_member_names_the_company(client: Client) -> None:
    member = MembershipFactory(company__name="Ateliers Terril").user
    client.force_login(member)

    html = client.get("/contact/").content.decode()

    assert "Ateliers Terril" in text_of(html)
    assert '<p class="fr-logo">Préfet<br>du Pas-de-Calais</p>' in html


def test_frame_names_no_single_prefet_to_who_answers_to_two(client: Client) -> None:
    member = MembershipFactory(company__name="Ateliers Terril").user
    for department in (DepartmentFactory(), DepartmentFactory(nord=True)):
        MembershipFactory(user=member, company__name="Terril", company__department=department)
    client.force_login(member)

    assert '<p class="fr-logo">République<br>française</p>' in client.get("/contact/").content.decode()


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
    "cget": ["Bilans", "National", "Campagnes", "Invitations"],
}


ROLELESS = {"is_staff": {"role": ""}}
ACCOUNT = ["Mon compte", "Changer d’adresse", "Mot de passe", "Second facteur", "Mes connexions"]
PLANS = {
    "referent": [
        *("Tableau de bord", "Courriels non remis"),
        *("Entreprises", "Nouvelle entreprise", "Importer des entreprises", "Contacts des entreprises"),
        *("Conventions", "Nouvelle convention", "Importer des conventions"),
        *("Chartes Entreprises et Quartiers", "Enregistrer une charte"),
        *("Remontées", "Importer des résultats", "Bilans", "Équipe", "Journal", "Invitations", "Inviter", *ACCOUNT),
    ],
    "lecteur": [
        *("Tableau de bord", "Courriels non remis", "Entreprises", "Contacts des entreprises", "Conventions"),
        "Chartes Entreprises et Quartiers",
        *("Remontées", "Bilans", *ACCOUNT),
    ],
    "animateur": [
        *("Tableau de bord", "Entreprises", "Contacts des entreprises", "Conventions", "Remontées"),
        *ACCOUNT,
    ],
    "entreprise": ["Tableau de bord", "Ma convention", "Mes remontées", "Mon entreprise", *ACCOUNT],
    "cget": [
        *("Tableau de bord", "Bilans", "National", "Annuaire des référents", "Préfectures à relancer"),
        *("Messages aux référents", "Bonnes pratiques", "Campagnes", "Ouvrir une campagne", "Catalogue d’indicateurs"),
        *("Préparer une version du catalogue", "Invitations", "Inviter", "Équipe", "Journal", *ACCOUNT),
    ],
    "is_staff": ACCOUNT,
}


@pytest.mark.parametrize(("role", "labels"), MENUS.items())
def test_menu_of_each_role(client: Client, role: str, labels: list[str]) -> None:
    client.force_login(UserFactory(**({} if role == "entreprise" else {role: True})))

    html = client.get("/plan-du-site/").content.decode()

    assert re.findall(r'class="fr-nav__link"[^>]*>([^<]+)<', html) == labels


@pytest.mark.parametrize(("role", "labels"), PLANS.items())
def test_plan_of_each_role_and_its_pages_open(client: Client, catalogue: str, role: str, labels: list[str]) -> None:
    client.force_login(UserFactory(**({} if role == "entreprise" else {role: True}), **ROLELESS.get(role, {})))

    own = client.get("/plan-du-site/").content.decode().split("<main", 1)[1].partition("Pages ouvertes à tous")[0]
    links = re.findall(r'<a class="fr-link" href="([^"]+)">([^<]+)</a>', own)

    assert [label for _, label in links] == labels
    assert [url for url, _ in links if client.get(url).status_code != 200] == []


@pytest.mark.parametrize(("role", "count"), [("referent", 1), ("cget", 1), ("lecteur", 0), ("animateur", 0)])
def test_the_plan_leads_to_the_invitations_once(client: Client, role: str, count: int) -> None:
    client.force_login(UserFactory(**{role: True}))

    main = client.get("/plan-du-site/").content.decode().split("<main", 1)[1]

    assert main.count('href="/invitations/"') == count


def test_menu_marks_the_page_and_the_section() -> None:
    marks = [[entry.current for entry in menu_for("cget", path)] for path in ("/bilans/", "/national/2019-S1/", "/")]

    assert marks == [["page", "", "", ""], ["", "true", "", ""], ["", "", "", ""]]


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


ROW = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "role", "expected"),
    [
        (f"/conventions/{ROW}/objectifs/", "referent", ("Revenir à la convention", f"/conventions/{ROW}/")),
        (f"/resultats/{ROW}/saisie/former/", "entreprise", ("Revenir à la remontée", f"/resultats/{ROW}/")),
        ("/bilans/62/2020-S1/echange/accuser/", "cget", ("Revenir au bilan", "/bilans/62/2020-S1/")),
        (f"/invitations/{ROW}/renvoyer/", "referent", ("Revenir aux invitations", "/invitations/")),
        ("/entreprises/importer/confirmer/", "referent", ("Revenir à l’import", "/entreprises/importer/")),
        ("/mon-compte/adresse/perime/", "", ("Revenir à mon compte", "/mon-compte/")),
        (f"/conventions/{ROW}/objectifs/", "cget", None),
        (f"/conventions/{ROW}/", "referent", None),
        ("/", "referent", None),
    ],
)
def test_the_page_above_tells_where_the_row_stands(path: str, role: str, expected: tuple[str, str] | None) -> None:
    assert sheet_above(path, role) == expected
