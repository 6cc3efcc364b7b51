"""The document is made before anything is locked, and what is sent is what was rendered."""

from collections.abc import Callable
from datetime import date
from threading import Thread

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts.models import OutgoingMail
from documents.models import StoredFile
from reporting import actions
from reporting.actions import Outdated
from reporting.bilan import BilanData
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument, BilanLog, Sending
from reporting.selectors import bilan_for
from tests.cast import Cast
from tests.factories import (
    BilanFactory,
    ConventionFactory,
    DepartmentFactory,
    PartnerFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.pages import signed_in
from tests.racing import at_once
from tests.reporting.pages import AT, plain, read_over, sent

pytestmark = pytest.mark.usefixtures("catalogue")


def test_the_value_is_the_same_before_and_after_the_move(cast: Cast):
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 5})
    first = sent(cast)
    Bilan.objects.filter(pk=first.pk).update(strategy="Autre chose, gardée telle quelle.")
    second = actions.rectify(first, at=AT, by=cast.referent, reason="Un oubli.")
    actions.write(second, by=cast.referent, obstacles="Aucun.")

    document = actions.transmit(second, at=AT, by=cast.referent, render=plain)

    assert bilan_for(Bilan.objects.get(pk=second.pk), AT.date()) == from_json_value(document.snapshot)


def test_what_changes_during_the_rendering_does_not_leave(cast: Cast):
    bilan = BilanFactory()

    def slow(data: BilanData) -> dict[str, StoredFile]:
        PartnerFactory(name="Arrivée pendant la mise en page", department=bilan.department)
        return plain(data)

    with pytest.raises(Outdated, match="pendant sa mise en page"):
        actions.transmit(bilan, at=AT, by=cast.referent, render=slow)

    bilan.refresh_from_db()
    assert (bilan.state, bilan.transmitted_at) == ("draft", None)
    assert not BilanLog.objects.exists()
    assert not OutgoingMail.objects.exists()


def is_free(bilan: Bilan) -> bool:
    """Whether another connection could lock the row, and write, at this very moment."""
    free: list[bool] = []

    def attempt() -> None:
        try:
            if connection.vendor == "sqlite":
                connection.ensure_connection()
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 200")
            with transaction.atomic():
                row = Bilan.objects.select_for_update(nowait=True).get(pk=bilan.pk)
                Bilan.objects.filter(pk=bilan.pk).update(referent_phone=row.referent_phone)
            free.append(True)
        except OperationalError:
            free.append(False)
        finally:
            connections.close_all()

    other = Thread(target=attempt)
    other.start()
    other.join()
    return free[0]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_the_document_is_made():
    referent, bilan = UserFactory(referent=True), BilanFactory(department=DepartmentFactory())
    seen: list[bool] = []

    def render(data: BilanData) -> dict[str, StoredFile]:
        seen.append(is_free(bilan))
        return plain(data)

    actions.transmit(bilan, at=AT, by=referent, render=render)

    assert seen == [True]


@pytest.mark.django_db(transaction=True)
def test_a_lock_would_be_seen():
    bilan = BilanFactory(department=DepartmentFactory())

    with transaction.atomic():
        Bilan.objects.select_for_update().get(pk=bilan.pk)
        held = is_free(bilan)

    assert (held, is_free(bilan)) == (False, True)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_eight_people_who_press_at_once_ask_for_one_transmission(settings):
    settings.PAQTE_TODAY = date(2019, 9, 16)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    BilanFactory(department=DepartmentFactory())
    browsers = [signed_in(UserFactory(referent=True)) for _ in range(8)]
    page = read_over(browsers[0])

    def press(browser: Client) -> Callable[[], str]:
        return lambda: browser.post("/bilans/62/2019-S1/transmettre/", page).headers["Location"]

    places = at_once([press(browser) for browser in browsers])

    sending = Sending.objects.get()
    assert set(places) == {f"/bilans/62/2019-S1/transmettre/?attente={sending.pk}"}
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"sending": sending.pk}
    assert not BilanDocument.objects.exists()
