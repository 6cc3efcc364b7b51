"""ProConnect in a real browser: its form leads to the provider, which the content security policy must let through."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import TODAY, Demo, Visit
from tests.browser.test_every_page import examined
from tests.browser.watch import Watch
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, Provider, provider_on_loopback
from tests.serving import demo_environment, free_port, served


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provider_on_loopback() as provider:
        yield provider


@pytest.fixture(scope="module")
def demo(
    seeded: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory, provider: Provider
) -> Iterator[Demo]:
    """The demonstration with ProConnect."""
    source, ids = seeded
    folder = tmp_path_factory.mktemp("proconnect") / "data"
    shutil.copytree(source, folder)
    port = free_port()
    own = {
        "PROCONNECT_ISSUER": provider.issuer,
        "PROCONNECT_CLIENT_ID": CLIENT_ID,
        "PROCONNECT_CLIENT_SECRET": CLIENT_SECRET,
    }
    with served({**demo_environment(folder, TODAY), **own}, port) as server:
        yield Demo(f"http://127.0.0.1:{port}", folder, ids, server)


def test_the_button_leads_to_the_provider_and_back(demo: Demo, visit: Visit, provider: Provider) -> None:
    watch = Watch(visit(""))
    page = watch.page
    watch.goto(demo.at("/connexion/?next=/bilans/"))
    wrong = examined(watch, "proconnect", "/connexion/")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.wait_for_url(demo.at("/connexion/proconnect/retour/**"))
    expect(page.locator("main")).to_contain_text("Aucun compte du portail ne correspond à cette identité.")
    watch.complaints.clear()  # the browser itself notes the status of the page
    wrong += examined(watch, "proconnect", "/connexion/proconnect/retour/")

    provider.answers.person = {"email": "referent.62@demo.example"}
    page.goto(demo.at("/connexion/?next=/bilans/"))
    page.get_by_role("button", name="S’identifier avec ProConnect").press("Enter")
    page.wait_for_url(demo.at("/bilans/"))

    assert not wrong, "\n".join(wrong)
