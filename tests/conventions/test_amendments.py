"""An avenant adds a set of targets to a signed convention: a day, a coded reason, the journal and a mail."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import OutgoingMail, User
from conventions.actions.amendments import amend
from conventions.models import AmendmentReason, Convention, Target, TargetSet
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    MembershipFactory,
    SubmissionFactory,
    UserFactory,
)
from workflows.tables import TransitionRefused, WrongRole, WrongState

pytestmark = pytest.mark.usefixtures("catalogue")

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
DAY = date(2019, 10, 1)
TWELVE = {("REC-02", 1): 12, ("REC-02", 2): 12, ("REC-02", 3): 12}


@pytest.fixture
def referent(db: None) -> User:
    return UserFactory(referent=True)


@pytest.fixture
def convention(catalogue: str) -> Convention:
    return ConventionFactory(axes=["recruter"], targets=TWELVE)


def figures(convention: Convention, on: date) -> list[tuple[str, int, Decimal]]:
    rows = Target.objects.of(convention).in_effect(on=on).order_by("indicator__code", "year")
    return list(rows.values_list("indicator__code", "year", "value"))


def amended(convention: Convention, by: User, *, on: date = DAY, **cells: int | None) -> list[User]:
    """`amended(convention, by, REC_02_2=24)` makes it 24 in year 2."""
    targets = {
        (name[:-2].replace("_", "-"), int(name[-1])): None if value is None else Decimal(value)
        for name, value in cells.items()
    }
    return amend(convention, targets=targets, effective_on=on, reason=AmendmentReason.WORKFORCE, at=AT, by=by)


def test_an_avenant_counts_from_its_day_and_leaves_what_was_before(convention: Convention, referent: User) -> None:
    amended(convention, referent, REC_02_2=24, REC_02_3=None, REC_06_2=40)

    assert figures(convention, date(2019, 9, 30)) == [
        ("REC-02", 1, Decimal(12)),
        ("REC-02", 2, Decimal(12)),
        ("REC-02", 3, Decimal(12)),
    ]
    assert figures(convention, DAY) == [
        ("REC-02", 1, Decimal(12)),
        ("REC-02", 2, Decimal(24)),
        ("REC-06", 2, Decimal(40)),
    ]
    assert list(TargetSet.objects.values_list("number", "effective_on", "reason")) == [
        (0, None, ""),
        (1, DAY, "effectif"),
    ]


def test_an_avenant_promises_neither_a_denominator_nor_a_figure_out_of_reach(
    convention: Convention, referent: User
) -> None:
    with pytest.raises(TransitionRefused, match="ne reçoivent pas d’objectif\u00a0: REC-01"):
        amended(convention, referent, REC_01_2=40)
    with pytest.raises(TransitionRefused, match="au plus 100\u202f000 recrutements par entreprise"):
        amended(convention, referent, REC_02_2=10**12)

    assert TargetSet.objects.count() == 1


def test_a_second_avenant_starts_from_the_first(convention: Convention, referent: User) -> None:
    amended(convention, referent, REC_02_2=24)
    amended(convention, referent, on=date(2020, 1, 1), REC_02_3=36)

    assert [value for _, _, value in figures(convention, date(2020, 6, 30))] == [12, 24, 36]
    assert [value for _, _, value in figures(convention, date(2019, 12, 31))] == [12, 24, 12]


def test_the_journal_and_the_company_know(convention: Convention, referent: User) -> None:
    administrator = MembershipFactory(company=convention.company).user

    people = amended(convention, referent, REC_02_2=24)

    line = convention.logs.get()
    mail = OutgoingMail.objects.get()
    assert (line.past, line.comment, line.by) == ("Avenant enregistré", "évolution de l’effectif", referent)
    assert (line.from_state, line.to_state) == ("signed", "signed")
    assert people == [administrator]
    assert mail.subject == f"Convention PAQTE {convention.reference} : avenant n° 1"
    assert "ses objectifs changent à compter du 01/10/2019" in mail.body
    assert "Motif\u00a0: évolution de l’effectif" in mail.body


def test_a_submission_still_open_is_asked_what_is_new(convention: Convention, referent: User) -> None:
    for semester, sent in ((S1_2019, False), (S2_2019, False)):
        SubmissionFactory(
            convention=convention, campaign=CampaignFactory(semester=semester), answers={"REC-02": 3}, transmitted=sent
        )

    amended(convention, referent, REC_08_2=5)

    asked = convention.submissions.filter(results__indicator__code="REC-08")
    assert [str(row.semester) for row in asked] == ["2019-S2"]
    assert convention.submissions.get(semester=S2_2019).results.get(indicator__code="REC-02").value == 3


def test_a_submission_sent_is_left_as_it_was(convention: Convention, referent: User) -> None:
    campaign = CampaignFactory(semester=S2_2019)
    SubmissionFactory(convention=convention, campaign=campaign, answers={"REC-02": 3}, transmitted=True)

    amended(convention, referent, REC_08_2=5)

    assert convention.submissions.get().results.count() == 1


@pytest.mark.parametrize(
    ("on", "cells", "sentence"),
    [
        (date(2019, 2, 8), {"REC_02_2": 24}, "entre le 09/02/2019 et le 07/02/2022"),
        (date(2022, 2, 8), {"REC_02_2": 24}, "entre le 09/02/2019 et le 07/02/2022"),
        (DAY, {}, "Rien ne change"),
        (DAY, {"REC_02_2": 12, "REC_02_1": 12}, "Rien ne change"),
        (DAY, {"SEN_01_2": 4}, "n’appartiennent pas aux axes retenus"),
        (DAY, {"REC_01_2": 3}, "Année 2\u00a0: "),
    ],
)
def test_what_an_avenant_cannot_say(
    convention: Convention, referent: User, on: date, cells: dict[str, int], sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        amended(convention, referent, on=on, **cells)

    assert (TargetSet.objects.count(), convention.logs.count(), OutgoingMail.objects.count()) == (1, 0, 0)


def test_two_avenants_follow_each_other(convention: Convention, referent: User) -> None:
    amended(convention, referent, REC_02_2=24)

    with pytest.raises(TransitionRefused, match="entre le 02/10/2019 et le 07/02/2022"):
        amended(convention, referent, REC_02_2=36)


def test_an_avenant_never_takes_effect_in_a_semester_already_sent(convention: Convention, referent: User) -> None:
    BilanFactory(department=convention.company.department, semester=S1_2019, state="transmitted", transmitted_at=AT)

    with pytest.raises(TransitionRefused, match="l’avenant prend effet après le 30/06/2019"):
        amended(convention, referent, on=date(2019, 6, 30), REC_02_2=24)
    amended(convention, referent, on=date(2019, 7, 1), REC_02_2=24)

    assert TargetSet.objects.count() == 2


@pytest.mark.parametrize("state", ["draft", "ready", "terminated"])
def test_only_what_is_signed_is_amended(referent: User, state: str) -> None:
    with pytest.raises(WrongState, match="Seule une convention signée"):
        amended(ConventionFactory(axes=["recruter"], **{state: True}), referent, REC_02_2=24)


def test_a_lecteur_amends_nothing(convention: Convention) -> None:
    with pytest.raises(WrongRole):
        amended(convention, UserFactory(lecteur=True), REC_02_2=24)


def test_a_signature_that_was_amended_is_not_cancelled(convention: Convention, referent: User) -> None:
    amended(convention, referent, REC_02_2=24)

    assert convention.obstacles_to_cancel() == [
        "Un avenant a changé ses objectifs\u00a0: la signature ne s’annule plus, résiliez la convention."
    ]
