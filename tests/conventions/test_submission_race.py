"""Eight simultaneous « transmettre » on one submission make one transition, one line of journal, one mail."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import OutgoingMail
from conventions.actions.entry import Saving, StaleVersion, save_results
from conventions.answers import Answer
from conventions.models import Result, Submission
from conventions.selectors.stake import stake_of
from territories.clock import now
from tests.cast import Cast
from tests.conventions.entry_helpers import ON, TRANSMIT, complete, result, submission_of, url
from tests.pages import signed_in
from tests.racing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
CONTENDERS = 8


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


def test_eight_transmissions_make_one(cast: Cast) -> None:
    submission = complete(cast)
    browsers = [signed_in(cast.member) for _ in range(CONTENDERS)]

    def press(browser: Client) -> Callable[[], int]:
        return lambda: browser.post(url(submission, TRANSMIT)).status_code

    statuses = at_once([press(browser) for browser in browsers])

    submission.refresh_from_db()
    assert sorted(statuses) == [302] + [409] * 7
    assert submission.state == "transmitted"
    assert submission.logs.count() == 1
    assert submission.versions.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_without_a_lock_the_same_race_writes_several_times(cast: Cast) -> None:
    """The negative control: were this one to find a single line, the test above would prove nothing."""
    submission = complete(cast)
    everyone_has_looked = Barrier(CONTENDERS)

    def naive() -> None:
        row = Submission.objects.get(pk=submission.pk)
        free = row.state == "draft"
        everyone_has_looked.wait(timeout=30)
        if free:
            at = now()
            row.logs.create(transition="transmettre", from_state="draft", to_state="transmitted", at=at, by=cast.member)
            row.state, row.transmitted_at, row.first_transmitted_on = "transmitted", at, at.date()
            row.save()

    at_once([naive] * CONTENDERS)

    assert submission.logs.count() > 1


def test_eight_saves_of_one_version_keep_one(cast: Cast) -> None:
    submission = submission_of(cast)
    pk = result(submission, "REC-01").pk

    def save(value: int) -> Callable[[], bool]:
        def run() -> bool:
            entry = {pk: Answer(Result.Status.VALUE, Decimal(value))}
            try:
                save_results([Saving(submission, entry, version=0)], by=cast.member, on=ON)
            except StaleVersion:
                return False
            return True

        return run

    kept = at_once([save(value) for value in range(1, CONTENDERS + 1)])

    submission.refresh_from_db()
    assert kept.count(True) == 1
    assert submission.version == 1
    assert result(submission, "REC-01").value == kept.index(True) + 1


def test_a_signature_is_not_cancelled_under_a_transmission(cast: Cast) -> None:
    """Whoever comes first, nothing that was transmitted is erased, and nobody meets an error."""
    submission = complete(cast)
    convention, read = submission.convention, stake_of(submission.convention).token
    company, office = signed_in(cast.member), signed_in(cast.referent)
    cancel = reverse("convention_cancel", args=[convention.pk])

    statuses = at_once(
        [
            lambda: company.post(url(submission, TRANSMIT)).status_code,
            lambda: office.post(cancel, {"comment": "Erreur.", "read": read}).status_code,
        ]
    )

    convention.refresh_from_db()
    kept = Submission.objects.filter(state="transmitted").exists()
    assert (convention.state, kept) in {("signed", True), ("ready", False)}
    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 404, 409}
