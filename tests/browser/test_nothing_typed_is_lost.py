"""A session that is gone, a network that is cut, a worker that is killed: at no step is a typed value lost."""

import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Demo, Visit, sign_in
from tests.browser.typed import SPECIAL, lost, type_everywhere
from tests.serving import wait_for

PATIENCE = 60_000
"""Milliseconds: other work may run beside."""

DRAFT = "Enregistrer le brouillon"
ENTRY = "/resultats/{submission.progress}/saisie/"
RECRUIT = f"{ENTRY}recruter/"
STEPS = ("sensibiliser", "former", "recruter", "acheter", "exemples")
PAGES = (
    *(("entreprise.62", f"{ENTRY}{step}/", DRAFT) for step in STEPS),
    ("referent.62", "/bilans/62/2020-S1/rediger/", DRAFT),
    ("referent.62", "/bilans/62/2020-S1/contexte/", "Enregistrer les chiffres relus"),
    ("referent.62", "/bilans/62/2020-S1/partenaires/", "Enregistrer"),
    ("referent.62", "/bilans/62/2020-S1/exemples/", "Enregistrer"),
)
EACH = pytest.mark.parametrize(("account", "path", "button"), PAGES, ids=[path.split("/")[-2] for _, path, _ in PAGES])


@pytest.fixture
def entered(visit: Visit, demo: Demo) -> Callable[..., Page]:
    """A page in which somebody signed in by themselves: what ends their session ends nobody else's."""

    def opened(account: str, **options: object) -> Page:
        page = patient(visit("", **options))
        sign_in(page, demo, account)
        return page

    return opened


def patient(page: Page) -> Page:
    """Waits as long as it takes, and leaves a page that asks whether one is sure."""
    page.context.set_default_timeout(PATIENCE)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def submit(page: Page, button: str) -> None:
    """Press the button of the form that is typed into."""
    page.locator("form[data-keep]").first.get_by_role("button", name=button, exact=True).click()


def send(page: Page, button: str) -> None:
    """Press it and wait for the page that answers: a save of the page's own may travel first."""
    with page.expect_navigation(timeout=PATIENCE):
        submit(page, button)


def end_session(demo: Demo, context: BrowserContext) -> None:
    """Delete the row of this browser's session, as closing it from elsewhere does."""
    [key] = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "sessionid"]
    with closing(sqlite3.connect(demo.folder / "paqte.sqlite3", timeout=60)) as database, database:
        assert database.execute("DELETE FROM accounts_session WHERE session_key = ?", (key,)).rowcount == 1


def fill_in_sign_in(page: Page, account: str) -> None:
    """The page of sign-in is open: enter."""
    page.get_by_label("Adresse électronique").fill(f"{account}@demo.example")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()


def assert_saved(page: Page, address: str, typed: dict[str, str]) -> None:
    """What was typed is what the portal stored: a page of its own shows it, without anything kept in the browser."""
    expect(page.locator(".portal-messages .fr-alert--success").first).to_be_visible(timeout=PATIENCE)
    page.evaluate("sessionStorage.clear()")
    page.goto(address)
    assert (len(typed), lost(page, typed)) == (len(typed), {})


@EACH
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_session_gone(
    demo: Demo, entered: Callable[..., Page], account: str, path: str, button: str, script: bool
) -> None:
    page = entered(account, java_script_enabled=script)
    page.goto(demo.at(path))
    typed = type_everywhere(page)
    end_session(demo, page.context)

    submit(page, button)
    expect(page.get_by_role("heading", name="votre saisie est conservée")).to_be_visible(timeout=PATIENCE)
    fill_in_sign_in(page, account)
    page.get_by_role("button", name="Envoyer ma saisie").click()

    assert_saved(page, demo.at(path), typed)


@EACH
def test_network_cut(demo: Demo, visit: Visit, account: str, path: str, button: str) -> None:
    page = patient(visit(account))
    page.goto(demo.at(path))
    page.context.set_offline(True)
    typed = type_everywhere(page)

    submit(page, button)
    expect(page.get_by_text(re.compile("votre saisie reste (dans|sur) cette page"))).to_be_visible(timeout=PATIENCE)
    assert lost(page, typed) == {}
    page.context.set_offline(False)
    send(page, button)

    assert_saved(page, demo.at(path), typed)


def workers(master: int) -> list[int]:
    """The processes that answer."""
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@pytest.fixture
def frozen(demo: Demo) -> Iterator[Callable[[], list[int]]]:
    """Stops every worker where it is; wakes those that nobody killed."""
    stopped: list[int] = []

    def stop() -> list[int]:
        stopped.extend(workers(demo.server.pid))
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        return stopped

    yield stop
    for pid in set(stopped) & set(workers(demo.server.pid)):
        os.kill(pid, signal.SIGCONT)


@EACH
def test_worker_killed_while_it_answers(
    demo: Demo, visit: Visit, frozen: Callable[[], list[int]], account: str, path: str, button: str
) -> None:
    page = patient(visit(account))
    page.goto(demo.at(path))
    typed = type_everywhere(page)

    victims = frozen()
    with page.expect_request(lambda request: request.method == "POST", timeout=PATIENCE):
        page.locator("form[data-keep] button[type=submit]").last.evaluate("button => { button.click(); }")
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    wait_for(demo.server, int(demo.url.rpartition(":")[2]), host="127.0.0.1")
    page.goto(demo.at(path))

    expect(page.locator("form[data-keep]").first).to_be_visible(timeout=PATIENCE)
    assert lost(page, typed) == {}
    send(page, button)
    assert_saved(page, demo.at(path), typed)


