"""The browser of the tests: Debian's Chromium, headless, that speaks to nobody but the test server."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

# Playwright's synchronous interface runs an event loop in this thread; Django would refuse its own queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """Path of the browser; the suite fails rather than skip when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail("Chromium est introuvable : apt-get install -y chromium, ou CHROMIUM=/chemin/du/navigateur.")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:  # Any: Playwright's options
    """Chromium refuses to run its sandbox as root."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": chromium(), "headless": True, "args": [*QUIET, *as_root]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:  # Any: Playwright's options
    """A French desktop screen; a test sets another size with page.set_viewport_size."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def console(page: Page) -> list[str]:
    """What the browser complained of, policy violations included. Read it before axe runs: axe adds its own."""
    lines: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            lines.append(f"{message.type}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: lines.append(f"pageerror: {error}"))
    return lines
