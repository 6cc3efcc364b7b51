"""The negative control of the race of transmission: without the lock, it is lost; SQLite lets one writer in anyway."""

from datetime import UTC, datetime
from threading import Barrier

import pytest

from reporting.models import Bilan, BilanLog
from tests.factories import BilanFactory, UserFactory
from tests.reporting.racing import race

AT = datetime(2019, 9, 15, 8, tzinfo=UTC)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_the_race_would_be_lost_without_the_lock():
    referent, bilan = UserFactory(referent=True), BilanFactory()
    together = Barrier(8)

    def careless() -> None:
        row = Bilan.objects.get(pk=bilan.pk)
        row.workflow.check("transmettre", state=row.state, acting_as=row.acting_as(referent), comment="")
        together.wait()
        row.logs.create(transition="transmettre", from_state="draft", to_state="transmitted", at=AT, by=referent)

    assert race(8, careless) == ["done"] * 8
    assert BilanLog.objects.count() == 8
