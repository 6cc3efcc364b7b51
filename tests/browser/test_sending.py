"""Two clicks, a page sent again, a removal: what a browser does with the forms that create, without script too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visit
from tests.browser.watch import Watch, faults, narrow_faults, violations

KEY = "11111111-2222-4333-8444-555555555555"
CONTACTS = "/entreprises/{company.main}/contacts/"


def typed(page: Page, name: str) -> None:
    """Type a new contact."""
    page.get_by_role("group", name="Nouveau contact").get_by_label("Nom").fill(name)


def save(page: Page, *, clicks: int = 1) -> None:
    page.get_by_role("main").get_by_role("button", name="Enregistrer", exact=True).click(click_count=clicks, delay=5)


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "without"])
def test_a_double_click_makes_one_contact(demo: Demo, visit: Visit, script: bool) -> None:
    page = visit("entreprise.62", java_script_enabled=script)
    name = "Double avec" if script else "Double sans"
    page.goto(demo.at(CONTACTS))
    typed(page, name)
    save(page, clicks=2)
    page.wait_for_url(demo.at("/entreprises/{company.main}/"))

    expect(page.get_by_text(name)).to_have_count(1)


def test_a_page_sent_again_with_something_else_keeps_what_was_typed(demo: Demo, watched: Callable[..., Watch]) -> None:
    watch = watched("entreprise.62", java_script_enabled=True)
    page = watch.page
    for name in ("Premier Envoi", "Second Envoi"):
        page.goto(demo.at(CONTACTS))
        # Our pages are not kept by the browser; one that kept them would send the key of the first page again.
        page.locator("main input[name=once]").evaluate("(input, key) => { input.value = key }", KEY)
        typed(page, name)
        save(page)
        page.wait_for_load_state()

    expect(page.get_by_role("heading", level=1)).to_have_text("Cet envoi n’est pas enregistré")
    expect(page.get_by_role("main")).to_contain_text("Second Envoi")
    wrong = [*faults(page), *narrow_faults(page), *violations(page)]
    assert not wrong, "\n".join(wrong)

    page.get_by_role("button", name="Enregistrer aussi ces réponses").click()
    page.wait_for_url(demo.at("/entreprises/{company.main}/"))
    for name in ("Premier Envoi", "Second Envoi"):
        expect(page.get_by_text(name)).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "without"])
def test_a_removal_is_named_before_it_happens(demo: Demo, watched: Callable[..., Watch], script: bool) -> None:
    watch = watched("entreprise.62", java_script_enabled=script)
    page = watch.page
    name = "Adieu avec" if script else "Adieu sans"
    page.goto(demo.at(CONTACTS))
    typed(page, name)
    save(page)
    page.wait_for_url(demo.at("/entreprises/{company.main}/"))
    page.goto(demo.at(CONTACTS))
    page.get_by_role("group", name=re.compile(name)).locator(".fr-checkbox-group label").click()
    save(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmer le retrait")
    expect(page.get_by_role("main")).to_contain_text(name)
    if script:
        wrong = [*watch.complaints, *faults(page), *narrow_faults(page), *violations(page)]
        assert not wrong, "\n".join(wrong)
    page.get_by_role("link", name="Ne rien retirer").click()
    expect(page.get_by_role("group", name=re.compile(name))).to_have_count(1)

    page.get_by_role("group", name=re.compile(name)).locator(".fr-checkbox-group label").click()
    save(page)
    page.get_by_role("button", name="Retirer", exact=True).click()
    page.wait_for_url(demo.at("/entreprises/{company.main}/"))
    expect(page.get_by_text(name)).to_have_count(0)
