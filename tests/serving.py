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
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", "--log-level", "critical"]
    own = {**environment, "PORT": str(port)}
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=own, start_new_session=True)  # noqa: S603
    try:
        wait_for(port, host=host)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(port: int, *, host: str = "127.0.0.1") -> None:
    """Until the portal answers."""
    for _ in range(200):
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as link:
            link.request("GET", "/healthz", headers={"Host": host})
            if link.getresponse().status == 200:
                return
        time.sleep(0.05)
    pytest.fail("the portal did not start")
