"""Actions: drafts, overlaps, charters, targets, commitments."""

from datetime import date
from decimal import Decimal

import pytest

from companies.actions.signatories import record_charter
from conventions.actions import conventions as actions
from conventions.models import Convention
from indicators.specs import Axis
from tests.conventions.drafting_helpers import ALL, AT, START, create, log, targets
from tests.factories import (
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SpecificCommitmentFactory,
    UserFactory,
)
from workflows.tables import TransitionRefused, WrongState


@pytest.fixture
def referent(db):
    return UserFactory(referent=True)


def test_create_draws_up_a_draft_of_three_years(referent):
    convention = create(CompanyFactory(), referent, axes=[Axis.RECRUTER], axes_reason="  Le cœur du métier. ")

    assert (convention.state, convention.starts_on, convention.ends_on) == ("draft", START, date(2022, 2, 7))
    assert convention.signed_axes() == [Axis.RECRUTER]
    assert convention.axes_reason == "Le cœur du métier."
    assert log(convention) == [("creer", "", "draft", "")]


def test_references_are_numbered_by_departement_and_year(referent):
    nord = DepartmentFactory(nord=True)

    made = [
        create(CompanyFactory(), referent).reference,
        create(CompanyFactory(), referent).reference,
        create(CompanyFactory(department=nord), UserFactory(referent=True, department=nord)).reference,
        create(CompanyFactory(), referent, starts_on=date(2020, 1, 1)).reference,
    ]

    assert made == ["PAQTE-62-2019-001", "PAQTE-62-2019-002", "PAQTE-59-2019-001", "PAQTE-62-2020-001"]


@pytest.mark.parametrize("start", [date(2025, 2, 7), date(2022, 2, 8), date(2019, 2, 9)])
def test_create_refuses_an_overlap(referent, start):
    company = CompanyFactory()
    create(company, referent, starts_on=date(2022, 2, 8))

    with pytest.raises(TransitionRefused) as refusal:
        create(company, referent, starts_on=start)

    assert refusal.value.reasons == (
        "L’entreprise a déjà la convention PAQTE-62-2022-001, du 08/02/2022 au 07/02/2025 : "
        "deux conventions ne peuvent pas se chevaucher.",
    )
    assert Convention.objects.count() == 1


@pytest.mark.parametrize("start", [date(2025, 2, 8), date(2019, 2, 8)])
def test_create_accepts_what_only_touches(referent, start):
    company = CompanyFactory()
    create(company, referent, starts_on=date(2022, 2, 8))

    create(company, referent, starts_on=start)

    assert company.conventions.count() == 2


def test_a_terminated_convention_leaves_room_for_the_next(referent):
    terminated = ConventionFactory(terminated=True)

    create(terminated.company, referent, starts_on=date(2020, 1, 1))

    assert terminated.company.conventions.count() == 2


def test_a_charter_becomes_one_convention(referent):
    company = CompanyFactory()
    charter = record_charter(company, reference="CEQ-2014-7", signed_on=date(2014, 3, 1), at=AT, by=referent)
    create(company, referent, charter=charter)

    with pytest.raises(TransitionRefused) as refusal:
        create(company, referent, starts_on=date(2022, 2, 8), charter=charter)

    assert refusal.value.reasons == ("Charte CEQ-2014-7 : elle est déjà transformée en convention, PAQTE-62-2019-001.",)


def test_revise_changes_the_frame_and_drops_the_targets_of_an_axis_given_up(referent):
    company = CompanyFactory()
    convention = create(company, referent)
    charter = record_charter(company, reference="CEQ-1", signed_on=date(2014, 3, 1), at=AT, by=referent)
    actions.set_targets(convention, targets={("REC-02", 1): Decimal(3), ("ACH-02", 1): Decimal(4)}, at=AT, by=referent)

    revised = actions.revise(
        convention,
        starts_on=date(2019, 3, 1),
        axes=[Axis.FORMER, Axis.ACHETER],
        axes_reason=" Oui. ",
        charter=charter,
        at=AT,
        by=referent,
    )
    actions.revise(
        revised,
        starts_on=date(2019, 3, 1),
        axes=[Axis.FORMER, Axis.ACHETER],
        axes_reason="Oui.",
        charter=charter,
        at=AT,
        by=referent,
    )

    convention.refresh_from_db()
    assert (convention.starts_on, convention.ends_on) == (date(2019, 3, 1), date(2022, 2, 28))
    assert (convention.axes_reason, convention.charter) == ("Oui.", charter)
    assert targets(convention) == [("ACH-02", 1, Decimal(4))]


