"""Run as a program: lays out the bilan that it is given on its input, again and again, as politely as the worker."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django

from reporting.bilan import BilanData
from tests.serving import ROOT


@contextmanager
def rendering(data: BilanData) -> Iterator[None]:
    """Meanwhile a worker makes PDFs of this bilan; it has made its first one."""
    given = json.dumps(import_module("reporting.codec").to_json_value(data))
    program = [sys.executable, "-m", "tests.benchmark.rendering"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
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
    data = import_module("reporting.codec").from_json_value(json.loads(sys.stdin.readline()))
    to_pdf = import_module("reporting.renderers").to_pdf
    to_pdf(data)
    print("begun", flush=True)  # noqa: T201  # who started it waits for that
    while True:
        to_pdf(data)


if __name__ == "__main__":
    main()
