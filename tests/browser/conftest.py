"""The browser of the tests, and the portal that it visits: a demonstration of its own for each file of tests."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.watch import Watch
from tests.marking import mark_modules
from tests.serving import PATIENCE, demo_environment, free_port, run_python, served, working

# Playwright's synchronous interface runs an event loop in this thread; Django would refuse its own queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=PATIENCE * 1000)

TODAY = "2020-07-10"
PASSWORD = "terril-beffroi-vanille"
BUILD = "import django; django.setup(); import json; from tests.browser.world import build; print(json.dumps(build()))"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Everything here drives a browser."""
    mark_modules(collector, pytest.mark.browser)


def chromium() -> str:
    """Path of the browser; the suite fails rather than skip when there is none."""
    # The first draws no window: the same engine, in two thirds of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail("Chromium est introuvable : apt-get install -y chromium, ou CHROMIUM=/chemin/du/navigateur.")
    return found


def root_arguments() -> list[str]:
    """Chromium refuses to run its sandbox as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:  # Any: Playwright's options
    """Debian's Chromium, without a window."""
    return {"executable_path": chromium(), "headless": True, "args": [*QUIET, *root_arguments()]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:  # Any: Playwright's options
    """A French desktop screen; a test sets another size with page.set_viewport_size."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1280, "height": 900}}


@dataclass(frozen=True)
class Demo:
    """A served demonstration: where it answers, its folder, and the ids of its rows by key (see world.py)."""

    url: str
    folder: Path
    ids: dict[str, str]
    server: subprocess.Popen[bytes]

    def at(self, path: str) -> str:
        """The whole address of `path`, where « {company.main} » stands for the id of that row."""
        for key, pk in self.ids.items():
            path = path.replace(f"{{{key}}}", pk)
        return f"{self.url}{path}"


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The demonstration, written once as ./dev run writes it, with the rows of world.py."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = {**demo_environment(folder, TODAY), "PAQTE_DEMO_PASSWORD": PASSWORD}
    for command in (("migrate", "--verbosity", "0"), ("load_territories",), ("sync_catalogues",), ("seed_demo",)):
        run_python(environment, "manage.py", *command)
    return folder, json.loads(run_python(environment, "-c", BUILD).splitlines()[-1])


@pytest.fixture(scope="module")
def demo(seeded: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A copy that the tests of one file may change, behind its own server."""
    source, ids = seeded
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(source, folder)
    port = free_port()
    with served(demo_environment(folder, TODAY), port) as server:
        yield Demo(f"http://127.0.0.1:{port}", folder, ids, server)


@pytest.fixture(scope="module")
def worker(demo: Demo) -> Iterator[None]:
    """What makes the files of a draft and sends bilans."""
    with working(demo_environment(demo.folder, TODAY), demo.server):
        yield


def patient(context: BrowserContext) -> BrowserContext:
    """The same, which waits for pages and elements as long as a busy machine may want."""
    context.set_default_timeout(PATIENCE * 1000)
    return context


Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def sessions() -> dict[str, StorageState]:
    """Who signed in already, with the cookies of each: one signs in once per file."""
    return {}


@pytest.fixture
def visit(
    browser: Browser, demo: Demo, browser_context_args: dict[str, Any], sessions: dict[str, StorageState]
) -> Iterator[Visit]:
    """`visit("referent.62")`: a page of a browser in which this account is signed in; "" is a visitor."""
    contexts: list[BrowserContext] = []

    def opened(account: str, **options: Any) -> Page:  # Any: Playwright's options
        if account and account not in sessions:
            sessions[account] = _signed_in(browser, demo, account)
        state = {"storage_state": sessions[account]} if account else {}
        context = patient(browser.new_context(**{**browser_context_args, **state, **options}))
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _signed_in(browser: Browser, demo: Demo, account: str) -> StorageState:
    """Sign in as people do; the cookies."""
    context = patient(browser.new_context())
    page = context.new_page()
    sign_in(page, demo, account)
    state = context.storage_state()
    context.close()
    return state


def sign_in(page: Page, demo: Demo, account: str) -> None:
    """Fill in the form of sign-in and land on the home of this account."""
    page.goto(demo.at("/connexion/"))
    page.get_by_label("Adresse électronique").fill(f"{account}@demo.example")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url(demo.at("/tableau-de-bord/"))


@pytest.fixture
def watched(visit: Visit) -> Callable[..., Watch]:
    """`watched("cget")`: the same page, with what the browser complained of."""
    return lambda account, **options: Watch(visit(account, **options))
