"""The process that does what waits: it stops when nothing does, and is alone on its database."""

from datetime import date
from threading import Thread

import pytest
from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from documents.models import StoredFile
from reporting import files, tasks
from reporting.models import Sending
from reporting.selectors import bilan_for
from reporting.worker import alone, work
from tests.factories import BilanFactory, UserFactory
from tests.reporting.pages import AT


@pytest.fixture(autouse=True)
def _later(settings: Settings) -> None:
    """The list of the worker in the database, as people have it."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db(transaction=True)
def test_it_does_what_waits_and_stops_when_nothing_does(catalogue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.worker.os.nice", lambda _more: 0)
    monkeypatch.setattr("reporting.worker.Worker.configure_signals", lambda _worker: None)
    bilan = BilanFactory()
    data = bilan_for(bilan, date(2019, 9, 16))
    key = files.key_of(data, "ods")
    tasks.ask_for_file(bilan, "ods", key, leaving=False)

    work(until_empty=True)

    assert StoredFile.objects.get().key == key
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_what_a_busy_database_put_off_the_list_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.worker.os.nice", lambda _more: 0)
    monkeypatch.setattr("reporting.worker.Worker.configure_signals", lambda _worker: None)
    monkeypatch.setattr("reporting.worker.SWEEP", 0.01)
    monkeypatch.setattr("reporting.worker.INTERVAL", 0.02)
    Sending.objects.create(bilan=BilanFactory(), asked_at=AT, by=UserFactory(referent=True), fingerprint="")
    waiting: list[int] = []

    def fails(worker: Worker) -> None:
        waiting.append(DBTaskResult.objects.ready().count())
        DBTaskResult.objects.update(status="FAILED")
        worker.running = len(waiting) < 2

    monkeypatch.setattr("reporting.worker.Worker.run", fails)
    work()

    assert waiting == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_second_one_waits_for_the_first() -> None:
    held: list[str] = []

    def second() -> None:
        with alone():
            held.append("second")
        connections.close_all()

    with alone():
        other = Thread(target=second)
        other.start()
        other.join(1.2)
        held.append("first")
    other.join(20)

    assert held == ["first", "second"]
