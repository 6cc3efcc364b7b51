"""The portal as people run it: its programs and gunicorn in processes of their own, on a folder of their own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PATIENCE = 120
"""Seconds before giving up on what an idle machine does at once: on a busy one, slow is not wrong."""

THREADS = 8
"""A browser opens connections before it has anything to ask, and each keeps a thread for a while."""


def demo_environment(folder: Path, day: str) -> dict[str, str]:
    """The variables of a demonstration that keeps everything under `folder`, on SQLite, on `day`."""
    own = {**os.environ, "PAQTE_ENVIRONMENT": "demo", "PAQTE_DATA_DIR": str(folder), "PAQTE_TODAY": day}
    own.pop("DATABASE_URL", None)
    own["DJANGO_SETTINGS_MODULE"] = "paqte_portal.settings"
    return own


def run_python(environment: Mapping[str, str], *arguments: str) -> str:
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
def served(environment: Mapping[str, str], port: int, *, host: str = "127.0.0.1") -> Iterator[subprocess.Popen[bytes]]:
    """The portal behind gunicorn, in a process group of its own; `host` is a name that it answers to."""
    command = [str(Path(sys.executable).parent / "gunicorn"), "paqte_portal.wsgi:application", "--no-control-socket"]
    options = ["--workers", "1", "--threads", str(THREADS), "--timeout", str(PATIENCE), "--log-level", "critical"]
    own = {**environment, "PORT": str(port)}
    with listening(port) as door:
        # The server is handed the socket: nobody else can take the port while it starts, and whoever knocks waits.
        command += [*options, "--bind", f"fd://{door}"]
        server = subprocess.Popen(command, cwd=ROOT, env=own, start_new_session=True, pass_fds=[door])  # noqa: S603
    try:
        wait_for(server, port, host=host)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@contextmanager
def working(environment: Mapping[str, str], server: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The worker beside a server: it ends with it, however that happens."""
    command = [sys.executable, "manage.py", "run_tasks", "--beside", str(server.pid)]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


@contextmanager
def listening(port: int) -> Iterator[int]:
    """A socket that listens on this port of the machine itself, for a program that inherits it."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bind(door, port)
        door.listen()
        yield door.fileno()


def _bind(door: socket.socket, port: int) -> None:
    """Take the port; the workers of a server that was just killed may hold it a moment longer than their master."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def wait_for(server: subprocess.Popen[bytes], port: int, *, host: str) -> None:
    """Until the portal answers, or is dead."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as link:
            link.request("GET", "/healthz", headers={"Host": host})
            if link.getresponse().status == 200:
                return
        time.sleep(0.05)
    pytest.fail("the portal did not start")
