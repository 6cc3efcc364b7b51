"""Between a wish and the worker's turn, a page and what it sends: nothing of others is touched, nothing else leaves."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import OutgoingMail, User
from conventions.actions.conventions import terminate
from conventions.models import ActionExample
from reporting import actions
from reporting.models import Bilan, Partner, PrefectureExample, Sending
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    ConventionFactory,
    PartnerFactory,
    SubmissionFactory,
)
from tests.pages import signed_in
from tests.reporting.pages import AT, read_over
from tests.reporting.test_tasks import LATER, run

BILAN = "/bilans/62/2019-S1"
LEAVES = f"{BILAN}/transmettre/"


@pytest.fixture(autouse=True)
def _later(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)
    settings.TASKS = LATER


@pytest.fixture
def referent(cast: Cast) -> Client:
    BilanFactory()
    return signed_in(cast.referent)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "lecteur"}, {"department": "59"}])
def test_whoever_may_not_send_any_more_does_not(referent: Client, cast: Cast, change: dict[str, Any]) -> None:
    referent.post(LEAVES, read_over(referent))
    User.objects.filter(pk=cast.referent.pk).update(**change)
    run()

    assert Sending.objects.get().refusals == ["Seul le référent PAQTE du département écrit son bilan."]
    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("draft", 0)


def test_a_convention_that_ends_meanwhile_is_read_again(referent: Client, cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    referent.post(LEAVES, read_over(referent) | {"sending_note": "Relancée."})
    terminate(convention, on=date(2019, 6, 20), comment="Fermée.", at=AT, by=cast.referent)
    run()

    (sentence,) = Sending.objects.get().refusals
    assert sentence.startswith("Le bilan a changé pendant qu’il partait")
    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("draft", 0)


def test_what_would_leave_is_the_file_that_is_made(referent: Client, cast: Cast) -> None:
    SubmissionFactory(convention=ConventionFactory(company=cast.company), validated=True, answers={"REC-02": 5})
    ConventionFactory(company=cast.rival_company)

    leaving = referent.get(f"{BILAN}.ods?depart")
    run()

    # The campaign still takes answers: a draft and what would leave are two values, and two files.
    assert (leaving.status_code, referent.get(f"{BILAN}.ods?depart").status_code) == (202, 200)
    assert referent.get(f"{BILAN}.ods").status_code == 202


def test_the_partners_of_others_are_out_of_reach(referent: Client, cast: Cast) -> None:
    own, foreign = PartnerFactory(), PartnerFactory(department=cast.other_company.department)

    actions.change_partners(Bilan.objects.get(), written=[], removed=[own, foreign], by=cast.referent)

    assert list(Partner.objects.values_list("pk", flat=True)) == [foreign.pk]


def test_the_examples_of_others_are_out_of_reach(referent: Client, cast: Cast) -> None:
    def told(**facts: Any) -> ActionExample:
        return ActionExampleFactory(submission=SubmissionFactory(validated=True, **facts), in_bilan=True)

    own, foreign = told(convention__company=cast.company), told(convention__company=cast.other_company)
    told_elsewhere = PrefectureExample.objects.create(
        department_id="62", semester=S2_2019, axis="former", title="Un autre semestre", text="Rien."
    )

    actions.set_examples(
        Bilan.objects.get(), chosen=[], publishable=[foreign.pk], written=[], removed=[told_elsewhere], by=cast.referent
    )

    rows = ActionExample.objects.values_list("pk", "in_bilan", "publishable").order_by("pk")
    assert list(rows) == [(own.pk, False, False), (foreign.pk, True, False)]
    assert PrefectureExample.objects.filter(pk=told_elsewhere.pk).exists()
