"""What is told without moving: who, when, why; and nobody acts on what their scope does not hold, view or no view."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from conventions.actions import campaigns
from conventions.actions import conventions as drawing
from conventions.actions import submissions as collecting
from conventions.models import ConventionLog, Target
from indicators.specs import Axis
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    ConventionFactory,
    SubmissionFactory,
)
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongRole, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
START = date(2022, 2, 8)


def told(row: Any) -> list[tuple[str, str, str, str, str]]:  # Any: a convention, a submission
    lines = row.logs.select_related("by")
    return [(line.past, line.from_state, line.to_state, line.by.email, line.comment) for line in lines]


def test_what_changes_in_a_draft_is_told(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)

    drawing.set_targets(draft, targets={("REC-02", 1): Decimal(3)}, at=AT, by=cast.referent)
    commitment = drawing.add_specific_commitment(
        draft, label="Prêter une salle", unit="jours", target=Decimal(3), at=AT, by=cast.referent
    )
    drawing.remove_specific_commitment(commitment, at=AT, by=cast.referent)
    drawing.revise(draft, starts_on=START, axes=list(Axis), axes_reason="", charter=None, at=AT, by=cast.referent)

    assert told(draft) == [
        ("Objectifs modifiés", "draft", "draft", "referent@example.org", ""),
        ("Engagement spécifique ajouté", "draft", "draft", "referent@example.org", "Prêter une salle"),
        ("Engagement spécifique retiré", "draft", "draft", "referent@example.org", "Prêter une salle"),
        ("Cadre modifié", "draft", "draft", "referent@example.org", ""),
    ]


def test_what_it_was_before_is_told(cast: Cast) -> None:
    charter = cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))
    draft = ConventionFactory(company=cast.company, draft=True, axes=[Axis.SENSIBILISER, Axis.RECRUTER])
    revise = partial(drawing.revise, draft, starts_on=draft.starts_on, axes_reason="", at=AT, by=cast.referent)

    drawing.set_targets(draft, targets={("REC-02", 1): Decimal(3)}, at=AT, by=cast.referent)
    drawing.set_targets(draft, targets={("REC-02", 1): Decimal(3)}, at=AT, by=cast.referent)
    drawing.set_targets(draft, targets={("REC-02", 1): Decimal("4.5"), ("REC-06", 3): None}, at=AT, by=cast.referent)
    drawing.set_targets(draft, targets={("REC-02", 1): None}, at=AT, by=cast.referent)
    revise(axes=list(Axis), charter=charter)
    revise(axes=list(Axis), charter=None)

    assert [line.detail for line in draft.logs.all()] == [
        "REC-02, année 1\u00a0: 12 → 3",
        "REC-02, année 1\u00a0: 3 → 4,5",
        "REC-02, année 1\u00a0: 4,5 → non renseigné",
        "motif du choix des axes\u00a0: Premier engagement, sur les axes du métier. → non renseigné\u00a0; "
        "axes\u00a0: Sensibiliser, Recruter → Sensibiliser, Former, Recruter, Acheter\u00a0; "
        "charte\u00a0: Charte CEQ-7",
        "charte\u00a0: Charte CEQ-7 → non renseigné",
    ]


def test_a_delay_is_told_with_its_reason(cast: Cast) -> None:
    submission = SubmissionFactory(convention__company=cast.company)

    collecting.extend(submission, until=date(2019, 9, 30), reason=" Inondation. ", at=AT, by=cast.referent)

    assert told(submission) == [("Délai accordé", "draft", "draft", "referent@example.org", "Inondation.")]
    assert submission.logs.get().detail == "délai accordé jusqu’au\u00a0: 30/09/2019\u00a0; Inondation."


def test_an_act_refused_is_not_told_and_changes_nothing(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)

    with pytest.raises(WrongRole, match="« Modifier les objectifs »"):
        drawing.set_targets(draft, targets={("REC-02", 1): Decimal(99)}, at=AT, by=cast.lecteur)

    assert (told(draft), Target.objects.filter(value=99).count()) == ([], 0)


def test_an_act_demands_its_reason(cast: Cast) -> None:
    submission = SubmissionFactory(convention__company=cast.company)

    with pytest.raises(TransitionRefused, match="L’action « Accorder un délai » demande un motif"):
        record(submission, "prolonger", at=AT, by=cast.referent, reason="  ")


@pytest.mark.parametrize(
    ("line", "constraint"),
    [
        ({"transition": "fixer", "from_state": "draft", "to_state": "signed"}, "convention_log_declared_transition"),
        ({"transition": "inventer", "from_state": "draft", "to_state": "draft"}, "convention_log_declared_transition"),
    ],
)
def test_the_database_refuses_an_act_that_moves_or_that_nobody_declared(
    cast: Cast, line: dict[str, str], constraint: str
) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ConventionLog.objects.create(convention=draft, at=AT, by=cast.referent, **line)


def test_the_same_action_is_done_by_whoever_follows_the_row(cast: Cast) -> None:
    submission = SubmissionFactory(convention__company=cast.company, transmitted=True)

    assert collecting.validate(submission, at=AT, by=cast.referent).state == "validated"


def test_only_the_agency_plans_a_campaign(cast: Cast) -> None:
    with pytest.raises(WrongRole, match="« Changer les dates »"):
        campaigns.plan(
            S1_2019,
            opens_on=date(2019, 7, 1),
            due_on=date(2019, 7, 31),
            locks_on=date(2019, 9, 30),
            at=AT,
            by=cast.referent,
        )


def test_what_was_deleted_meanwhile_is_said(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)
    drawing.drop(draft, at=AT, by=cast.referent)

    with pytest.raises(WrongState, match="supprimé par quelqu’un d’autre"), transaction.atomic():
        locked(draft, by=cast.referent)


@pytest.mark.parametrize(
    ("actor", "capacity"),
    [
        ("referent", "referent"),
        ("lecteur", "lecteur"),
        ("animateur", "animateur"),
        ("member", "administrateur"),
        ("contributor", "contributeur"),
        ("other_referent", ""),
        ("rival", ""),
        ("cget", ""),
        ("deactivated", ""),
        ("no_role", ""),
    ],
)
def test_capacity_is_empty_outside_ones_scope(cast: Cast, actor: str, capacity: str) -> None:
    assert cast.company.acting_as(getattr(cast, actor)) == capacity


def test_the_lock_asks_its_row_and_its_scope_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = SubmissionFactory(convention__company=cast.company)

    with transaction.atomic(), django_assert_num_queries(1):
        assert locked(submission, by=cast.referent) == submission
