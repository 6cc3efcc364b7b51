"""A refused transition becomes a page in French: 403 or 409, every reason, a way back to a page of ours."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from workflows.middleware import RefusalMiddleware
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState


def refuse(exception: Exception, *, referer: str = "") -> HttpResponse | None:
    """What the middleware answers to a view that raised this."""
    request = RequestFactory().get("/resultats/", headers={"Referer": referer})
    request.user = AnonymousUser()
    request.session = SessionBase()
    setattr(request, "_messages", [])  # noqa: B010  # where the messages app keeps them
    return RefusalMiddleware(answer).process_exception(request, exception)


def answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@pytest.mark.parametrize(
    ("exception", "status"),
    [(WrongRole(["Non."]), 403), (WrongState(["Trop tard."]), 409), (Incomplete(["Il manque REC-01."]), 409)],
)
def test_refusals_become_pages(exception: TransitionRefused, status: int) -> None:
    response = refuse(exception)

    assert response is not None
    assert response.status_code == status
    assert exception.reasons[0] in response.content.decode()


def test_every_reason_is_said() -> None:
    response = refuse(Incomplete(["Il manque REC-01.", "Il manque REC-02."]))

    assert response is not None
    assert "<li>Il manque REC-02.</li>" in response.content.decode()


def test_refusal_without_reason_says_so() -> None:
    response = refuse(TransitionRefused([]))

    assert response is not None
    assert "Cette action n’est pas possible." in response.content.decode()


def test_way_back_leads_to_pages_of_ours_only() -> None:
    ours = refuse(WrongState(["Non."]), referer="http://testserver/resultats/?etat=validees")
    foreign = refuse(WrongState(["Non."]), referer="https://elsewhere.example/")

    assert ours is not None
    assert foreign is not None
    assert 'href="http://testserver/resultats/?etat=validees"' in ours.content.decode()
    assert "elsewhere.example" not in foreign.content.decode()


def test_other_exceptions_go_their_way() -> None:
    assert refuse(ValueError("x")) is None


def test_answers_pass_through() -> None:
    response = RefusalMiddleware(answer)(RequestFactory().get("/"))

    assert isinstance(response, HttpResponse)
    assert response.content == b"ok"
