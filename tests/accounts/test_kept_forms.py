"""A form sent after the session's end waits for its author: whole, an hour, and for nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from accounts.kept_forms import LONGEST
from accounts.models import Session, User
from accounts.policies import any_account
from accounts.sessions import SessionStore
from paqte_portal import urls
from tests.accounts.telephone import FIRST, FIRST_CODE, give_telephone
from tests.factories import UserFactory
from tests.pages import text

PASSWORD = "une phrase assez longue"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TYPED = {f"champ-{number}": f"réponse {number}\r\nà la ligne" for number in range(12)}


@require_POST
@any_account
def saved(request: HttpRequest) -> HttpResponse:
    """A page that takes any form, unless it is told to refuse."""
    return HttpResponse(str(sorted(request.POST.items())), status=int(request.POST.get("refus", "200")))


urlpatterns = [path("essai/", saved), path("mon-compte/essai/", saved), *urls.urlpatterns]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def claire() -> User:
    return UserFactory(referent=True, email="claire@prefecture.example", password=PASSWORD)


@pytest.fixture
def browser(claire: User) -> Client:
    """Hers; she was signed in there, and her session is gone."""
    client = Client(enforce_csrf_checks=True)
    enter(client, claire)
    Session.objects.all().delete()
    return client


def enter(client: Client, user: User, following: str = "") -> Any:  # Any: the test client's own response
    """Sign in by the form, to the page that was asked for."""
    token = token_of(client.get("/connexion/"))
    data = {"username": user.email, "password": PASSWORD, "next": following, "csrfmiddlewaretoken": token}
    return client.post("/connexion/", data)


def token_of(response: Any) -> str:
    """The token of the first form of a page."""
    return text(response).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def send(client: Client, fields: dict[str, Any], address: str = "/essai/?tri=nom") -> Any:
    """Send a form as a page that is still open does."""
    token = token_of(client.get("/connexion/"))
    return client.post(address, {**fields, "csrfmiddlewaretoken": token})


def hidden_fields(html: str) -> dict[str, str]:
    """The fields of the form that sends again."""
    form = html.partition("data-sent-again")[2].partition("</form>")[0]
    parts = form.split('<input type="hidden" name="')[1:]
    pairs = [part.partition('"')[::2] for part in parts]
    return {name: rest.partition('value="')[2].partition('"')[0] for name, rest in pairs}


def test_twelve_fields_typed_twelve_shown_and_twelve_sent(browser: Client, claire: User) -> None:
    refused = send(browser, TYPED)
    entered = enter(browser, claire, "/saisie-conservee/")
    shown = browser.get(entered.headers["Location"])
    # As the page has them: the ends of lines are part of what was typed.
    fields = hidden_fields(shown.content.decode())
    page = text(shown)
    taken = browser.post("/essai/?tri=nom", fields)
    after = text(browser.get("/saisie-conservee/"))

    assert refused.headers["Location"] == "/connexion/?next=/saisie-conservee/"
    assert entered.headers["Location"] == "/saisie-conservee/"
    assert "<h1>Votre saisie a été conservée</h1>" in page
    assert 'action="/essai/?tri=nom"' in page
    assert "12 réponses" in page
    assert {name: fields[name] for name in TYPED} == TYPED
    assert text(taken).count("réponse") == 12
    assert "<h1>Aucune saisie conservée</h1>" in after


def test_the_sign_in_page_says_that_it_waits(browser: Client) -> None:
    send(browser, TYPED)

    assert "votre saisie est conservée" in text(browser.get("/connexion/"))


def test_every_page_of_its_author_leads_to_it(browser: Client, claire: User) -> None:
    send(browser, TYPED)
    enter(browser, claire)

    assert 'href="/saisie-conservee/">La retrouver</a>' in text(browser.get("/tableau-de-bord/"))


def test_somebody_else_signing_in_here_sees_and_keeps_nothing(browser: Client, claire: User) -> None:
    paul = UserFactory(referent=True, email="paul@prefecture.example", password=PASSWORD)
    send(browser, {"essentiel": "texte de Claire"})
    enter(browser, paul)
    pages = [text(browser.get(address)) for address in ("/", "/tableau-de-bord/", "/saisie-conservee/")]

    assert not [page for page in pages if "texte de Claire" in page or "La retrouver" in page]
    assert "kept_form" not in browser.session
    stored = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert "texte de Claire" not in str(stored)


def test_whose_it_is_comes_from_the_session_that_ended(claire: User) -> None:
    """Paul signed in last from this browser; the session that ended was Claire's all the same."""
    client = Client(enforce_csrf_checks=True)
    enter(client, UserFactory(referent=True, email="paul@prefecture.example", password=PASSWORD))
    token = token_of(client.get("/tableau-de-bord/"))
    Session.objects.update(user=claire, expire_date=NOON - timedelta(days=9000))

    client.post("/essai/", {**TYPED, "csrfmiddlewaretoken": token})

    assert client.session["kept_form"]["account"] == claire.pk


def test_an_hour_later_nothing_is_left(browser: Client, claire: User) -> None:
    with time_machine.travel(NOON, tick=False):
        send(browser, TYPED)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        enter(browser, claire)

        assert "Aucune saisie conservée" in text(browser.get("/saisie-conservee/"))