@pytest.mark.parametrize(("account", "path", "button"), [PAGES[2], PAGES[5]], ids=["entry", "composer"])
def test_signed_in_again_in_another_tab_the_draft_saves_itself(
    demo: Demo, entered: Callable[..., Page], account: str, path: str, button: str
) -> None:
    page = entered(account)
    page.goto(demo.at(path))
    end_session(demo, page.context)
    typed = type_everywhere(page)
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Votre session est terminée", timeout=PATIENCE)

    with page.context.expect_page() as opened:
        status.get_by_role("link", name="Se reconnecter").click()
    fill_in_sign_in(opened.value, account)

    expect(status).to_contain_text("Brouillon enregistré", timeout=PATIENCE)
    page.evaluate("sessionStorage.clear()")
    page.goto(demo.at(path))
    assert lost(page, typed) == {}


def test_two_tabs_of_the_composer_show_both_texts(demo: Demo, visit: Visit) -> None:
    page = patient(visit("referent.62"))
    address = demo.at("/bilans/62/2020-S1/rediger/")
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)

    page.get_by_label("Stratégie").fill("D’un onglet.")
    other.get_by_label("Obstacles rencontrés").fill("De l’autre, sans se gêner.")
    for tab in (page, other):
        expect(tab.locator("[data-autosave-status]")).to_contain_text("Brouillon enregistré", timeout=PATIENCE)
    other.get_by_label("Stratégie").fill("De l’autre.")
    expect(other.locator("[data-autosave-status]")).to_contain_text("modifié ailleurs", timeout=PATIENCE)
    send(other, DRAFT)

    expect(other.locator(".composer-theirs")).to_contain_text("D’un onglet.")
    expect(other.get_by_label("Stratégie")).to_have_value("De l’autre.")
    other.get_by_label("Stratégie").fill("D’un onglet, puis de l’autre.")
    send(other, DRAFT)
    assert_saved(other, address, {"strategy": "D’un onglet, puis de l’autre."})
    expect(other.get_by_label("Obstacles rencontrés")).to_have_value("De l’autre, sans se gêner.")


def test_the_page_beside_the_boxes_follows_what_is_typed(demo: Demo, visit: Visit) -> None:
    page = patient(visit("referent.62"))
    page.goto(demo.at("/bilans/62/2020-S1/rediger/"))
    preview = page.locator(".composer-page")

    page.get_by_label("L’essentiel, en trois phrases").fill("Le Terril <em>avance</em>.")
    expect(preview.locator(".bilan-words")).to_have_text("Le Terril <em>avance</em>.", timeout=PATIENCE)
    page.get_by_label("Stratégie").fill("Les chartes d’abord.")

    expect(preview.locator("#apercu-textes")).to_contain_text("Les chartes d’abord.", timeout=PATIENCE)
    expect(page.locator("#repris-strategy button")).to_have_count(0)
    expect(preview.get_by_role("heading", name="Stratégie définie")).to_be_in_viewport()


def test_another_account_in_another_tab_is_not_given_the_draft(demo: Demo, entered: Callable[..., Page]) -> None:
    page = entered("entreprise.62")
    page.goto(demo.at(RECRUIT))
    end_session(demo, page.context)
    typed = type_everywhere(page)
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Votre session est terminée", timeout=PATIENCE)

    other = page.context.new_page()
    sign_in(other, demo, "rivale.62")

    expect(status).to_contain_text("Un autre compte est connecté", timeout=PATIENCE)
    assert lost(page, typed) == {}
    other.goto(demo.at("/saisie-conservee/"))
    expect(other.get_by_role("heading", level=1)).to_have_text("Aucune saisie conservée")


@pytest.mark.parametrize(("account", "path", "button"), [PAGES[2], PAGES[5]], ids=["entry", "composer"])
def test_signed_in_again_here_what_was_typed_comes_back(
    demo: Demo, entered: Callable[..., Page], account: str, path: str, button: str
) -> None:
    page = entered(account)
    page.goto(demo.at(path))
    typed = type_everywhere(page)
    end_session(demo, page.context)

    page.goto(demo.at(path))
    fill_in_sign_in(page, account)
    page.wait_for_url(demo.at(path))

    expect(page.get_by_text("Votre saisie non enregistrée est là")).to_be_visible(timeout=PATIENCE)
    assert lost(page, typed) == {}


def test_what_waits_in_the_browser_goes_at_sign_out(demo: Demo, entered: Callable[..., Page]) -> None:
    page = entered("referent.62")
    page.goto(demo.at("/bilans/62/2020-S1/rediger/"))
    typed = type_everywhere(page)
    assert page.evaluate("sessionStorage.length") == 1

    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(demo.at("/"))
    kept = page.evaluate("sessionStorage.length")
    sign_in(page, demo, "referent.62")
    page.goto(demo.at("/bilans/62/2020-S1/rediger/"))

    assert kept == 0
    # An address or a number that a test before saved may be there again; a text never is.
    assert typed.keys() - lost(page, typed).keys() <= SPECIAL.keys()


def test_an_old_token_gives_the_form_back(demo: Demo, entered: Callable[..., Page]) -> None:
    """Without script nothing renews the token of a page that stayed open while one signed in again."""
    page = entered("referent.62", java_script_enabled=False)
    page.goto(demo.at("/bilans/62/2020-S1/rediger/"))
    typed = type_everywhere(page)
    other = page.context.new_page()
    end_session(demo, page.context)
    sign_in(other, demo, "referent.62")

    submit(page, "Enregistrer le brouillon")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page ouverte depuis trop longtemps", timeout=PATIENCE)
    page.get_by_role("button", name="Envoyer ma saisie").click()

    assert_saved(page, demo.at("/bilans/62/2020-S1/rediger/"), typed)
