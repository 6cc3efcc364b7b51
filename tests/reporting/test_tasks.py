"""What is done in the background: a file, a transmission, what a dead worker left; what people see of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import OutgoingMail
from documents import filing
from documents.models import StoredFile
from reporting import actions, files, tasks
from reporting.models import Bilan, BilanDocument, Sending
from reporting.selectors import bilan_for
from tests.cast import Cast
from tests.factories import BilanFactory
from tests.filing import sent_bytes
from tests.pages import signed_in
from tests.reporting.pages import AT, plain, read_over

pytestmark = pytest.mark.usefixtures("catalogue")

BILAN = "/bilans/62/2019-S1"
LEAVES = f"{BILAN}/transmettre/"
LATER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def _later(settings: Settings) -> None:
    """The list of the worker in the database, as people have it."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    settings.TASKS = LATER


@pytest.fixture
def referent(cast: Cast) -> Client:
    BilanFactory()
    return signed_in(cast.referent)


def run() -> None:
    """The tasks that wait, one after the other, as the worker does them."""
    for row in DBTaskResult.objects.ready():
        row.claim("test")
        try:
            row.set_successful(row.task.call(**row.args_kwargs["kwargs"]))
        except MemoryError as error:
            row.set_failed(error)


def laid_out() -> None:
    """The files of what is leaving, kept beforehand: they are found, and cost nothing."""
    sending = Sending.objects.waiting().select_related("bilan__department").get()
    bilan = sending.bilan
    bilan.transmitted_at, bilan.sending_note = sending.asked_at, sending.sending_note
    data = bilan_for(bilan, bilan.department.local(sending.asked_at).date(), leaving=True)
    for kind, made in files.FORMATS.items():
        filing.keep(files.key_of(data, kind), kind.encode(), made.media_type, at=AT)


# --- A file of a draft ----------------------------------------------------------------------------------------


def test_a_file_is_asked_for_once_and_made_once(referent: Client) -> None:
    first, second = (referent.get(f"{BILAN}.ods") for _ in range(2))
    waiting = DBTaskResult.objects.count()
    run()
    ready, file, again = (referent.get(url) for url in (f"{BILAN}.ods?attente=1", f"{BILAN}.ods", f"{BILAN}.ods"))

    assert [first.status_code, second.status_code, waiting] == [202, 202, 1]
    assert first.headers["Refresh"] == f"3; url={BILAN}.ods?attente=1"
    assert "Le classeur OpenDocument se prépare" in first.content.decode()
    assert (ready.status_code, ready.headers["Refresh"]) == (200, f"0; url={BILAN}.ods")
    assert f'href="{BILAN}.ods"' in ready.content.decode()
    assert file.content == again.content
    assert file.content.startswith(b"PK")
    assert StoredFile.objects.count() == 1


def test_another_value_is_another_file(referent: Client) -> None:
    referent.get(f"{BILAN}.ods")
    run()
    Bilan.objects.update(strategy="Une autre.")

    changed = referent.get(f"{BILAN}.ods")
    run()

    assert changed.status_code == 202
    assert referent.get(f"{BILAN}.ods").status_code == 200
    assert StoredFile.objects.count() == 2


