"""Run as a program: lays out the bilan that it is given on its input, again and again, as politely as the worker."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import django
from django.db import connection

from reporting.bilan import BilanData
from tests.databases import address_of
from tests.serving import ROOT

NATION = "nation"
"""Asked for in place of the value of a bilan."""


@contextmanager
def rendering(data: BilanData) -> Iterator[None]:
    """Meanwhile a worker makes PDFs of this bilan; it has made its first one."""
    with _working(json.dumps(import_module("reporting.codec").to_json_value(data))):
        yield


@contextmanager
def consolidating() -> Iterator[None]:
    """Meanwhile a worker makes the consolidated bilan of the whole set; it has made the first one."""
    with _working(NATION):
        yield


@contextmanager
def _working(given: str) -> Iterator[None]:
    program = [sys.executable, "-m", "tests.benchmark.rendering"]
    database = {"DATABASE_URL": address_of(str(connection.settings_dict["NAME"]))}
    environment = {**os.environ, **database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(  # noqa: S603  # our own program
        program, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(f"{given}\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "begun\n"
        try:
            yield
        finally:
            worker.kill()


def main() -> None:
    """Until it is killed."""
    django.setup()
    os.nice(import_module("reporting.worker").POLITENESS)
    work = _work(sys.stdin.readline().strip())
    work()
    print("begun", flush=True)  # noqa: T201  # who started it waits for that
    while True:
        work()


def _work(asked: str) -> Callable[[], object]:
    if asked == NATION:
        renderers, nation = import_module("national.renderers"), import_module("tests.benchmark.nation")
        consolidated = import_module("national.selectors.total").consolidated
        return lambda: renderers.to_pdf(consolidated(nation.LAST))
    data = import_module("reporting.codec").from_json_value(json.loads(asked))
    return lambda: import_module("reporting.renderers").to_pdf(data)


if __name__ == "__main__":
    main()
