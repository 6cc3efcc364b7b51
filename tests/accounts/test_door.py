"""Between the password and the portal: the code, and nothing else."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client

from accounts.actions.second_factor import renew_codes
from accounts.models import OutgoingMail, User
from tests.accounts.reading import text_of, title_of
from tests.accounts.telephone import FIRST, FIRST_CODE, LATER, LATER_CODE, give_telephone
from tests.accounts.test_sign_in import link_for
from tests.architecture import PACKAGES
from tests.factories import PASSWORD, UserFactory

CODE_PAGE = "/connexion/code/"
NEW_PASSWORD = "vanille-terril-beffroi"


@pytest.fixture
def user() -> User:
    user: User = UserFactory(referent=True, email="referent@example.org")
    give_telephone(user)
    return user


def knock(client: Client, user: User, *, to: str = "", password: str = PASSWORD) -> str:
    """Send the form of sign-in; where it leads."""
    form = {"username": user.email, "password": password}
    return str(client.post(f"/connexion/?next={to}" if to else "/connexion/", form).headers.get("Location", ""))


def give(client: Client, code: str) -> tuple[int, str]:
    """Send a code; the status, and where it leads or what it says."""
    response = client.post(CODE_PAGE, {"code": code})
    return response.status_code, response.headers.get("Location") or text_of(response.content.decode())


def is_in(client: Client) -> bool:
    """Whether somebody is signed in in this browser."""
    return "_auth_user_id" in client.session


@time_machine.travel(FIRST, tick=False)
def test_the_code_of_the_rfc_opens_the_page_asked_for(client: Client, user: User) -> None:
    assert knock(client, user, to="/bilans/") == CODE_PAGE
    assert not is_in(client)
    assert client.get("/bilans/").headers["Location"] == "/connexion/?next=/bilans/"

    assert give(client, FIRST_CODE) == (302, "/bilans/")
    assert is_in(client)


@time_machine.travel(FIRST, tick=False)
def test_a_code_copied_with_spaces_is_the_same_code(client: Client, user: User) -> None:
    knock(client, user)

    assert give(client, " 005 924 ") == (302, "/tableau-de-bord/")


def test_a_code_serves_once(client: Client, user: User) -> None:
    with time_machine.travel(FIRST, tick=False):
        knock(client, user)
        give(client, FIRST_CODE)
    with time_machine.travel(FIRST + timedelta(seconds=10), tick=False):
        client.logout()
        knock(client, user)
        status, said = give(client, FIRST_CODE)

    assert (status, is_in(client)) == (422, False)
    assert "Ce code n’est pas le bon, ou il a déjà servi." in said


def test_wrong_codes_are_slowed_then_locked(client: Client, user: User) -> None:
    with time_machine.travel(FIRST, tick=False) as clock:
        knock(client, user)
        first = give(client, "111111")
        hasty = give(client, FIRST_CODE)
        statuses = []
        for wait in (1, 2, 4, 8):
            clock.shift(wait)
            statuses.append(give(client, "111111")[0])
        clock.shift(16)
        locked = client.post(CODE_PAGE, {"code": "111111"})

    assert first[0] == 422
    assert "Trop de codes erronés\u00a0: attendez 1 seconde avant d’en essayer un autre." in hasty[1]
    assert statuses == [422] * 4
    assert locked.status_code == 429
    assert "Plusieurs codes faux ont été saisis." in locked.content.decode()
    assert not is_in(client)


def test_a_lock_ends(client: Client, user: User) -> None:
    with time_machine.travel(LATER - timedelta(minutes=5), tick=False) as clock:
        knock(client, user)
        for wait in (1, 2, 4, 8, 16):
            give(client, "111111")
            clock.shift(wait)
        clock.move_to(LATER)

        assert give(client, LATER_CODE) == (302, "/tableau-de-bord/")


def test_a_recovery_code_serves_once_and_says_how_many_are_left(client: Client, user: User) -> None:
    code = renew_codes(by=user)[0]
    knock(client, user)
    taken = give(client, code.upper())
    client.logout()
    knock(client, user)
    again = give(client, code)

    assert taken == (302, "/tableau-de-bord/")
    assert (again[0], is_in(client)) == (422, False)
    assert "il en reste 9" in OutgoingMail.objects.latest("created_at").body


def test_a_recovery_code_of_somebody_else_opens_nothing(client: Client, user: User) -> None:
    other = UserFactory(referent=True)
    give_telephone(other)
    renew_codes(by=user)
    theirs = renew_codes(by=other)[0]

    knock(client, user)

    assert give(client, theirs)[0] == 422


def test_nobody_waits_for_ever(client: Client, user: User) -> None:
    with time_machine.travel(LATER - timedelta(minutes=10, seconds=1), tick=False):
        knock(client, user)
    with time_machine.travel(LATER, tick=False):
        response = client.post(CODE_PAGE, {"code": LATER_CODE}, follow=True)

    assert title_of(response.content.decode()) == "Se connecter – Portail PAQTE"
    assert "Le délai pour donner le second facteur est passé" in response.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!"}])
def test_who_waits_is_sent_away_once_the_account_changes(client: Client, user: User, change: dict[str, object]) -> None:
    knock(client, user)
    User.objects.filter(pk=user.pk).update(**change)

    assert client.get(CODE_PAGE).headers["Location"] == "/connexion/"


@time_machine.travel(FIRST, tick=False)
def test_the_session_gets_another_name_at_each_step(client: Client, user: User) -> None:
    client.get("/connexion/")
    names = [client.session.session_key]
    knock(client, user)
    names.append(client.session.session_key)
    give(client, FIRST_CODE)
    names.append(client.session.session_key)

    assert len(set(names)) == 3


def test_giving_up_forgets_who_waited(client: Client, user: User) -> None:
    knock(client, user)
    client.post("/deconnexion/")

    assert client.get(CODE_PAGE).headers["Location"] == "/connexion/"


def test_a_new_password_does_not_take_the_second_factor_away(client: Client, user: User) -> None:
    form_address = client.get(link_for(user)).headers["Location"]
    client.post(form_address, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})

    assert knock(client, user, password=NEW_PASSWORD) == CODE_PAGE
    assert not is_in(client)


@time_machine.travel(FIRST, tick=False)
def test_the_technical_administration_has_the_same_door(client: Client) -> None:
    technician = User.objects.create_superuser("technique@example.org", PASSWORD)
    give_telephone(technician)

    asked = client.get("/administration/", follow=True)
    knocked = knock(client, technician, to="/administration/")
    before = client.get("/administration/").status_code
    after = give(client, FIRST_CODE)

    assert title_of(asked.content.decode()) == "Se connecter – Portail PAQTE"
    assert (knocked, before, after) == (CODE_PAGE, 302, (302, "/administration/"))
    assert client.get("/administration/").status_code == 200


def calls_of_login(source: str) -> list[int]:
    """The lines where Django's own sign-in is called, under any name."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.contrib.auth"
        for alias in node.names
        if alias.name == "login"
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in names)
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in {"auth.login", "auth.alogin"})
        )
    ]


def test_every_way_in_goes_through_the_door() -> None:
    root = Path(project.BASE_DIR)
    files = [file for folder in PACKAGES for file in (root / folder).rglob("*.py")]

    found = [file.relative_to(root).as_posix() for file in files if calls_of_login(file.read_text(encoding="utf-8"))]

    assert found == ["accounts/door.py"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from django.contrib.auth import login\nlogin(request, user)", [2]),
        ("from django.contrib.auth import login as go\ngo(request, user)", [2]),
        ("from django.contrib import auth\nauth.login(request, user)", [2]),
        ("login = public(view)\nlogin(request)", []),
    ],
)
def test_another_way_in_is_seen(source: str, lines: list[int]) -> None:
    assert calls_of_login(source) == lines
