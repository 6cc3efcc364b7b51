"""Two proofs and a link by mail, as people go through them: with the keyboard, on a telephone, without JavaScript."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, TODAY, Demo, Visit, sign_in
from tests.browser.mailbox import link_in_last
from tests.browser.test_every_page import examined
from tests.browser.watch import Watch
from tests.serving import demo_environment, free_port, served


@pytest.fixture(scope="module")
def demo(seeded: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration where the State's agents must have a second factor."""
    source, ids = seeded
    folder = tmp_path_factory.mktemp("strict") / "data"
    shutil.copytree(source, folder)
    port = free_port()
    with served({**demo_environment(folder, TODAY), "PAQTE_SECOND_FACTOR": "1"}, port) as server:
        yield Demo(f"http://127.0.0.1:{port}", folder, ids, server)


def knock(page: Page, demo: Demo, account: str) -> None:
    """Fill in the form of sign-in with the keyboard alone."""
    page.goto(demo.at("/connexion/"))
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(f"{account}@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def key_on(page: Page) -> bytes:
    """The key of the page, as it is typed into an application."""
    return base64.b32decode(page.locator(".portal-code").first.inner_text().replace(" ", ""))


def code(key: bytes, *, ahead: int = 0) -> str:
    """What the application shows; one step ahead where the code of now has served already."""
    return f"{TOTP(key, drift=ahead).token():06d}"


def give(page: Page, label: str, code: str) -> None:
    """Type a code and press Enter."""
    page.get_by_label(label).fill(code)
    page.keyboard.press("Enter")


def test_an_agent_sets_up_a_telephone_then_comes_back_with_it(demo: Demo, visit: Visit) -> None:
    watch = Watch(visit(""))
    page = watch.page
    wrong: list[str] = []
    knock(page, demo, "referent.62")
    page.wait_for_url(demo.at("/connexion/second-facteur/"))
    wrong += examined(watch, "pas-de-telephone", "/connexion/second-facteur/")
    key = key_on(page)
    give(page, "Code affiché par l’application", code(key))
    page.wait_for_url(demo.at("/mon-compte/second-facteur/codes/"))
    wrong += examined(watch, "referent", "/mon-compte/second-facteur/codes/")
    recovery = page.locator("main .portal-code").all_inner_texts()
    page.get_by_role("link", name="Continuer").click()
    page.wait_for_url(demo.at("/tableau-de-bord/"))

    for path in ("", "renouveler/"):
        watch.goto(demo.at(f"/mon-compte/second-facteur/{path}"))
        wrong += examined(watch, "referent", f"/mon-compte/second-facteur/{path}")
    # The answer first: a page left while it comes counts as a request that failed.
    with page.expect_navigation():
        page.get_by_role("button", name="Se déconnecter").first.click()
    knock(page, demo, "referent.62")
    page.wait_for_url(demo.at("/connexion/code/"))
    wrong += examined(watch, "telephone", "/connexion/code/")
    give(page, "Code", "000000")
    expect(page.locator(".portal-error-summary")).to_be_focused()
    watch.complaints.clear()  # the browser itself notes the status of the page
    wrong += examined(watch, "telephone", "/connexion/code/faux")
    page.wait_for_timeout(1100)
    give(page, "Code", code(key, ahead=1))
    page.wait_for_url(demo.at("/tableau-de-bord/"))

    assert len(recovery) == 10
    assert not wrong, "\n".join(wrong)


def test_a_company_enters_by_mail_without_javascript(demo: Demo, visit: Visit) -> None:
    page = visit("", java_script_enabled=False)
    page.goto(demo.at("/connexion/"))
    page.get_by_role("link", name="Recevoir un lien de connexion").click()
    page.get_by_label("Adresse électronique").fill("entreprise.62@demo.example")
    page.keyboard.press("Enter")
    page.wait_for_url(demo.at("/connexion/lien/envoye/"))
    page.goto(link_in_last(demo, "entreprise.62@demo.example"))
    page.get_by_role("button", name="Me connecter").click()
    page.wait_for_url(demo.at("/tableau-de-bord/"))


def test_the_pages_behind_mails(demo: Demo, visit: Visit) -> None:
    watch = Watch(visit(""))
    page = watch.page
    wrong: list[str] = []
    sign_in(page, demo, "entreprise.62")
    page.goto(demo.at("/mon-compte/adresse/"))
    page.get_by_label("Nouvelle adresse électronique").fill("dominique@demo.example")
    page.get_by_label("Votre mot de passe actuel").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(demo.at("/mon-compte/"))
    wrong += examined(watch, "administrateur", "/mon-compte/a-confirmer")
    watch.goto(link_in_last(demo, "dominique@demo.example"))
    wrong += examined(watch, "administrateur", "/mon-compte/adresse/lien")
    page.get_by_role("button", name="Confirmer cette adresse").click()
    page.wait_for_url(demo.at("/mon-compte/"))
    expect(page.locator(".portal-messages")).to_contain_text("dominique@demo.example")
    page.goto(demo.at("/mon-compte/second-facteur/"))
    page.get_by_role("button", name="Commencer").click()
    wrong += examined(watch, "administrateur", "/mon-compte/second-facteur/cle")
    give(page, "Code affiché par l’application", code(key_on(page)))
    page.wait_for_url(demo.at("/mon-compte/second-facteur/codes/"))
    watch.goto(demo.at("/mon-compte/second-facteur/desactiver/"))
    wrong += examined(watch, "administrateur", "/mon-compte/second-facteur/desactiver/")
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.goto(demo.at("/connexion/lien/"))
    page.get_by_label("Adresse électronique").fill("dominique@demo.example")
    page.keyboard.press("Enter")
    page.wait_for_url(demo.at("/connexion/lien/envoye/"))
    watch.goto(link_in_last(demo, "dominique@demo.example"))
    wrong += examined(watch, "lien", "/connexion/lien/valable")

    assert not wrong, "\n".join(wrong)