def test_revise_refuses_an_overlap_and_a_charter_taken(referent):
    company = CompanyFactory()
    charter = record_charter(company, reference="CEQ-1", signed_on=date(2014, 3, 1), at=AT, by=referent)
    create(company, referent, charter=charter)
    other = create(company, referent, starts_on=date(2022, 2, 8))

    with pytest.raises(TransitionRefused, match="se chevaucher"):
        actions.revise(other, starts_on=date(2021, 1, 1), axes=ALL, axes_reason="", charter=None, at=AT, by=referent)
    with pytest.raises(TransitionRefused, match="déjà transformée"):
        actions.revise(other, starts_on=date(2022, 3, 1), axes=ALL, axes_reason="", charter=charter, at=AT, by=referent)


def test_targets_zero_is_kept_and_none_removes(referent):
    convention = create(CompanyFactory(), referent)
    actions.set_targets(
        convention,
        targets={("REC-02", 1): Decimal(3), ("REC-02", 2): Decimal(4), ("REC-02", 3): Decimal(5)},
        at=AT,
        by=referent,
    )

    actions.set_targets(convention, targets={("REC-02", 1): Decimal(0), ("REC-02", 2): None}, at=AT, by=referent)

    assert targets(convention) == [("REC-02", 1, Decimal(0)), ("REC-02", 3, Decimal(5))]


def test_targets_of_another_axis_are_refused(referent):
    convention = create(CompanyFactory(), referent, axes=[Axis.RECRUTER])
    stray = {("ACH-02", 1): Decimal(1), ("REC-02", 1): Decimal(1), ("ZZZ-99", 1): Decimal(1)}

    with pytest.raises(TransitionRefused, match="n’appartiennent pas aux axes retenus : ACH-02, ZZZ-99"):
        actions.set_targets(convention, targets=stray, at=AT, by=referent)

    assert targets(convention) == []


def test_targets_of_what_only_serves_to_compute_are_refused(referent):
    convention = create(CompanyFactory(), referent)

    with pytest.raises(TransitionRefused) as refusal:
        actions.set_targets(
            convention,
            targets={("REC-02", 1): Decimal(1), ("REC-01", 1): Decimal(1), ("ACH-05", 2): None},
            at=AT,
            by=referent,
        )

    assert str(refusal.value) == (
        "Ces indicateurs servent à calculer les parts et ne reçoivent pas d’objectif\u00a0: ACH-05, REC-01."
    )
    assert targets(convention) == []


def test_a_commitment_out_of_reach_is_refused(referent):
    convention = create(CompanyFactory(), referent)

    with pytest.raises(TransitionRefused, match="Visites\u00a0: 100\u202f000\u202f001 est trop grand"):
        actions.add_specific_commitment(
            convention, label="Visites", unit="visites", target=Decimal(100_000_001), at=AT, by=referent
        )


@pytest.mark.parametrize("state", ["ready", "signed", "terminated"])
def test_only_a_draft_changes(referent, state):
    traits = {} if state == "signed" else {state: True}
    convention = ConventionFactory(**traits)
    commitment = SpecificCommitmentFactory(convention=convention)
    words = {"ready": "prête à signer", "signed": "signée", "terminated": "résiliée"}

    for change in (
        lambda: actions.set_targets(convention, targets={("REC-02", 1): Decimal(1)}, at=AT, by=referent),
        lambda: actions.revise(convention, starts_on=START, axes=ALL, axes_reason="", charter=None, at=AT, by=referent),
        lambda: actions.add_specific_commitment(convention, label="a", unit="b", target=Decimal(1), at=AT, by=referent),
        lambda: actions.remove_specific_commitment(commitment, at=AT, by=referent),
    ):
        with pytest.raises(WrongState) as refusal:
            change()
        assert refusal.value.reasons == (
            f"Cette convention est {words[state]} : ses engagements ne se modifient plus.",
        )


def test_specific_commitments_are_for_small_companies(referent):
    small = create(CompanyFactory(category="TPE"), referent)
    large = create(CompanyFactory(category="ETI"), referent)

    commitment = actions.add_specific_commitment(
        small, label="Prêter une salle", unit="jours", target=Decimal(3), at=AT, by=referent
    )
    with pytest.raises(TransitionRefused, match="réservés aux PME et TPE"):
        actions.add_specific_commitment(
            large, label="Prêter une salle", unit="jours", target=Decimal(3), at=AT, by=referent
        )
    actions.remove_specific_commitment(commitment, at=AT, by=referent)

    assert small.specific_commitments.count() == 0


def test_nothing_takes_effect_before_the_programme(referent):
    with pytest.raises(TransitionRefused, match="lancé en 2018\u00a0: vérifiez le 08/02/2015"):
        create(CompanyFactory(), referent, starts_on=date(2015, 2, 8))
    with pytest.raises(TransitionRefused, match="lancé en 2018"):
        actions.revise(
            create(CompanyFactory(), referent),
            starts_on=date(219, 2, 8),
            axes=ALL,
            axes_reason="",
            charter=None,
            at=AT,
            by=referent,
        )
