"""A campaign that opens and a convention that begins or ends take turns; SQLite lets one writer in anyway."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connections, transaction

from conventions.actions import campaigns
from conventions.actions import conventions as signing
from conventions.actions.entry import Saving, save_results
from conventions.actions.opening import open_submissions
from conventions.answers import Answer
from conventions.models import Convention, Submission
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, CampaignFactory, ConventionFactory

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]


def meanwhile(action) -> Thread:
    """Another client, that is seen waiting."""

    def run() -> None:
        try:
            action()
        finally:
            connections.close_all()

    client = Thread(target=run)
    client.start()
    client.join(0.5)
    assert client.is_alive()
    return client


def test_a_convention_signed_while_a_campaign_opens_has_its_form(cast: Cast):
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])
    first, due, last = date(2019, 7, 1), date(2019, 7, 31), date(2019, 9, 30)

    with transaction.atomic():
        campaigns.plan(S1_2019, opens_on=first, due_on=due, locks_on=last, at=AT, by=cast.cget)
        client = meanwhile(lambda: signing.sign(ready, on=date(2019, 2, 8), place="Arras", at=AT, by=cast.referent))
    client.join()

    assert Submission.objects.get().convention == ready


def test_what_is_being_typed_while_a_convention_is_terminated_stays(cast: Cast):
    convention = ConventionFactory(company=cast.company)
    open_submissions(CampaignFactory(semester=S2_2019, opens_on=AT.date()), conventions=Convention.objects.all())
    typed = Submission.objects.get()
    said = {typed.results.get(indicator__code="REC-02").pk: Answer("value", value=Decimal(3))}

    with transaction.atomic():
        save_results([Saving(typed, said)], by=cast.member, on=AT.date())
        client = meanwhile(
            lambda: signing.terminate(convention, on=date(2019, 6, 30), comment="Fermée.", at=AT, by=cast.referent)
        )
    client.join()

    assert (Submission.objects.get().version, Convention.objects.get().state) == (1, "terminated")