def test_what_is_light_is_made_at_once_and_not_kept(referent: Client) -> None:
    assert referent.get(f"{BILAN}.csv").status_code == referent.get(f"{BILAN}.json").status_code == 200
    assert (StoredFile.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_what_would_leave_keeps_its_address_while_one_waits(referent: Client) -> None:
    waiting = referent.get(f"{BILAN}.xlsx?depart")

    assert waiting.headers["Refresh"] == f"3; url={BILAN}.xlsx?depart=1&attente=1"
    assert DBTaskResult.objects.get().args_kwargs["kwargs"]["leaving"] is True


def test_what_would_leave_is_read_in_the_browser(referent: Client) -> None:
    referent.get(f"{BILAN}.pdf?depart")
    run()

    read = referent.get(f"{BILAN}.pdf?depart=1&attente=1")

    assert read.headers["Content-Disposition"] == 'inline; filename="bilan-paqte-62-2019-S1-projet.pdf"'
    assert read.content.startswith(b"%PDF")


def test_a_file_that_fails_is_told_and_made_again_when_asked(referent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("weasyprint.HTML", fails)
        referent.get(f"{BILAN}.pdf")
        run()
    told, told_again = (referent.get(f"{BILAN}.pdf?attente=1") for _ in range(2))
    asked = DBTaskResult.objects.count()
    referent.get(f"{BILAN}.pdf?encore=1")
    run()

    assert [told.status_code, told_again.status_code, asked] == [503, 503, 1]
    assert "Le PDF n’a pas pu être fait" in told.content.decode()
    assert f'href="{BILAN}.pdf?encore=1"' in told.content.decode()
    assert referent.get(f"{BILAN}.pdf").content.startswith(b"%PDF")


def fails(*_args: object, **_options: object) -> None:
    """What a library does when the machine has no memory left."""
    raise MemoryError("no more")


def test_a_file_that_somebody_changed_is_made_again(referent: Client) -> None:
    referent.get(f"{BILAN}.ods")
    run()
    StoredFile.objects.update(content=b"faux")

    changed = referent.get(f"{BILAN}.ods")
    run()

    assert changed.status_code == 202
    assert referent.get(f"{BILAN}.ods").content.startswith(b"PK")
    assert StoredFile.objects.count() == 1


def test_a_page_that_somebody_changed_is_not_shown(referent: Client) -> None:
    referent.post(LEAVES, read_over(referent))
    laid_out()
    run()
    assert referent.get(f"{BILAN}/").context["body"] == "html"

    StoredFile.objects.update(content=b"<script>")

    assert 'class="bilan"' in referent.get(f"{BILAN}/").context["body"]
    assert "<script>" not in referent.get(f"{BILAN}/").context["body"]


def test_a_bilan_sent_meanwhile_is_no_trouble(referent: Client, cast: Cast) -> None:
    referent.get(f"{BILAN}.ods")
    actions.transmit(Bilan.objects.get(), at=AT, by=cast.referent, render=plain, sending_note="Rien.")
    run()

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert referent.get(f"{BILAN}.pdf").content == b"62 v1"


# --- A transmission -------------------------------------------------------------------------------------------


def test_a_transmission_is_asked_then_carried_out(referent: Client) -> None:
    asked = referent.post(LEAVES, read_over(referent))
    waits = referent.get(asked.headers["Location"])
    before = (Bilan.objects.get().state, OutgoingMail.objects.count())
    laid_out()
    run()
    done = referent.get(asked.headers["Location"], follow=True)

    sending = Sending.objects.get()
    assert asked.headers["Location"] == f"{LEAVES}?attente={sending.pk}"
    assert (waits.status_code, waits.headers["Refresh"]) == (202, f"3; url={asked.headers['Location']}")
    assert "Transmission en cours" in waits.content.decode()
    assert before == ("draft", 0)
    assert done.redirect_chain == [(f"{BILAN}/", 302)]
    assert "Le bilan est transmis." in done.content.decode()
    bilan = Bilan.objects.get()
    assert (bilan.state, bilan.transmitted_at) == ("transmitted", sending.asked_at)
    assert (sending.finished_at is not None, sending.refusals, sending.attempts) == (True, [], 1)
    assert BilanDocument.objects.get().files.count() == 6
    assert sent_bytes(BilanDocument.objects.get()) == b"pdf"


def test_two_clicks_and_two_tabs_are_one_transmission(referent: Client) -> None:
    page = read_over(referent)

    places = [referent.post(LEAVES, page).headers["Location"] for _ in range(3)]
    laid_out()
    run()

    assert len(set(places)) == 1
    assert (Sending.objects.count(), BilanDocument.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)


def test_a_task_done_twice_does_nothing_more(referent: Client) -> None:
    referent.post(LEAVES, read_over(referent))
    laid_out()
    run()
    before = (BilanDocument.objects.count(), OutgoingMail.objects.count(), Sending.objects.values().get())

    tasks.transmit.call(sending=Sending.objects.get().pk)

    assert (BilanDocument.objects.count(), OutgoingMail.objects.count(), Sending.objects.values().get()) == before


def test_what_changed_while_it_left_does_not_leave_and_the_page_says_so(referent: Client) -> None:
    asked = referent.post(LEAVES, read_over(referent))
    Bilan.objects.update(obstacles="Celui d’un autre onglet.")
    run()

    told = referent.get(asked.headers["Location"])
    later = referent.get(LEAVES)

    assert told.status_code == 409
    assert "Le bilan a changé pendant qu’il partait" in told.content.decode()
    assert later.status_code == 200
    assert "L’envoi demandé le 16 septembre 2019" in later.content.decode()
    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("draft", 0)
    assert referent.post(LEAVES, read_over(referent)).status_code == 302


def test_a_technical_failure_is_told_and_leaves_nothing(
    referent: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("weasyprint.HTML", fails)
    asked = referent.post(LEAVES, read_over(referent))
    run()

    told = referent.get(asked.headers["Location"])

    assert told.status_code == 409
    assert "pour une raison technique" in told.content.decode()
    assert "MemoryError" in caplog.text
    assert Bilan.objects.get().state == "draft"


# --- The worker -----------------------------------------------------------------------------------------------


def left_half_done() -> Any:  # Any: the library's row takes type arguments
    """A task whose worker was killed."""
    row = DBTaskResult.objects.get()
    row.claim("killed")
    return row


def test_what_a_killed_worker_left_is_taken_up(referent: Client) -> None:
    referent.post(LEAVES, read_over(referent))
    left_half_done()

    assert tasks.take_up() == 1
    laid_out()
    run()

    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("transmitted", 1)


def test_a_wish_whose_task_was_lost_is_listed_again(referent: Client) -> None:
    referent.post(LEAVES, read_over(referent))
    row = left_half_done()
    row.set_failed(SystemExit(1))
    DBTaskResult.objects.all().delete()

    assert (tasks.take_up(), tasks.take_up()) == (1, 0)
    laid_out()
    run()

    assert Bilan.objects.get().state == "transmitted"


def test_what_kills_its_worker_each_time_is_given_up(referent: Client) -> None:
    referent.post(LEAVES, read_over(referent))
    Sending.objects.update(attempts=tasks.MOST_ATTEMPTS)
    run()

    assert Sending.objects.get().refusals == [tasks.GIVEN_UP]
    assert Bilan.objects.get().state == "draft"


def test_a_file_that_kills_its_worker_each_time_is_given_up(referent: Client) -> None:
    referent.get(f"{BILAN}.pdf")
    for _ in range(tasks.MOST_ATTEMPTS):
        left_half_done()
        tasks.take_up()

    assert referent.get(f"{BILAN}.pdf").status_code == 503
