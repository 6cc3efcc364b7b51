"""A bilan that leaves and a change of what it counted take turns; SQLite lets one writer in anyway."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connections, transaction

from conventions.actions.amendments import amend
from conventions.actions.conventions import cancel_signature
from conventions.models import AmendmentReason, Convention
from conventions.selectors.stake import stake_of
from reporting.actions import transmit
from reporting.models import Bilan
from tests.factories import BilanFactory, ConventionFactory, UserFactory
from tests.filing import blank_pdf
from workflows.tables import TransitionRefused

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
HELD = "Ce bilan ne peut pas partir à cet instant\u00a0: on l’envoie, ou on change une convention. Réessayez."
SENT = "Le bilan du 1er semestre 2019 est transmis\u00a0: l’avenant prend effet après le 30/06/2019."

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def referent(db):
    return UserFactory(referent=True)


@pytest.fixture
def convention(catalogue):
    return ConventionFactory(axes=["recruter"], targets={("REC-02", 1): 12})


def record_avenant(convention, referent):
    amend(
        convention,
        targets={("REC-02", 1): Decimal(24)},
        effective_on=date(2019, 6, 1),
        reason=AmendmentReason.WORKFORCE,
        at=AT,
        by=referent,
    )


def cancel(convention, referent):
    cancel_signature(convention, comment="Erreur", read=stake_of(convention).token, at=AT, by=referent)


def meanwhile(action, said: list[str]) -> Thread:
    """Another client, and what it is told; empty when it may."""

    def run() -> None:
        try:
            action()
            said.append("")
        except TransitionRefused as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    client = Thread(target=run)
    client.start()
    return client


@pytest.mark.parametrize("change", [record_avenant, cancel])
def test_no_bilan_leaves_while_a_convention_it_counts_changes(convention, referent, change):
    bilan: Bilan = BilanFactory(sending_note="La remontée manque.")
    said: list[str] = []

    with transaction.atomic():
        change(convention, referent)
        meanwhile(lambda: transmit(bilan, at=AT, by=referent, render=blank_pdf), said).join()

    assert said == [HELD]
    assert Bilan.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (record_avenant, SENT),
        (cancel, "Un bilan transmis la compte déjà\u00a0: la signature ne s’annule plus, résiliez la convention."),
    ],
)
def test_a_convention_waits_for_the_bilan_that_counts_it(convention, referent, change, sentence):
    bilan: Bilan = BilanFactory()
    said: list[str] = []

    with transaction.atomic():
        Bilan.objects.select_for_update().get(pk=bilan.pk)
        Bilan.objects.filter(pk=bilan.pk).update(state="transmitted", transmitted_at=AT)
        client = meanwhile(lambda: change(convention, referent), said)
        client.join(0.5)
        waited = client.is_alive()
    client.join()

    assert (waited, said) == (True, [sentence])
    assert Convention.objects.get().state == "signed"
