"""SIGKILL in the middle of a transmission leaves the old state or the new one, whole; nothing in between."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlparse

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

ROOT = Path(settings.BASE_DIR)
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


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A demonstration of its own on the database system under test."""
    own = {**os.environ, "PAQTE_ENVIRONMENT": "demo", "PAQTE_DATA_DIR": str(tmp_path), "PAQTE_TODAY": "2022-07-10"}
    own.pop("DATABASE_URL", None)
    own["DJANGO_SETTINGS_MODULE"] = "paqte_portal.settings"
    if connection.vendor != "postgresql":
        yield own
        return
    name = f"paqte_kill_{os.getpid()}"
    server = os.environ["DATABASE_URL"]
    with administration(server) as run:
        run(f"CREATE DATABASE {name}")
    yield {**own, "DATABASE_URL": server.rpartition("/")[0] + f"/{name}"}
    with administration(server) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def administration(server: str) -> Iterator[Callable[[str], None]]:
    """Statements outside a transaction on the server under test."""
    place = urlparse(server)
    link = psycopg2.connect(host=unquote(place.hostname or ""), user=place.username, dbname="postgres")
    link.autocommit = True
    try:
        yield link.cursor().execute
    finally:
        link.close()


def run_python(environment: dict[str, str], *arguments: str) -> str:
    """Run a program of the project in its own process; its output."""
    done = subprocess.run(  # noqa: S603  # our own programs
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The portal behind gunicorn, in a process group of its own."""
    command = [str(Path(sys.executable).parent / "gunicorn"), "paqte_portal.wsgi:application", "--no-control-socket"]
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", "--log-level", "critical"]
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, start_new_session=True)  # noqa: S603
    try:
        wait_for(port)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(port: int) -> None:
    """Until the portal answers."""
    for _ in range(200):
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as link:
            link.request("GET", "/healthz")
            if link.getresponse().status == 200:
                return
        time.sleep(0.05)
    pytest.fail("the portal did not start")


def post(port: int, path: str, session: str) -> None:
    """Press the button; the answer may never come."""
    token = "a" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection_to_portal = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with suppress(OSError, http.client.HTTPException), closing(connection_to_portal) as link:
        link.request("POST", f"{path}transmettre/", body="", headers=headers)
        link.getresponse().read()


def query(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    """Rows, read by another process as any client would after the crash."""
    program = (
        "import django, json; django.setup(); from django.db import connection as c; k = c.cursor();"
        f"k.execute({sql!r}); print(json.dumps([list(map(str, row)) for row in k.fetchall()]))"
    )
    rows = json.loads(run_python(environment, "-c", program))
    return [(state, int(kept), int(logged), dated in {"1", "True"}) for state, kept, logged, dated in rows]


@pytest.mark.parametrize(
    ("session", "what", "sql"),
    [("referent", "bilans", BILAN_STATE), ("member", "submissions", SUBMISSION_STATE)],
    ids=["bilan", "submission"],
)
def test_a_killed_transmission_is_whole_or_nothing(
    environment: dict[str, str], session: str, what: str, sql: str
) -> None:
    run_python(environment, "manage.py", "migrate", "--verbosity", "0")
    run_python(environment, "manage.py", "sync_catalogues")
    world = json.loads(run_python(environment, "-m", "tests.drills.kill_world").strip().splitlines()[-1])

    port = free_port()
    for path, delay in zip(world[what], DELAYS, strict=True):
        with served(environment, port) as server:
            click = Thread(target=post, args=(port, path, world[session]))
            click.start()
            click.join(delay)
            os.killpg(server.pid, signal.SIGKILL)
            click.join()

    found = query(environment, sql)
    assert len(found) == len(DELAYS)
    assert set(found) <= WHOLE
    # The last kill waits for the answer: without one that got through, the drill would prove nothing.
    assert ("transmitted", 1, 1, True) in found
