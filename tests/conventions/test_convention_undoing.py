"""Contradictions are not signed; a signature is taken back while nothing left; a draft is deleted: seen first."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import OutgoingMail, User
from conventions.actions import conventions as actions
from conventions.actions.conventions import StakeChanged
from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Convention, ConventionLog, Result, Submission
from conventions.selectors.stake import stake_of
from indicators.specs import Axis
from reporting.actions import transmit
from tests.cast import Cast
from tests.factories import (
    ActionExampleFactory,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    MembershipFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.filing import blank_pdf
from tests.pages import page, post, text
from workflows.tables import Incomplete, WrongRole, WrongState

pytestmark = pytest.mark.usefixtures("today")

AT = datetime(2019, 9, 15, 8, tzinfo=UTC)
TWENTY_OF_TEN = {("REC-01", 1): 10, ("REC-02", 1): 20}
CONTRADICTION = (
    "Année 1\u00a0: Recrutements de résidents de QPV (REC-02)\u00a0: 20 dépasse «\u00a0Recrutements\u00a0» (REC-01), "
    "qui vaut 10 et dont c’est une partie. Corrigez l’un des deux."
)


@pytest.fixture
def today(settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)


def signed(cast: Cast, **fields: Any) -> Convention:
    """Signed by the portal itself, on « recruter »."""
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"], **fields)
    actions.sign(ready, on=date(2019, 2, 8), place="Arras", at=AT, by=cast.referent)
    convention: Convention = Convention.objects.get(pk=ready.pk)
    return convention


def cancel(convention: Convention, by: User, **more: Any) -> list[User]:
    fields: dict[str, Any] = {"comment": "Mauvaise entreprise.", "read": stake_of(convention).token, "at": AT} | more
    return actions.cancel_signature(convention, by=by, **fields)


def test_targets_that_contradict_each_other_are_missing(cast: Cast):
    draft = ConventionFactory(company=cast.company, draft=True, axes=["recruter"], targets=TWENTY_OF_TEN)
    ready = ConventionFactory(
        company=cast.company, ready=True, axes=["recruter"], targets=TWENTY_OF_TEN, starts_on=date(2022, 2, 8)
    )

    with pytest.raises(Incomplete) as preparing:
        actions.prepare(draft, at=AT, by=cast.referent)
    with pytest.raises(Incomplete) as signing:
        actions.sign(ready, on=date(2021, 3, 1), place="Arras", at=datetime(2021, 3, 2, tzinfo=UTC), by=cast.referent)
    seen = text(page(cast.referent, "convention_detail", draft.pk))

    assert preparing.value.reasons == signing.value.reasons == (CONTRADICTION,)
    assert seen.count("20 dépasse") == 1
    assert "Il manque encore" in seen


def test_the_signature_says_who_was_told(cast: Cast):
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])
    alone = ConventionFactory(ready=True, axes=["recruter"])
    signature = {"signed_on": "2019-02-08", "place": "Arras"}
    before = [text(page(cast.referent, "convention_sign", row.pk)) for row in (ready, alone)]

    told = post(cast.referent, "convention_sign", ready.pk, **signature)
    nobody = post(cast.referent, "convention_sign", alone.pk, **signature)

    name = cast.member.get_full_name()
    assert f"Un courriel prévient {name}." in before[0]
    assert "Personne n’en est prévenu" in before[1]
    assert f"La signature est enregistrée. Un courriel prévient {name}." in message(told)
    assert "Personne n’en est prévenu" in message(nobody)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [cast.member.email]


def message(response: Any) -> str:
    """What the next page will say."""
    return "".join(response.wsgi_request._messages._queued_messages[0].message)


def test_cancelling_takes_the_expected_submissions_away_and_tells_why(cast: Cast):
    CampaignFactory()
    convention = signed(cast)
    OutgoingMail.objects.all().delete()

    told = cancel(convention, cast.referent)

    convention.refresh_from_db()
    assert (convention.state, convention.signed_on, convention.signed_at) == ("ready", None, "")
    assert not Submission.objects.exists()
    line = ConventionLog.objects.get(transition="annuler")
    assert (line.from_state, line.to_state) == ("signed", "ready")
    assert (line.comment, line.by) == ("Mauvaise entreprise.", cast.referent)
    mail = OutgoingMail.objects.get()
    assert (told, mail.to) == ([cast.member], cast.member.email)
    assert "annule la signature" in mail.body
    assert "Motif\u00a0: Mauvaise entreprise." in mail.body
    assert f"http://testserver/conventions/{convention.pk}/" in mail.body
    assert page(cast.member, "convention_detail", convention.pk).status_code == 200


def test_a_cancelled_signature_is_recorded_again(cast: Cast):
    CampaignFactory()
    convention = signed(cast)
    cancel(convention, cast.referent)

    actions.sign(convention, on=date(2019, 3, 1), place="Lens", at=AT, by=cast.referent)

    assert Submission.objects.get().state == "draft"
    assert Convention.objects.get().signed_at == "Lens"


def test_nothing_typed_is_lost_unseen(cast: Cast):
    CampaignFactory()
    convention = signed(cast)
    read = stake_of(convention).token
    submission = Submission.objects.get()
    result = submission.results.first()
    assert result is not None
    typed = {result.pk: Answer(Result.Status.VALUE, Decimal(3))}
    save_results([Saving(submission, typed, version=0)], by=cast.member, on=date(2019, 7, 15))

    with pytest.raises(StakeChanged):
        cancel(convention, cast.referent, read=read)
    refused = post(cast.referent, "convention_cancel", convention.pk, comment="Erreur.", read=read)

    convention.refresh_from_db()
    assert (convention.state, Submission.objects.count()) == ("signed", 1)
    assert refused.status_code == 409
    assert "l’entreprise y a saisi 1 réponse<" in text(refused)
    assert "Erreur.</textarea>" in text(refused)
    assert refused.context["stake"].token == stake_of(convention).token != read


def test_the_page_says_what_is_lost_and_cancels(cast: Cast):
    submission = SubmissionFactory(convention=ConventionFactory(company=cast.company), answers={"REC-01": 5})
    ActionExampleFactory(submission=submission)
    convention = submission.convention

    seen = page(cast.referent, "convention_cancel", convention.pk)
    unexplained = post(cast.referent, "convention_cancel", convention.pk, comment=" ", read=seen.context["stake"].token)
    done = post(cast.referent, "convention_cancel", convention.pk, comment="Erreur.", read=seen.context["stake"].token)

    assert "l’entreprise y a saisi 1 réponse et 1 exemple<" in text(seen)
    assert unexplained.status_code == 422
    assert done.url == convention.get_absolute_url()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("state", ["transmitted", "validated", "returned"])
def test_figures_that_left_hold_the_signature(cast: Cast, state: str):
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention, **{state: True})

    with pytest.raises(Incomplete, match="Une remontée a déjà été transmise"):
        cancel(convention, cast.referent)

    assert page(cast.referent, "convention_cancel", convention.pk).status_code == 409
    assert "Annuler la signature" not in text(page(cast.referent, "convention_detail", convention.pk))


def test_a_bilan_that_counts_it_holds_the_signature(cast: Cast):
    convention = signed(cast)
    bilan = BilanFactory(department=cast.company.department)
    at = datetime(2019, 9, 16, 8, tzinfo=UTC)
    transmit(bilan, at=at, by=cast.referent, render=blank_pdf, sending_note="Elle ne répond pas.")

    with pytest.raises(Incomplete, match="Un bilan transmis la compte déjà"):
        cancel(convention, cast.referent)


def test_a_bilan_sent_before_the_signature_does_not(cast: Cast):
    bilan = BilanFactory(department=cast.company.department)
    transmit(bilan, at=datetime(2019, 9, 14, 8, tzinfo=UTC), by=cast.referent, render=blank_pdf)

    cancel(signed(cast), cast.referent)

    assert Convention.objects.get().state == "ready"


def test_a_renewal_holds_the_signature_until_it_is_deleted(cast: Cast):
    convention = signed(cast)
    renewal = actions.renew(convention, at=AT, by=cast.referent)

    with pytest.raises(Incomplete, match=f"Son renouvellement {renewal.reference} est préparé"):
        cancel(convention, cast.referent)
    actions.drop(renewal, at=AT, by=cast.referent)
    cancel(convention, cast.referent)

    assert Convention.objects.get().state == "ready"


def test_a_company_that_was_typing_is_told_that_it_is_gone(cast: Cast):
    CampaignFactory()
    convention = signed(cast)
    submission = Submission.objects.get()
    cancel(convention, cast.referent)

    with pytest.raises(WrongState, match="vient d’être supprimé"):
        save_results([Saving(submission, {}, version=0)], by=cast.member, on=date(2019, 7, 15))


def test_a_deleted_draft_leaves_its_number_and_its_journal(cast: Cast):
    charter = cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))
    draft = actions.create(
        company=cast.company,
        starts_on=date(2019, 2, 8),
        axes=list(Axis),
        charter=charter,
        at=AT,
        by=cast.referent,
    )
    SpecificCommitmentFactory(convention=draft)

    seen = text(page(cast.referent, "convention_drop", draft.pk))
    done = post(cast.referent, "convention_drop", draft.pk)
    again = actions.create(
        company=cast.company,
        starts_on=date(2019, 3, 1),
        axes=list(Axis),
        charter=charter,
        at=AT,
        by=cast.referent,
    )

    assert "Prêter une salle aux associations du quartier" in seen
    assert done.url == "/conventions/"
    assert page(cast.referent, "convention_detail", draft.pk).status_code == 404
    assert (draft.reference, again.reference) == ("PAQTE-62-2019-001", "PAQTE-62-2019-002")
    assert list(Convention.objects.all()) == [again]
    assert list(cast.company.conventions.all()) == [again]
    kept = Convention.everything.get(pk=draft.pk)
    assert (kept.state, kept.charter, kept.axes.count(), kept.specific_commitments.count()) == ("dropped", None, 0, 0)
    assert [line.transition for line in kept.logs.all()] == ["creer", "supprimer"]


def test_what_was_signed_once_is_not_deleted(cast: Cast):
    convention = signed(cast)
    cancel(convention, cast.referent)
    actions.resume(convention, at=AT, by=cast.referent)

    with pytest.raises(Incomplete, match="elle reste au registre"):
        actions.drop(convention, at=AT, by=cast.referent)

    assert page(cast.referent, "convention_drop", convention.pk).status_code == 409
    assert "Supprimer le brouillon" not in text(page(cast.referent, "convention_detail", convention.pk))


@pytest.mark.parametrize("state", ["ready", "signed", "terminated"])
def test_only_a_draft_is_deleted(cast: Cast, state: str):
    convention = ConventionFactory(company=cast.company, **({} if state == "signed" else {state: True}))

    with pytest.raises(WrongState):
        actions.drop(convention, at=AT, by=cast.referent)


@pytest.mark.parametrize("actor", ["lecteur", "member", "animateur", "cget"])
def test_only_the_referent_undoes(cast: Cast, actor: str):
    with pytest.raises(WrongRole):
        cancel(ConventionFactory(company=cast.company), getattr(cast, actor))
    with pytest.raises(WrongRole):
        actions.drop(
            ConventionFactory(company=cast.company, draft=True, starts_on=date(2022, 2, 8)),
            at=AT,
            by=getattr(cast, actor),
        )


def test_told_names_several(cast: Cast):
    other = MembershipFactory(company=cast.company, user=UserFactory(first_name="Ana")).user
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])

    told = actions.sign(ready, on=date(2019, 2, 8), place="Arras", at=AT, by=cast.referent)

    assert set(told) == {cast.member, other}
