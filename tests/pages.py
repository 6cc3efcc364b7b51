"""Short words for the tests of pages: sign somebody in, open an address, read the answer, count the queries."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, name: str, *args: object, **query: Any) -> Any:  # Any: the test client's own response
    """What `user` is shown at the address of this name."""
    return signed_in(user).get(reverse(name, args=args), query)


def post(user: User, name: str, *args: object, **data: Any) -> Any:  # Any: the test client's own response
    """What `user` is answered after sending this form."""
    return signed_in(user).post(reverse(name, args=args), data)


def text(response: Any) -> str:
    """The page as text, on one line as a browser reads it: how its template is laid out changes nothing."""
    content: bytes = response.content
    return re.sub(r"[ \n]+", " ", content.decode())


def rows(response: Any) -> list[Any]:  # Any: also the test client's own response, and the rows of its list
    """The rows of the page of a list, in their order."""
    return [line.row for line in response.context_data["list"].lines]


def without_token(response: Any) -> bytes:  # Any: also the test client's own response
    """The page without what is of one answer or one session: the token of its forms, and when the session ends."""
    content: bytes = response.getvalue()
    instants = rb'data-session-(ends|limit)="[^"]*"|(?<=data-session-hour>)[^<]*'
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"|' + instants, b"", content)


def hidden_fields(response: Any) -> dict[str, list[str]]:
    """What the last form of the page carries without showing it, by name; a name may come several times."""
    form = text(response).rpartition("<form")[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def queries(user: User, name: str, *args: object, **query: Any) -> int:
    """How many queries the page makes, sessions included."""
    client = signed_in(user)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(name, args=args), query)
    return len(captured)
