"""Every address that creates rows has its key: in the view, in the page, and in a race, on both databases."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.architecture import View, endpoints
from tests.cast import Cast
from tests.creating import AS_MANY_AS_SENT, CREATING, TODAY, pages_of
from tests.factories import MembershipFactory, UserFactory
from tests.pages import signed_in
from tests.racing import at_once
from tests.test_access_matrix import TABLE

CONTENDERS = 8

ONLY_CHANGES = {
    # Sign-in, one's own account and sessions: wrong tries are counted, which a key would undo; links and codes are
    # drawn anew and void the former ones under the lock of the account.
    *("login", "logout", "password_reset", "password_reset_confirm", "sign_in_code", "sign_in_set_up", "sign_in_link"),
    *("sign_in_link_confirm", "proconnect", "session_close", "session_renew", "session_close_others", "account"),
    *("password_change", "address_change", "address_confirm", "second_factor", "second_factor_renew"),
    *("second_factor_turn_off", "kept_form"),
    # One's own view of a list, under its name, and the columns of its files: sent again, they are as they are.
    *("saved_view_create", "saved_view_give_up", "chosen_columns"),
    # The link of an invitation is its own key: it serves once (raced in companies/test_invitation_race.py).
    "invitation_accept",
    # An account is closed, opened, or relieved of its portfolio, under the lock of its place.
    *("team_hand_over", "team_deactivate", "team_reactivate"),
    # What is there changes, or moves to another state under the lock of its row.
    *("company_update", "convention_update", "convention_targets", "convention_prepare", "convention_resume"),
    *("convention_sign", "convention_terminate", "convention_cancel", "convention_drop", "submission_transmit"),
    *("submission_validate", "submission_return", "submission_reopen", "submission_extend", "bilan_edit"),
    # A company is reminded under the lock of its submission, once a week.
    "submission_remind",
    # A contact is invited under the lock of its company, where nobody else is on the way.
    "company_invite",
    *("bilan_context", "bilan_transmit", "draft_frame", "draft_indicator_update", "draft_indicator_remove"),
    *("draft_import", "draft_drop"),
    *("invitation_resend", "invitation_revoke"),
    # A file is looked at, and given back; one of results answers rows that exist.
    *("company_import", "company_import_annotated", "convention_import", "convention_import_annotated"),
    *("result_import", "result_import_annotated", "result_import_confirm"),
}
"""Addresses that take a POST and create nothing of their own, typed by hand."""

PREVIEWED = {"company_import_confirm", "convention_import_confirm"}
"""What is pressed on the preview of a file, which has its key and is for its sender alone."""

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def _september(settings: Settings) -> None:
    settings.PAQTE_TODAY = TODAY


def posted() -> set[str]:
    """The names of the addresses that take a POST, as the access matrix types them; the administration apart."""
    found = re.findall(r"^POST ([\w@+:-]+)", TABLE, re.MULTILINE)
    return {name.partition("@")[0] for name in found if not name.startswith("admin:")}


def without_key(names: set[str], views: dict[str, View]) -> list[str]:
    """Those whose view does not say @once."""
    return sorted(name for name in names if not getattr(views[name], "creates_once", False))


def test_every_address_that_takes_a_post_says_whether_it_creates() -> None:
    assert posted() - set(CREATING) - ONLY_CHANGES == set()
    assert set(CREATING) & ONLY_CHANGES == set()


def test_every_creating_view_says_once() -> None:
    views = {name: view for name, _, view in endpoints()}

    # The step of the examples alone creates: its function says @once, the steps of figures are saved as one types.
    # A confirmation of import says it on what it confirms, to tell a second sending from the first.
    assert without_key(set(CREATING), views) == [
        "company_import_confirm",
        "convention_import_confirm",
        "submission_step",
    ]


def test_a_creating_view_without_key_is_seen() -> None:
    assert without_key({"kept", "forgotten"}, {"kept": signed, "forgotten": forgotten}) == ["forgotten"]


def forgotten() -> None:
    """A view without its key."""


def signed() -> None:
    """A view with its key."""


signed.creates_once = True  # type: ignore[attr-defined]  # as the decorator marks it


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in CREATING if name not in PREVIEWED])
def test_the_page_of_a_creating_form_carries_a_key(cast: Cast, name: str) -> None:
    sending = CREATING[name](cast)
    where = pages_of(sending, name)

    page = signed_in(sending.by).get(where).content.decode()

    forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', page, re.DOTALL)
    aimed = [form for form in forms if target(form, where) == sending.url]
    assert aimed != []
    assert [form for form in aimed if not re.search(r'name="once" value="[0-9a-f-]{36}"', form)] == []


def target(form: str, page: str) -> str:
    """Where a form goes; to its own page when it does not say."""
    action = re.search(r'<form[^>]*action="([^"]*)"', form)
    return unescape(action[1]) if action and action[1] else page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", ["same key", "no key", "a key each"])
@pytest.mark.parametrize("name", CREATING)
def test_eight_simultaneous_sendings_create_one(cast: Cast, name: str, keys: str) -> None:
    sending = CREATING[name](cast)
    shared = {} if keys == "no key" else {"once": str(uuid4())}
    own = [{"once": str(uuid4())} if keys == "a key each" else shared for _ in range(CONTENDERS)]
    browsers = [browser(signed_in(sending.by)) for _ in range(CONTENDERS)]

    def press(client: Client, key: dict[str, str]) -> Callable[[], int]:
        return lambda: client.post(sending.url, {**sending.data, **key}).status_code

    statuses = at_once([press(client, key) for client, key in zip(browsers, own, strict=True)])

    if keys == "a key each" and name in AS_MANY_AS_SENT:
        # The negative control: without a common key, the same race creates as many rows as there are clicks.
        assert (sending.rows(), set(statuses)) == (CONTENDERS, {302})
        return
    assert sending.rows() == 1
    assert set(statuses) <= ({302, 409, 422} if keys == "a key each" else {302})
    assert 302 in statuses


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [name for name in CREATING if name not in PREVIEWED])
def test_eight_people_who_send_the_same_create_one(cast: Cast, name: str) -> None:
    """Nothing is shared here, neither key nor account: only the rules of the rows decide, each with its sentence."""
    sending = CREATING[name](cast)
    people = [sending.by, *(colleague(sending.by) for _ in range(CONTENDERS - 1))]
    browsers = [browser(signed_in(person)) for person in people]

    def press(client: Client) -> Callable[[], int]:
        return lambda: client.post(sending.url, {**sending.data, "once": str(uuid4())}).status_code

    statuses = at_once([press(client) for client in browsers])

    assert sending.rows() == (CONTENDERS if name in AS_MANY_AS_SENT else 1)
    assert set(statuses) <= {302, 409, 422}
    assert 302 in statuses


def colleague(user: User) -> User:
    """Somebody else who may do the same."""
    other = UserFactory(role=user.role, department=user.department)
    for place in user.memberships.all():
        MembershipFactory(user=other, company=place.company, role=place.role)
    return other


def browser(client: Client) -> Client:
    """A failure of the portal must be an answer, as in a browser, not an exception of the test."""
    client.raise_request_exception = False
    return client
