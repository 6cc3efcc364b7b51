"""Actions: ready, signed, terminated, renewed; a refusal changes nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail

from accounts.models import OutgoingMail
from conventions.actions import conventions as actions
from conventions.actions import submissions as collecting
from conventions.models import Convention, ConventionLog, Submission
from indicators.models import CatalogueVersion
from indicators.specs import Axis
from territories.semester import Semester
from tests.conventions.drafting_helpers import AT, START, create, log, targets
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    MembershipFactory,
    SubmissionFactory,
    UserFactory,
)
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState


@pytest.fixture
def referent(db):
    return UserFactory(referent=True)


def test_prepare_lists_all_that_is_missing(referent):
    convention = create(CompanyFactory(), referent, axes=[Axis.RECRUTER, Axis.FORMER])

    with pytest.raises(Incomplete) as refusal:
        actions.prepare(convention, at=AT, by=referent)

    assert refusal.value.reasons == (
        "Indiquez pourquoi seuls certains axes sont retenus.",
        "Fixez au moins un objectif pour l’axe « Former ».",
        "Fixez au moins un objectif pour l’axe « Recruter ».",
    )


def test_prepare_demands_four_axes_of_a_large_company(referent):
    convention = create(CompanyFactory(category="GE"), referent, axes=[Axis.RECRUTER], axes_reason="Motif.")
    actions.set_targets(convention, targets={("REC-02", 1): Decimal(0)}, at=AT, by=referent)

    with pytest.raises(Incomplete) as refusal:
        actions.prepare(convention, at=AT, by=referent)

    assert refusal.value.reasons == (
        "Une ETI ou une grande entreprise s’engage sur les quatre axes (circulaire, annexe 2 §2).",
    )


def test_prepare_demands_an_axis(referent):
    convention = create(CompanyFactory(), referent, axes=[])

    assert convention.missing_to_prepare() == ["Choisissez au moins un axe."]


def test_prepare_then_resume(referent):
    convention = ConventionFactory(draft=True, axes=["recruter"])

    actions.prepare(convention, at=AT, by=referent)
    actions.resume(convention, at=AT, by=referent)

    convention.refresh_from_db()
    assert convention.state == "draft"
    assert log(convention) == [("preparer", "draft", "ready", ""), ("reprendre", "ready", "draft", "")]


def test_a_lecteur_prepares_nothing():
    convention = ConventionFactory(draft=True, axes=["recruter"])

    with pytest.raises(WrongRole):
        actions.prepare(convention, at=AT, by=UserFactory(lecteur=True))

    assert ConventionLog.objects.count() == 0


def test_sign_opens_the_submissions_and_tells_the_administrators(referent, django_capture_on_commit_callbacks):
    convention = ConventionFactory(ready=True, axes=["recruter"])
    administrator = MembershipFactory(company=convention.company).user
    MembershipFactory(company=convention.company, contributor=True)
    CampaignFactory()

    with django_capture_on_commit_callbacks(execute=True):
        actions.sign(convention, on=START, place="  Arras ", at=AT, by=referent)

    convention.refresh_from_db()
    assert (convention.state, convention.signed_on, convention.signed_at) == ("signed", START, "Arras")
    assert [str(item.semester) for item in Submission.objects.all()] == ["2019-S1"]
    assert [message.to for message in mail.outbox] == [[administrator.email]]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "place", "sentence"),
    [
        (
            date(2019, 2, 9),
            "Arras",
            "Le 09/02/2019 ne peut pas être le jour de la signature\u00a0: elle a eu lieu entre le 08/02/2018 et le "
            "08/02/2019. Vérifiez la date.",
        ),
        (START, "  ", "Indiquez la date et le lieu de signature."),
    ],
)
def test_sign_refuses_and_changes_nothing(referent, on, place, sentence):
    convention = ConventionFactory(ready=True, axes=["recruter"])

    with pytest.raises(TransitionRefused) as refusal:
        actions.sign(convention, on=on, place=place, at=AT, by=referent)

    convention.refresh_from_db()
    assert refusal.value.reasons == (sentence,)
    assert Convention.objects.filter(pk=convention.pk, state="ready", signed_on=None).exists()
    assert OutgoingMail.objects.count() == 0


def test_sign_refuses_a_day_after_the_end(referent):
    convention = ConventionFactory(ready=True, axes=["recruter"])

    with pytest.raises(TransitionRefused, match="entre le 08/02/2018 et le 07/02/2022"):
        actions.sign(
            convention, on=date(2022, 2, 8), place="Arras", at=datetime(2022, 3, 1, 9, tzinfo=UTC), by=referent
        )


def test_terminate_ends_before_time_with_a_reason(referent):
    convention = ConventionFactory()

    actions.terminate(convention, on=date(2019, 12, 31), comment=" Fermeture du site. ", at=AT, by=referent)

    convention.refresh_from_db()
    assert (convention.state, convention.terminated_on) == ("terminated", date(2019, 12, 31))
    assert convention.effective_end == date(2019, 12, 31)
    assert log(convention) == [("resilier", "signed", "terminated", "Fermeture du site.")]


def test_terminate_takes_away_the_later_forms_that_nobody_touched(referent):
    convention = ConventionFactory()
    for year, half, saves in ((2019, 2, 0), (2020, 1, 0), (2020, 2, 3)):
        SubmissionFactory(convention=convention, campaign__semester=Semester(year, half), version=saves)
    extended = SubmissionFactory(convention=convention, campaign__semester=Semester(2021, 1))
    collecting.extend(extended, until=date(2021, 12, 1), reason="Sinistre.", at=AT, by=referent)

    actions.terminate(convention, on=date(2019, 12, 31), comment="Fermeture.", at=AT, by=referent)

    left = convention.submissions.order_by("semester").values_list("semester", flat=True)
    assert list(map(str, left)) == ["2019-S2", "2020-S2", "2021-S1"]


@pytest.mark.parametrize("on", [date(2019, 2, 7), date(2022, 2, 8)])
def test_terminate_only_while_it_runs(referent, on):
    with pytest.raises(TransitionRefused, match="entre le 08/02/2019 et le 07/02/2022"):
        actions.terminate(ConventionFactory(), on=on, comment="Motif.", at=AT, by=referent)


def test_terminate_demands_a_reason(referent):
    with pytest.raises(Incomplete, match="demande un commentaire"):
        actions.terminate(ConventionFactory(), on=date(2019, 12, 31), comment="  ", at=AT, by=referent)


def test_renew_draws_up_what_follows(referent):
    convention = ConventionFactory()

    renewal = actions.renew(convention, at=AT, by=referent)

    assert (renewal.starts_on, renewal.ends_on) == (date(2022, 2, 8), date(2025, 2, 7))
    assert (renewal.state, renewal.renews, renewal.reference) == ("draft", convention, "PAQTE-62-2022-001")
    assert renewal.signed_axes() == [Axis.FORMER, Axis.RECRUTER]
    assert targets(renewal) == []


def test_a_renewal_takes_the_catalogue_in_force_on_its_first_day(referent):
    for code, published_on in (("paqte-2022", date(2022, 2, 8)), ("paqte-2023", date(2022, 2, 9))):
        CatalogueVersion.objects.create(code=code, published_on=published_on)
    convention = ConventionFactory()

    renewal = actions.renew(convention, at=AT, by=referent)

    assert (convention.catalogue_id, renewal.catalogue_id) == ("paqte-2018", "paqte-2022")


def test_a_new_convention_takes_the_catalogue_in_force_on_its_first_day(referent):
    CatalogueVersion.objects.create(code="paqte-2022", published_on=START + timedelta(days=1))

    assert create(CompanyFactory(), referent).catalogue_id == "paqte-2018"
    assert create(CompanyFactory(), referent, starts_on=START + timedelta(days=1)).catalogue_id == "paqte-2022"


def test_renew_once_and_only_what_is_signed(referent):
    convention = ConventionFactory()
    actions.renew(convention, at=AT, by=referent)

    with pytest.raises(WrongState, match="déjà préparé"):
        actions.renew(convention, at=AT, by=referent)
    with pytest.raises(WrongState, match="Seule une convention signée"):
        actions.renew(ConventionFactory(draft=True), at=AT, by=referent)


def test_nothing_is_renewed_over_the_convention_that_follows(referent):
    convention = ConventionFactory(starts_on=date(2019, 2, 8))
    ConventionFactory(company=convention.company, draft=True, starts_on=date(2025, 2, 7))

    with pytest.raises(WrongState, match="du 07/02/2025 au 06/02/2028"):
        actions.renew(convention, at=AT, by=referent)
