"""Every page, for every role that may open it: accessible, silent, French, whole on a narrow screen."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.browser.addresses import CLOSED, NOT_PAGES, PAGES
from tests.browser.conftest import Demo
from tests.browser.watch import Watch, faults, narrow_faults, violations
from tests.browser.world import HOSTILE, TOKEN

ACTORS = {
    "": "",
    "referent": "referent.62",
    "lecteur": "lecteur.62",
    "animateur": "animateur.62",
    "administrateur": "entreprise.62",
    "contributeur": "contributeur.62",
    "cget": "cget",
}
ROLE_OF = {"administrateur": "entreprise", "contributeur": "entreprise"}
THOROUGH = ("referent", "administrateur", "cget")
"""Who opens every example of a page; the others, who see the same templates, open the first."""

SCREENSHOTS = os.environ.get("PAQTE_SCREENSHOTS", "")


def names_of(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The names of our own addresses; the administration has a test of its own."""
    found: set[str] = set()
    for item in patterns:
        if isinstance(item, URLPattern):
            found.add(item.name or str(item.pattern))
        elif item.namespace != "admin":
            found |= names_of(item.url_patterns)
    return found


def roles_of(path: str) -> frozenset[str]:
    """The roles that the view opens to; empty: everybody."""
    path = re.sub(r"\{[^}]*\}", "00000000-0000-4000-8000-000000000000", path.partition("?")[0])
    roles: frozenset[str] = getattr(resolve(path).func, "allowed_roles")  # noqa: B009  # set by @allow
    return roles


def may_open(actor: str, path: str) -> bool:
    """Whether the view says that this role may open it; the object may still be out of sight."""
    roles = roles_of(path)
    return not roles or ROLE_OF.get(actor, actor) in roles


def picture(page: Page, actor: str, path: str) -> None:
    """Keep what the page looks like, when somebody asked for it."""
    if not SCREENSHOTS:
        return
    name = re.sub(r"[^\w.-]+", "_", path).strip("_") or "accueil"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(SCREENSHOTS) / f"{actor or 'visiteur'}-{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def examined(watch: Watch, actor: str, path: str) -> list[str]:
    """Everything wrong with the page that is open."""
    wrong = [*watch.complaints, *faults(watch.page)]
    wrong += narrow_faults(watch.page)
    picture(watch.page, actor, path)
    wrong += violations(watch.page)
    return [f"{actor} {path} : {item}" for item in wrong]


def test_every_address_has_its_pages() -> None:
    assert names_of(get_resolver().url_patterns) == set(PAGES) | NOT_PAGES


@pytest.mark.parametrize("actor", ACTORS)
def test_pages_of_an_actor(demo: Demo, watched: Callable[..., Watch], actor: str) -> None:
    watch = watched(ACTORS[actor])
    wrong: list[str] = []
    titles: dict[str, str] = {}
    for name, paths in PAGES.items():
        examples = paths if actor in THOROUGH else paths[:1]
        shown = [path for path in examples if may_open(actor, path)]
        opened = 0
        for path in shown:
            response = watch.goto(demo.at(path))
            if response.status in {403, 404, 409}:
                continue
            opened += 1
            assert response.status < 400, (actor, path, response.status)
            if watch.page.url != demo.at(path):
                continue
            wrong += examined(watch, actor, bare(path))
            title = watch.page.title()
            if "?" not in path and titles.setdefault(title, name) != name:
                wrong.append(f"{actor} {path} : même titre que {titles[title]} : {title}")
        if shown and not opened and name not in CLOSED.get(actor, frozenset()):
            wrong.append(f"{actor} {name} : aucune page ne s’ouvre")
    assert not wrong, "\n".join(wrong)


EMPTY = {
    "referent.23": (
        "/tableau-de-bord/",
        "/entreprises/",
        "/conventions/",
        "/conventions/nouvelle/",
        "/resultats/",
        "/bilans/",
    ),
    "sans-role": ("/tableau-de-bord/",),
    "sans-entreprise": ("/tableau-de-bord/", "/entreprises/", "/conventions/", "/resultats/"),
}


@pytest.mark.parametrize("account", EMPTY)
def test_empty_places_say_what_to_do(demo: Demo, watched: Callable[..., Watch], account: str) -> None:
    watch = watched(account)
    wrong: list[str] = []
    for path in EMPTY[account]:
        assert watch.goto(demo.at(path)).status == 200
        wrong += examined(watch, account, path)
    assert not wrong, "\n".join(wrong)


REFUSALS = (
    ("referent.62", "/nulle-part/", 404),
    ("referent.59", "/bilans/62/2019-S1/", 404),
    ("lecteur.62", "/entreprises/nouvelle/", 403),
    ("contributeur.62", "/entreprises/{company.main}/membres/", 403),
    ("contributeur.62", f"/invitation/{TOKEN}/", 403),
    ("", "/invitation/jeton-inconnu/", 404),
    ("entreprise.62", "/campagnes/", 403),
    ("referent.62", "/conventions/{convention.signed}/objectifs/", 409),
    ("lecteur.62", "/administration/", 403),
)


@pytest.mark.parametrize(("account", "path", "status"), REFUSALS)
def test_refusals_are_pages_too(
    demo: Demo, watched: Callable[..., Watch], account: str, path: str, status: int
) -> None:
    watch = watched(account)
    assert watch.goto(demo.at(path)).status == status
    watch.complaints.clear()  # the browser itself notes the status of the page
    wrong = examined(watch, account, f"{status}-{bare(path)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("key", HOSTILE)
def test_hostile_names_are_shown_as_they_are(demo: Demo, watched: Callable[..., Watch], key: str) -> None:
    watch = watched("referent.62")
    for path in ("/entreprises/{company.*}/", "/conventions/{convention.*}/", "/resultats/{submission.*}/"):
        watch.goto(demo.at(path.replace("*", key)))
        expect(watch.page.locator("main")).to_contain_text(HOSTILE[key])
        assert watch.complaints == []


def test_administration_is_for_the_referent(demo: Demo, watched: Callable[..., Watch]) -> None:
    watch = watched("referent.62")
    wrong: list[str] = []
    watch.goto(demo.at("/administration/"))
    lists = watch.page.locator("#content-main th a").evaluate_all("links => links.map(link => link.pathname)")
    assert lists
    sheets = [sheet for path in lists if (sheet := first_sheet(watch, demo.at(path)))]
    for path in ("/administration/", *lists, *sheets):
        response = watch.goto(demo.at(path))
        if response.status in {403, 404}:
            continue
        assert response.status == 200, path
        wrong += [f"{path} : {item}" for item in (*watch.complaints, *admin_faults(watch.page))]
        picture(watch.page, "referent", path)
        wrong += [f"{path} : {item}" for item in violations(watch.page)]
    assert not wrong, "\n".join(wrong)


def first_sheet(watch: Watch, address: str) -> str:
    """The address of the first row of a list of the administration; empty without rows."""
    watch.goto(address)
    links = watch.page.locator("#result_list th a")
    return str(links.first.evaluate("link => link.pathname")) if links.count() else ""


def admin_faults(page: Page) -> list[str]:
    """The administration is Django's own: it keeps our rules but the pattern of titles."""
    return [fault for fault in faults(page) if not fault.startswith("titre")]


def bare(path: str) -> str:
    """The address without its ids."""
    return path.replace("{", "").replace("}", "")
