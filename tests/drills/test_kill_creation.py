"""SIGKILL while a form creates: whoever sends the same page again has one row, never two, never none."""

import http.client
import json
import os
import signal
from collections import Counter
from contextlib import closing, suppress
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.serving import PATIENCE, free_port, run_python, served

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

DELAYS = (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 60.0)
"""Seconds between the click and the kill: before the request is read, while it writes, after the answer."""


def send(port: int, path: str, session: str, form: dict[str, str]) -> int:
    """Send the form; 0 when the answer never comes."""
    token = "a" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection_to_portal = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with suppress(OSError, http.client.HTTPException), closing(connection_to_portal) as link:
        link.request("POST", path, body=urlencode(form), headers=headers)
        return link.getresponse().status
    return 0


def contacts(environment: dict[str, str]) -> list[str]:
    """Their names, read by another process."""
    program = (
        "import django, json; django.setup(); from companies.models import Contact;"
        "print(json.dumps(list(Contact.objects.values_list('name', flat=True))))"
    )
    found: list[str] = json.loads(run_python(environment, "-c", program))
    return found


def test_a_killed_creation_sent_again_is_one_row(environment: dict[str, str]) -> None:
    world = json.loads(run_python(environment, "-m", "tests.drills.kill_world").strip().splitlines()[-1])
    names = [f"Contact {number}" for number in range(len(DELAYS))]
    forms = [
        {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": name, "once": str(uuid4())}
        for name in names
    ]

    port = free_port()
    for form, delay in zip(forms, DELAYS, strict=True):
        with served(environment, port) as server:
            click = Thread(target=send, args=(port, world["contacts"], world["member"], form))
            click.start()
            click.join(delay)
            os.killpg(server.pid, signal.SIGKILL)
            click.join()
    survived = contacts(environment)
    with served(environment, port):
        again = [send(port, world["contacts"], world["member"], form) for form in forms]

    # The last kill waits for the answer: that row at least was there before its form was sent again.
    assert names[-1] in survived
    assert max(Counter(survived).values()) == 1
    assert again == [302] * len(forms)
    assert sorted(contacts(environment)) == names
