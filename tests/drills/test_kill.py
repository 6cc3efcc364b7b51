"""SIGKILL in the middle of a transmission leaves the old state or the new one, whole; nothing in between."""

import http.client
import json
import os
import re
import signal
from contextlib import closing, suppress
from threading import Thread
from urllib.parse import urlencode

import pytest

from tests.serving import PATIENCE, free_port, run_python, served

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

DELAYS = (0.02, 0.1, 0.4, 1.0, 2.0, 60.0)
"""Seconds between the click and the kill, unless the answer comes first: before, during and after the transaction."""

BILAN_STATE = """
    SELECT b.state, count(DISTINCT d.id), count(DISTINCT l.id), b.transmitted_at IS NOT NULL
    FROM reporting_bilan b
    LEFT JOIN reporting_bilandocument d ON d.bilan_id = b.id
    LEFT JOIN reporting_bilanlog l ON l.bilan_id = b.id AND l.transition = 'transmettre'
    GROUP BY b.id, b.state, b.transmitted_at
"""
SUBMISSION_STATE = """
    SELECT s.state, count(DISTINCT v.id), count(DISTINCT l.id), s.transmitted_at IS NOT NULL
    FROM conventions_submission s
    LEFT JOIN conventions_submissionversion v ON v.submission_id = s.id
    LEFT JOIN conventions_submissionlog l ON l.submission_id = s.id AND l.transition = 'transmettre'
    GROUP BY s.id, s.state, s.transmitted_at
"""
WHOLE = {("draft", 0, 0, False), ("transmitted", 1, 1, True)}


def read_over(port: int, path: str, session: str) -> str:
    """The form of the page that comes before the sending, as it is; nothing for what is sent at once."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as link:
        link.request("GET", f"{path}transmettre/", headers={"Cookie": f"sessionid={session}"})
        page = link.getresponse().read().decode()
    seal = re.search(r'name="shown" value="([^"]*)"', page)
    return urlencode({"shown": seal.group(1), "sending_note": "Essai."}) if seal else ""


def post(port: int, path: str, session: str, body: str) -> None:
    """Press the button; the answer may never come."""
    token = "a" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection_to_portal = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with suppress(OSError, http.client.HTTPException), closing(connection_to_portal) as link:
        link.request("POST", f"{path}transmettre/", body=body, headers=headers)
        link.getresponse().read()


def query(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    """Rows, read by another process as any client would after the crash."""
    program = (
        "import django, json; django.setup(); from django.db import connection as c; k = c.cursor();"
        f"k.execute({sql!r}); print(json.dumps([list(map(str, row)) for row in k.fetchall()]))"
    )
    rows = json.loads(run_python(environment, "-c", program))
    return [(state, int(kept), int(logged), dated in {"1", "True"}) for state, kept, logged, dated in rows]


def test_a_worker_killed_at_random_leaves_nothing_half_done(environment: dict[str, str]) -> None:
    """Twelve times; `python -m tests.drills.kill_worker 200` for as many as one likes."""
    told = json.loads(run_python(environment, "-m", "tests.drills.kill_worker", "12", "7").splitlines()[-1])

    assert (told["kills"], told["asked"]) == (12, told["sent"] + told["given_up"])
    assert told["sent"] > 1


def test_a_worker_killed_at_random_leaves_no_national_bilan_half_made(environment: dict[str, str]) -> None:
    """Nine times: too few to give up; `python -m tests.drills.kill_national 50` for as many as one likes."""
    told = json.loads(run_python(environment, "-m", "tests.drills.kill_national", "9", "7").splitlines()[-1])

    assert (told["kills"], told["made"], told["frozen"]) == (9, told["files"], told["editions"])
    assert told["frozen"] > 0


@pytest.mark.parametrize(
    ("session", "what", "sql"),
    [
        # The same kind of transaction, with seconds of layout before it: once.
        pytest.param("referent", "bilans", BILAN_STATE, marks=pytest.mark.anywhere),
        ("member", "submissions", SUBMISSION_STATE),
    ],
    ids=["bilan", "submission"],
)
def test_a_killed_transmission_is_whole_or_nothing(
    environment: dict[str, str], session: str, what: str, sql: str
) -> None:
    world = json.loads(run_python(environment, "-m", "tests.drills.kill_world").strip().splitlines()[-1])

    port = free_port()
    for path, delay in zip(world[what], DELAYS, strict=True):
        with served(environment, port) as server:
            body = read_over(port, path, world[session])
            click = Thread(target=post, args=(port, path, world[session], body))
            click.start()
            click.join(delay)
            os.killpg(server.pid, signal.SIGKILL)
            click.join()

    # A bilan leaves in the background: what was asked for before the kill waits for its worker.
    run_python(environment, "manage.py", "run_tasks", "--until-empty")
    found = query(environment, sql)
    assert len(found) == len(DELAYS)
    assert set(found) <= WHOLE
    # The last kill waits for the answer: without one that got through, the drill would prove nothing.
    assert ("transmitted", 1, 1, True) in found
