"""The portal by keyboard alone: past the header, to the main action, from the list of errors to the fields."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visit
from tests.browser.watch import violations
from tests.browser.world import TOKEN

REFUSED = (
    ("", "/connexion/", "Se connecter"),
    ("referent.62", "/entreprises/nouvelle/", "Enregistrer l’entreprise"),
    ("referent.62", "/conventions/nouvelle/", "Créer le brouillon"),
    ("referent.62", "/conventions/{convention.draft}/engagements/", "Ajouter cet engagement"),
    ("referent.62", "/conventions/{convention.signed}/resilier/", "Résilier la convention"),
    ("referent.62", "/entreprises/{company.main}/membres/", "Envoyer l’invitation"),
    ("referent.62", "/resultats/{submission.transmitted}/", "Renvoyer pour correction"),
    ("cget", "/campagnes/nouvelle/", "Enregistrer"),
    ("referent.62", "/invitations/nouvelle/?pour=animateur", "Envoyer l’invitation"),
    ("", f"/invitation/{TOKEN}/", "Accepter l’invitation"),
)
MAIN_ACTIONS = (
    ("referent.62", "/tableau-de-bord/", "remontées à valider"),
    ("referent.62", "/conventions/{convention.ready}/", "Enregistrer la signature"),
    ("entreprise.62", "/tableau-de-bord/", "Continuer ma saisie"),
    ("entreprise.62", "/resultats/{submission.progress}/saisie/former/", "Enregistrer et continuer"),
    ("cget", "/bilans/?semestre=2019-S2", "PDF"),
)
FOCUSED = "() => (document.activeElement.innerText || '').trim()"
VISIBLE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def leave_header(page: Page) -> None:
    """Take the first skip link."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(("account", "path", "name"), MAIN_ACTIONS)
def test_tab_reaches_the_main_action(demo: Demo, visit: Visit, account: str, path: str, name: str) -> None:
    page = visit(account)
    page.goto(demo.at(path))
    leave_header(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            break
        assert page.evaluate(VISIBLE), page.evaluate("document.activeElement.outerHTML")
    else:
        pytest.fail(f"« {name} » reste hors d’atteinte")


@pytest.mark.parametrize(("account", "path", "button"), REFUSED)
def test_refused_form_takes_the_focus_and_leads_to_its_fields(
    demo: Demo, visit: Visit, account: str, path: str, button: str
) -> None:
    page = visit(account)
    page.goto(demo.at(path))
    page.get_by_role("main").get_by_role("button", name=button).click()

    summary = page.locator(".portal-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile(r"^Erreur – .* – Portail PAQTE$"))
    assert violations(page) == []

    for link in summary.get_by_role("link").all():
        target = (link.get_attribute("href") or "").lstrip("#")
        link.press("Enter")
        focused = page.locator(f"[id='{target}']:focus, [id='{target}'] :focus")
        expect(focused).to_have_count(1)


def test_one_skips_to_the_menu_of_a_telephone(demo: Demo, visit: Visit) -> None:
    page = visit("referent.62", viewport={"width": 390, "height": 900})
    page.goto(demo.at("/tableau-de-bord/"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Menu", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Menu")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator("#menu-mobile").get_by_text("Camille Terril")).to_be_visible()


def test_table_that_starts_to_scroll_is_reached_and_shows_it(demo: Demo, visit: Visit) -> None:
    page = visit("cget", viewport={"width": 1600, "height": 900})
    page.goto(demo.at("/campagnes/"))
    table, region = page.locator(".portal-table"), page.get_by_role("region")
    expect(region).not_to_have_attribute("tabindex", re.compile(""))
    expect(table).not_to_have_class(re.compile("portal-table--after"))

    page.set_viewport_size({"width": 390, "height": 900})
    expect(region).to_have_attribute("tabindex", "0")
    expect(table).to_have_class(re.compile("portal-table--after$"))
    region.press("ArrowRight")
    expect(table).to_have_class(re.compile("portal-table--before"))

    page.set_viewport_size({"width": 1600, "height": 900})
    expect(region).not_to_have_attribute("tabindex", re.compile(""))


def test_menu_of_a_telephone_opens_and_closes(demo: Demo, visit: Visit) -> None:
    page = visit("referent.62", viewport={"width": 390, "height": 900})
    page.goto(demo.at("/tableau-de-bord/"))
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("link", name="Remontées", exact=True)).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Remontées", exact=True)).to_be_hidden()
