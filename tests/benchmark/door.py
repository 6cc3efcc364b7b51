"""The portal behind gunicorn on the measured database: a page takes there what somebody waits."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import connection

from accounts.models import User
from tests.databases import address_of
from tests.pages import signed_in
from tests.serving import free_port, served


@contextmanager
def open_door(day: date) -> Iterator[str]:
    """The address of a server of its own, as the demonstration serves, on the database of this run."""
    port = free_port()
    environment = {
        **os.environ,
        "PAQTE_ENVIRONMENT": "demo",
        "PAQTE_TODAY": str(day),
        "DJANGO_SETTINGS_MODULE": "tests.benchmark.served",
        "SIGNED_WITH": settings.SECRET_KEY,
        "DATABASE_URL": address_of(str(connection.settings_dict["NAME"])),
    }
    with served(environment, port):
        yield f"http://127.0.0.1:{port}"


class Visitor:
    """Somebody who is signed in already, at the door; made outside a test, whose sessions no server would see."""

    def __init__(self, door: str, user: User) -> None:
        self.door = door
        cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        self._headers = {"Cookie": cookie.OutputString(attrs=[])}

    def read(self, address: str) -> bytes:
        """The page; raises HTTPError for any that is not there."""
        with urlopen(Request(f"{self.door}{address}", headers=self._headers)) as answer:  # noqa: S310  # ours
            content: bytes = answer.read()
        # Somebody whose session the server does not know is sent to sign in: that page would be measured.
        assert answer.url == f"{self.door}{address}", answer.url
        return content

    def opens(self, address: str) -> Callable[[], object]:
        """To be timed."""
        return lambda: self.read(address)