def test_its_author_may_let_go_of_it(browser: Client, claire: User) -> None:
    send(browser, TYPED)
    enter(browser, claire)
    page = browser.get("/saisie-conservee/")

    browser.post("/saisie-conservee/", {"csrfmiddlewaretoken": token_of(page)})

    assert "Aucune saisie conservée" in text(browser.get("/saisie-conservee/"))


@pytest.mark.parametrize(
    ("status", "waits"), [("200", False), ("302", False), ("422", False), ("404", True), ("409", True)]
)
def test_it_waits_until_a_page_takes_it(browser: Client, claire: User, status: str, waits: bool) -> None:
    send(browser, {**TYPED, "refus": status})
    enter(browser, claire)
    browser.post("/essai/", hidden_fields(text(browser.get("/saisie-conservee/"))))

    assert ("Votre saisie a été conservée" in text(browser.get("/saisie-conservee/"))) is waits


def test_another_form_sent_meanwhile_leaves_it(browser: Client, claire: User) -> None:
    send(browser, TYPED)
    enter(browser, claire)
    send_signed_in = {"essentiel": "autre chose", "csrfmiddlewaretoken": token_of(browser.get("/tableau-de-bord/"))}
    browser.post("/essai/", send_signed_in)

    assert "Votre saisie a été conservée" in text(browser.get("/saisie-conservee/"))


def test_secrets_and_files_are_never_kept(browser: Client) -> None:
    fields = {"essentiel": "texte", "new_password1": "hunter2", "otp_token": "123456"}
    send(browser, {**fields, "piece": SimpleUploadedFile("a.csv", b"secret;file")})

    kept = browser.session["kept_form"]
    assert kept["fields"] == [["essentiel", "texte"]]
    assert kept["had_files"]


@pytest.mark.parametrize(
    ("fields", "address"),
    [({"texte": "x" * (LONGEST + 1)}, "/essai/"), (TYPED, "/mon-compte/essai/"), ({}, "/essai/")],
)
def test_what_is_not_kept_asks_to_sign_in_all_the_same(browser: Client, fields: dict[str, str], address: str) -> None:
    answer = send(browser, fields, address)

    assert answer.headers["Location"] == f"/connexion/?next={address}"
    assert "kept_form" not in browser.session


def test_a_visitor_who_was_never_signed_in_stores_nothing() -> None:
    stranger = Client(enforce_csrf_checks=True)

    assert send(stranger, TYPED).headers["Location"].startswith("/connexion/?next=/essai/")
    assert Session.objects.count() == 0


def test_a_forged_form_is_refused_before_anything_is_kept(browser: Client) -> None:
    answer = browser.post(
        "/essai/", {**TYPED, "csrfmiddlewaretoken": "a" * 64}, headers={"origin": "https://autre.example"}
    )

    assert answer.status_code == 403
    assert "réponse 1" not in text(answer)
    assert Session.objects.count() == 0


def test_a_script_is_told_in_its_own_words(browser: Client) -> None:
    token = token_of(browser.get("/connexion/"))
    script = {"x-requested-with": "fetch"}

    signed_out = browser.post("/essai/", {**TYPED, "csrfmiddlewaretoken": token}, headers=script)
    old_token = browser.post("/essai/", {**TYPED, "csrfmiddlewaretoken": "a" * 64}, headers=script)

    assert (signed_out.status_code, signed_out.json()) == (401, {"reason": "signed-out"})
    assert (old_token.status_code, old_token.json()) == (403, {"reason": "token"})
    assert "kept_form" not in browser.session


def test_an_old_token_of_one_of_our_pages_gives_the_form_back_with_a_new_one(browser: Client, claire: User) -> None:
    before = token_of(browser.get("/connexion/"))
    enter(browser, claire)
    ours = {"origin": "http://testserver"}
    refused = browser.post("/essai/", {**TYPED, "csrfmiddlewaretoken": before}, headers=ours)
    html = text(refused)
    again = browser.post("/essai/", {**TYPED, "csrfmiddlewaretoken": token_of(refused)}, headers=ours)

    assert refused.status_code == 403
    assert html.count("réponse ") == 12
    assert "votre saisie est là" in html
    assert text(again).count("réponse") == 12


def test_an_old_token_never_gives_a_password_back(browser: Client) -> None:
    answer = browser.post(
        "/connexion/",
        {"username": "claire@prefecture.example", "password": "hunter2"},
        headers={"origin": "http://testserver"},
    )

    assert answer.status_code == 403
    assert "hunter2" not in text(answer)
    assert "Copiez-le avant de recharger" in text(answer)


@time_machine.travel(FIRST, tick=False)
def test_it_waits_through_the_second_proof(browser: Client, claire: User) -> None:
    give_telephone(claire)
    send(browser, TYPED)

    asked = enter(browser, claire, "/saisie-conservee/")
    code = {"code": FIRST_CODE, "csrfmiddlewaretoken": token_of(browser.get(asked.headers["Location"]))}
    entered = browser.post(asked.headers["Location"], code)

    assert entered.headers["Location"] == "/saisie-conservee/"
    assert text(browser.get("/saisie-conservee/")).count("réponse ") >= 12
