"""The reference of an answer: on the page, in the header and in the log, drawn by the portal alone."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.incidents import MAILED_LINK, LogFilter
from accounts.policies import public
from paqte_portal import urls
from workflows.tables import WrongRole, WrongState

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
LOGGING: Any = settings.LOGGING  # Any: each entry has its shape
FAULTS = {
    "refus": PermissionDenied("Réservé."),
    "role": WrongRole(["Réservé au référent."]),
    "etat": WrongState(["Déjà transmis."]),
    "panne": RuntimeError("détail"),
    "base": OperationalError("could not connect to server"),
}


@public
def fail(request: HttpRequest, name: str) -> HttpResponse:
    """A view that ends as it is told."""
    raise FAULTS[name]


urlpatterns = [path("essai/<str:name>/", fail), *urls.urlpatterns]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a server would have on its standard error, in the format of the settings."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(LogFilter())
    handler.setFormatter(logging.Formatter(LOGGING["formatters"]["line"]["format"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def ask(address: str, **options: Any) -> Any:  # Any: the test client's own response
    return Client(raise_request_exception=False, enforce_csrf_checks=True).generic(
        options.pop("method", "GET"), address, **options
    )


@pytest.mark.parametrize(
    ("status", "address", "options"),
    [
        (400, "/contact/", {"headers": {"host": "autre.example"}}),
        (403, "/essai/refus/", {}),
        (403, "/essai/role/", {}),
        (403, "/connexion/", {"method": "POST"}),
        (405, "/contact/", {"method": "TRACE"}),
        (409, "/essai/etat/", {}),
        (500, "/essai/panne/", {}),
        (503, "/essai/base/", {}),
    ],
)
def test_page_header_and_log_say_the_same_reference(
    log: io.StringIO, status: int, address: str, options: dict[str, Any]
) -> None:
    response = ask(address, **options)

    html = response.content.decode()
    shown = re.findall(r'Référence de l’incident\u00a0: <span class="portal-code">([0-9a-f]{12})</span>', html)
    assert response.status_code == status
    assert shown == [response.headers["X-Request-ID"]]
    assert f"[{shown[0]}]" in log.getvalue()
    assert ("Traceback" in log.getvalue()) == (status >= 500)


def test_a_page_not_found_keeps_its_reference_in_the_header(log: io.StringIO) -> None:
    """What is hidden and what never existed answer with the same bytes: nothing on the page may vary."""
    response, other = ask("/nulle-part/"), ask("/nulle-part/")

    assert response.content == other.content
    assert response.headers["X-Request-ID"] != other.headers["X-Request-ID"]
    assert f"[{response.headers['X-Request-ID']}]" in log.getvalue()


def test_too_many_tries_have_a_reference_too() -> None:
    for _ in range(10):
        Client().post("/connexion/", {"username": "a@example.org", "password": "faux"})

    response = Client().post("/connexion/", {"username": "a@example.org", "password": "faux"})

    assert response.status_code == 429
    assert response.headers["X-Request-ID"] in response.content.decode()


def test_nobody_else_chooses_the_reference() -> None:
    wanted = "0123456789ab"

    drawn = {ask("/contact/", headers={"X-Request-ID": wanted}).headers["X-Request-ID"] for _ in range(3)}

    assert len(drawn) == 3
    assert wanted not in drawn


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/invitation/Zt8-secret_43/", "/invitation/…/"),
        ("/connexion/lien/WzEs:1abc:secret/", "/connexion/lien/…/"),
        ("/mon-compte/adresse/WzEs:1abc:secret/", "/mon-compte/adresse/…/"),
        ("/mot-de-passe/MQ/c1-secret/", "/mot-de-passe/MQ/…/"),
        ("/entreprises/0b9f/membres/", "/entreprises/0b9f/membres/"),
    ],
)
def test_the_log_keeps_no_link_that_opens_something(log: io.StringIO, written: str, read: str) -> None:
    logging.getLogger("django.request").warning("%s: %s", "Conflict", written)

    assert f"Conflict: {read}\n" in log.getvalue()


def test_a_refused_form_behind_a_link_leaves_it_out_of_the_log(log: io.StringIO) -> None:
    answer = ask("/mon-compte/adresse/jeton-secret/", method="OPTIONS")

    assert answer.status_code == 405
    assert "/mon-compte/adresse/…/" in log.getvalue()
    assert "jeton-secret" not in log.getvalue()


def test_no_address_with_a_token_is_forgotten() -> None:
    routes = [str(pattern.pattern) for app in urls.urlpatterns[:4] for pattern in app.url_patterns]  # type: ignore[union-attr]  # the four rooms
    secret = [f"/{re.sub('<[^>]+>', 'x', route)}" for route in routes if "token>" in route]

    assert len(secret) == 4
    assert [address for address in secret if not MAILED_LINK.search(address)] == []


def test_the_log_of_the_settings_is_filtered() -> None:
    assert LOGGING["handlers"]["stderr"]["filters"] == ["reference"]
    assert LOGGING["filters"]["reference"]["()"] == "accounts.incidents.LogFilter"
