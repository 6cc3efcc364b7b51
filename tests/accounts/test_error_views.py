"""Refusals and failures speak French and show a way back."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.policies import public
from paqte_portal import urls
from tests.factories import UserFactory

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

FOOTER = ["/plan-du-site/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/contact/"]


@public
def refuse(request: HttpRequest) -> HttpResponse:
    """A view that refuses."""
    raise PermissionDenied(request.GET.get("raison", ""))


@public
def fail(request: HttpRequest) -> HttpResponse:
    """A view with a fault."""
    raise RuntimeError("secret detail /srv/paqte SELECT 1")


@public
def lose_the_database(request: HttpRequest) -> HttpResponse:
    """A view whose database is gone."""
    raise OperationalError("could not connect to server")


urlpatterns = [
    path("refus/", refuse),
    path("panne/", fail),
    path("base-absente/", lose_the_database),
    *urls.urlpatterns,
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    """A browser that shows the page of an error instead of raising it, and whose forms need their token."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def assert_french_page(response: Any, status: int, heading: str) -> None:  # Any: also the test client's own response
    """Every page of an error has these."""
    html = response.content.decode()
    assert response.status_code == status
    assert '<html lang="fr"' in html
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert f"<title>{heading} – Portail PAQTE</title>" in html
    assert 'href="/"' in html
    assert re.findall(r'class="fr-footer__bottom-link" href="([^"]+)"', html) == FOOTER


def test_forbidden_says_the_sentence_of_the_refusal(visitor: Client) -> None:
    response = visitor.get("/refus/", {"raison": "Réservé aux référents <b>."})

    assert_french_page(response, 403, "Accès réservé")
    assert "Réservé aux référents &lt;b&gt;." in response.content.decode()


def test_forbidden_without_a_sentence_has_one(visitor: Client) -> None:
    assert "Votre compte ne donne pas accès à cette page." in visitor.get("/refus/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "whom"),
    [
        ("referent", "écrivez à l’assistance du portail"),
        ("cget", "écrivez à l’assistance du portail"),
        ("lecteur", "écrivez à votre référent PAQTE"),
        ("animateur", "écrivez à votre référent PAQTE"),
        ("", "demandez-le à un administrateur de votre entreprise, ou écrivez à votre référent PAQTE"),
    ],
)
def test_forbidden_names_the_way_out_of_each(visitor: Client, role: str, whom: str) -> None:
    visitor.force_login(UserFactory(**({role: True} if role else {})))

    assert f"devoir y accéder, {whom}\u00a0: l’adresse" in visitor.get("/refus/").content.decode()


def test_form_without_its_token(visitor: Client) -> None:
    assert_french_page(visitor.post("/connexion/"), 403, "Page ouverte depuis trop longtemps")


@pytest.mark.django_db
def test_unknown_address_of_a_visitor(visitor: Client) -> None:
    assert_french_page(visitor.get("/nulle-part/"), 404, "Page introuvable")


def test_unknown_host(visitor: Client) -> None:
    assert_french_page(visitor.get("/contact/", headers={"host": "ailleurs.example"}), 400, "Demande illisible")


def test_too_many_fields(client: Client) -> None:
    fields = {f"champ-{number}": "1" for number in range(3001)}

    assert_french_page(client.post("/connexion/", fields), 400, "Demande illisible")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_method_that_no_page_uses(visitor: Client, method: str) -> None:
    response = visitor.generic(method, "/contact/")

    assert_french_page(response, 405, "Opération impossible à cette adresse")
    assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_method_that_a_page_does_not_use(client: Client) -> None:
    response = client.post("/contact/")

    assert_french_page(response, 405, "Opération impossible à cette adresse")
    assert response.headers["Allow"] == "GET, HEAD"


def test_fault_tells_no_detail(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = visitor.get("/panne/")

    assert_french_page(response, 500, "Une erreur est survenue")
    for detail in ("secret", "RuntimeError", "Traceback", "/srv/"):
        assert detail not in response.content.decode()


def test_lost_database_asks_to_come_back(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = visitor.get("/base-absente/")

    assert_french_page(response, 503, "Portail momentanément indisponible")
    assert response.headers["Retry-After"] == "30"


@pytest.mark.django_db
def test_healthz_without_database(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    def refuse_to_answer(*args: object) -> None:
        raise OperationalError("no route to host db.interne")

    with connection.execute_wrapper(refuse_to_answer):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"indisponible\n")
