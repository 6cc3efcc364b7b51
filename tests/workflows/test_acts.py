"""What is told without moving: who, when, why; and nobody acts on what their scope does not hold, view or no view."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from companies.actions.members import change_role, remove_member
from companies.actions.signatories import record_charter, register
from conventions.actions import campaigns
from conventions.actions import conventions as drawing
from conventions.actions import submissions as collecting
from conventions.models import ConventionLog
from indicators.specs import Axis
from reporting import actions as writing
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    BilanFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
)
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongRole, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
START = date(2022, 2, 8)


def told(row: Any) -> list[tuple[str, str, str, str, str]]:  # Any: a convention, a submission
    lines = row.logs.select_related("by")
    return [(line.label, line.from_state, line.to_state, line.by.email, line.comment) for line in lines]


def test_what_changes_in_a_draft_is_told(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)

    drawing.set_targets(draft, targets={("REC-02", 1): Decimal(3)}, at=AT, by=cast.referent)
    commitment = drawing.add_specific_commitment(
        draft, label="Prêter une salle", unit="jours", target=Decimal(3), at=AT, by=cast.referent
    )
    drawing.remove_specific_commitment(commitment, at=AT, by=cast.referent)
    drawing.revise(draft, starts_on=START, axes=list(Axis), axes_reason="", charter=None, at=AT, by=cast.referent)

    assert told(draft) == [
        ("Modifier les objectifs", "draft", "draft", "referent@example.org", ""),
        ("Ajouter un engagement spécifique", "draft", "draft", "referent@example.org", "Prêter une salle"),
        ("Retirer un engagement spécifique", "draft", "draft", "referent@example.org", "Prêter une salle"),
        ("Modifier le cadre", "draft", "draft", "referent@example.org", ""),
    ]


def test_a_delay_is_told_with_its_reason(cast: Cast) -> None:
    submission = SubmissionFactory(convention__company=cast.company)

    collecting.extend(submission, until=date(2019, 9, 30), reason=" Inondation. ", at=AT, by=cast.referent)

    assert told(submission) == [("Accorder un délai", "draft", "draft", "referent@example.org", "Inondation.")]


def test_an_act_refused_is_not_told_and_changes_nothing(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True)

    with pytest.raises(WrongRole, match="« Modifier les objectifs »"):
        drawing.set_targets(draft, targets={("REC-02", 1): Decimal(99)}, at=AT, by=cast.lecteur)

    assert (told(draft), draft.targets.filter(value=99).count()) == ([], 0)


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


def a_submission(cast: Cast, **state: bool) -> Any:  # Any: a factory's row
    return SubmissionFactory(convention__company=cast.company, **state)


def a_draft(cast: Cast, **fields: Any) -> Any:  # Any: a factory's fields and row
    return ConventionFactory(company=cast.company, **{"draft": True, **fields})


ELSEWHERE: dict[str, Callable[[Cast, User], object]] = {
    "validate": lambda cast, by: collecting.validate(a_submission(cast, transmitted=True), at=AT, by=by),
    "send_back": lambda cast, by: collecting.send_back(
        a_submission(cast, transmitted=True), corrections={1: "À revoir."}, comment="Non.", at=AT, by=by
    ),
    "reopen": lambda cast, by: collecting.reopen(
        a_submission(cast, validated=True), corrections={1: "À revoir."}, comment="Non.", at=AT, by=by
    ),
    "extend": lambda cast, by: collecting.extend(
        a_submission(cast), until=date(2019, 9, 30), reason="Inondation.", at=AT, by=by
    ),
    "transmit": lambda cast, by: collecting.transmit(a_submission(cast), at=AT, by=by),
    "create": lambda cast, by: drawing.create(company=cast.company, starts_on=START, axes=list(Axis), at=AT, by=by),
    "revise": lambda cast, by: drawing.revise(
        a_draft(cast), starts_on=START, axes=list(Axis), axes_reason="", charter=None, at=AT, by=by
    ),
    "set_targets": lambda cast, by: drawing.set_targets(a_draft(cast), targets={}, at=AT, by=by),
    "add_specific_commitment": lambda cast, by: drawing.add_specific_commitment(
        a_draft(cast), label="Prêter", unit="jours", target=Decimal(1), at=AT, by=by
    ),
    "remove_specific_commitment": lambda cast, by: drawing.remove_specific_commitment(
        SpecificCommitmentFactory(convention=a_draft(cast)), at=AT, by=by
    ),
    "prepare": lambda cast, by: drawing.prepare(a_draft(cast), at=AT, by=by),
    "resume": lambda cast, by: drawing.resume(a_draft(cast, draft=False, ready=True), at=AT, by=by),
    "sign": lambda cast, by: drawing.sign(
        a_draft(cast, draft=False, ready=True), on=date(2019, 2, 8), place="Arras", at=AT, by=by
    ),
    "cancel_signature": lambda cast, by: drawing.cancel_signature(
        a_draft(cast, draft=False), comment="Erreur.", read="", at=AT, by=by
    ),
    "drop": lambda cast, by: drawing.drop(a_draft(cast), at=AT, by=by),
    "terminate": lambda cast, by: drawing.terminate(
        a_draft(cast, draft=False), on=date(2020, 2, 8), comment="Fermeture.", at=AT, by=by
    ),
    "renew": lambda cast, by: drawing.renew(a_draft(cast, draft=False), at=AT, by=by),
    "start": lambda cast, by: writing.start(department=cast.company.department, semester=S1_2019, at=AT, by=by),
    "write": lambda cast, by: writing.write(BilanFactory(), by=by, strategy="La nôtre."),
    "change_partners": lambda cast, by: writing.change_partners(BilanFactory(), written=[], by=by),
    "choose_examples": lambda cast, by: writing.choose_examples(BilanFactory(), chosen=[], by=by),
    "rectify": lambda cast, by: writing.rectify(BilanFactory(), at=AT, by=by),
    "transmit the bilan": lambda cast, by: writing.transmit(BilanFactory(), at=AT, by=by, render=lambda _data: b""),
    "register": lambda cast, by: register(cast.company, by=by),
    "record_charter": lambda cast, by: record_charter(
        cast.company, reference="CEQ-1", signed_on=date(2014, 3, 1), by=by
    ),
    "remove_member": lambda cast, by: remove_member(cast.contributor.memberships.get(), at=AT, by=by),
    "change_role": lambda cast, by: change_role(
        cast.contributor.memberships.get(),
        role=cast.member.memberships.get().role,  # type: ignore[arg-type]  # the column holds the value
        at=AT,
        by=by,
    ),
}


@pytest.mark.parametrize("actor", ["other_referent", "other_member", "rival", "cget", "deactivated"])
@pytest.mark.parametrize("action", list(ELSEWHERE))
def test_nobody_acts_where_their_scope_does_not_reach(cast: Cast, action: str, actor: str) -> None:
    with pytest.raises(WrongRole):
        ELSEWHERE[action](cast, getattr(cast, actor))


def test_the_same_action_is_done_by_whoever_follows_the_row(cast: Cast) -> None:
    submission = a_submission(cast, transmitted=True)

    assert collecting.validate(submission, at=AT, by=cast.referent).state == "validated"


def test_only_the_agency_plans_a_campaign(cast: Cast) -> None:
    with pytest.raises(WrongRole, match="Seul un agent du CGET"):
        campaigns.plan(
            S1_2019,
            opens_on=date(2019, 7, 1),
            due_on=date(2019, 7, 31),
            locks_on=date(2019, 9, 30),
            by=cast.referent,
        )


def test_what_was_deleted_meanwhile_is_said(cast: Cast) -> None:
    draft = a_draft(cast)
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
    submission = a_submission(cast)

    with transaction.atomic(), django_assert_num_queries(1):
        assert locked(submission, by=cast.referent) == submission
