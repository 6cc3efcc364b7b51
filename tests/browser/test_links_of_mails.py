"""What arrives by mail works in a browser: the page behind a link takes the form that it shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Demo, Visit
from tests.browser.mailbox import link_in_last


def test_a_forgotten_password_is_chosen_again(demo: Demo, visit: Visit) -> None:
    page = visit("")
    page.goto(demo.at("/mot-de-passe/oubli/"))
    page.get_by_label("Adresse électronique").fill("lecteur.62@demo.example")
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Demande enregistrée")

    page.goto(link_in_last(demo, "lecteur.62@demo.example"))
    page.get_by_label("Nouveau mot de passe").fill("un corbeau sur le beffroi")
    page.get_by_label("Le même, une seconde fois").fill("un corbeau sur le beffroi")
    page.get_by_role("button", name="Enregistrer le mot de passe").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Mot de passe enregistré")


@pytest.mark.parametrize("screen", [{}, {"java_script_enabled": False, "viewport": {"width": 390, "height": 900}}])
def test_a_company_enters_by_the_mail_it_received(demo: Demo, visit: Visit, screen: dict[str, object]) -> None:
    address = "premiere.personne@demo.example" if screen else "autre.personne@demo.example"
    referent = visit("referent.62", **screen)
    referent.goto(demo.at("/entreprises/{company.free}/membres/"))
    referent.get_by_label("Adresse électronique").fill(address)
    referent.get_by_role("main").get_by_role("button", name="Envoyer l’invitation").click()
    expect(referent.get_by_text(f"Une invitation est partie à {address}")).to_be_visible()

    newcomer = visit("", **screen)
    newcomer.goto(link_in_last(demo, address))
    newcomer.get_by_label("Prénom").fill("Dominique")
    newcomer.get_by_label("Nom", exact=True).fill("Artois")
    newcomer.get_by_role("main").get_by_role("button", name="Accepter l’invitation").press("Enter")
    expect(newcomer.get_by_text("Votre compte est créé.")).to_be_visible()
    newcomer.goto(demo.at("/entreprises/{company.free}/"))

    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Papeterie Terril")


def test_an_account_accepts_after_signing_in(demo: Demo, visit: Visit) -> None:
    administrator = visit("entreprise.62")
    administrator.goto(demo.at("/entreprises/{company.main}/membres/"))
    administrator.get_by_label("Adresse électronique").fill("rivale.62@demo.example")
    administrator.get_by_role("main").get_by_role("button", name="Envoyer l’invitation").click()
    expect(administrator.get_by_text("Une invitation est partie")).to_be_visible()

    rival = visit("")
    rival.goto(link_in_last(demo, "rivale.62@demo.example"))
    rival.get_by_role("main").get_by_role("link", name="Se connecter").click()
    rival.get_by_label("Adresse électronique").fill("rivale.62@demo.example")
    rival.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    rival.get_by_role("main").get_by_role("button", name="Se connecter").click()
    rival.get_by_role("main").get_by_role("button", name="Accepter l’invitation").click()

    expect(rival.get_by_text("C’est fait")).to_contain_text("Ateliers Terril, administrateur")
