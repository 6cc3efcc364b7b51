"""Run as a program, on its own database: forty people with a real password hash, and a session to read pages with."""

from importlib import import_module

import django
from django.contrib.auth import get_user_model
from django.test import Client

PEOPLE = 40
PASSWORD = "une phrase assez longue"


def main() -> None:
    """Create the rows; prints the key of the reader's session."""
    django.setup()
    factories = import_module("tests.factories")
    first = factories.UserFactory(referent=True, email="agent.0@prefecture.example", password=PASSWORD)
    for number in range(1, PEOPLE):
        factories.UserFactory(referent=True, email=f"agent.{number}@prefecture.example", password=None)
    # A real hash is slow on purpose: the same one for all.
    get_user_model().objects.filter(email__startswith="agent.").update(password=first.password)
    client = Client()
    client.force_login(factories.UserFactory(referent=True), backend="django.contrib.auth.backends.ModelBackend")
    print(client.cookies["sessionid"].value)  # noqa: T201  # its one output


if __name__ == "__main__":
    main()
