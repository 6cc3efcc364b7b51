"""The watch of the tests itself, against planted faults."""

from playwright.sync_api import Page

from tests.browser.watch import violations

SOUND = """<!doctype html><html lang="fr"><title>Terril – Portail PAQTE</title><body><main><h1>Terril</h1>
<form><label for="nom">Nom</label> <input id="nom" value="Beffroi"></form></main>"""


def test_a_page_already_walked_is_walked_again_once_a_label_is_gone(page: Page) -> None:
    page.set_content(SOUND)
    assert violations(page) == []
    page.set_content(SOUND.replace("Terril", "Vanille"))
    assert violations(page) == []

    page.set_content(SOUND.replace("Nom</label>", "</label>"))
    first = violations(page)

    assert [fault.partition(" :")[0] for fault in first] == ["axe label"]
    assert violations(page) == first
