"""The frame in a real browser: accessible, silent under the strict policy, usable by keyboard, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
PASSPHRASE = "une phrase assez longue"
PUBLIC = (
    "/",
    "/connexion/",
    "/mot-de-passe/oubli/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/plan-du-site/",
    "/contact/",
)


def violations(page: Page) -> list[str]:
    """What axe finds wrong on this page."""
    return [violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]]


@pytest.mark.parametrize("width", [1280, 320])
def test_public_pages_are_accessible_and_silent(
    page: Page, live_server: LiveServer, console: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PUBLIC:
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")

        assert console == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert violations(page) == []
        console.clear()


def test_refused_form_takes_the_focus_and_leads_to_its_field(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/connexion/")
    page.get_by_role("button", name="Se connecter").click()

    summary = page.locator(".portal-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^2 erreurs"))
    assert violations(page) == []

    summary.get_by_role("link", name=re.compile("Mot de passe")).click()
    expect(page.get_by_label("Mot de passe")).to_be_focused()


def test_skip_link_leads_to_the_content(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/contact/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_telephone_without_javascript_signs_in_and_out(browser: Browser, live_server: LiveServer) -> None:
    UserFactory(referent=True, email="referent@example.org", password=PASSPHRASE)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()

    page.goto(f"{live_server.url}/connexion/?next=/contact/")
    page.get_by_label("Adresse électronique").fill("referent@example.org")
    page.get_by_label("Mot de passe").fill(PASSPHRASE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page).to_have_url(f"{live_server.url}/contact/")
    page.get_by_role("button", name="Se déconnecter").click()

    expect(page).to_have_url(f"{live_server.url}/")
    context.close()
