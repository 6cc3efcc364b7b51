"""What arrives by mail works in a browser: the page behind a link takes the form that it shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Demo, Visit
from tests.browser.mailbox import link_in_last

pytestmark = pytest.mark.browser


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
