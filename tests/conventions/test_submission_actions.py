"""What changes a submission, without a page: drafts, versions, journal, mails, delays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import OutgoingMail
from conventions.actions import submissions as actions
from conventions.actions.entry import ExampleDraft, Saving, StaleVersion, save_examples, save_results
from conventions.actions.opening import open_submissions, open_submissions_of
from conventions.answers import Answer
from conventions.models import Convention, Result, Submission
from tests.cast import Cast
from tests.conventions.entry_helpers import ON, result, submission_of
from tests.factories import CampaignFactory, ConventionFactory, SpecificCommitmentFactory, SubmissionFactory
from workflows.tables import Incomplete, TransitionRefused, WrongState

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
VALUE = Result.Status.VALUE


def test_opening_creates_one_blank_row_per_indicator_asked(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company, axes=["former"], targets={("FOR-06", 1): 2})
    SpecificCommitmentFactory(convention=convention)

    created = open_submissions(CampaignFactory(), conventions=Convention.objects.filter(pk=convention.pk))

    rows = convention.submissions.get().results.select_related("indicator", "commitment")
    assert created == 1
    assert [row.code for row in rows if row.indicator] == ["FOR-02", "FOR-03", "FOR-04", "FOR-05", "FOR-06"]
    assert {row.status for row in rows} == {"unanswered"}
    assert [row.label for row in rows if row.commitment] == ["Prêter une salle aux associations du quartier"]


def test_opening_twice_creates_nothing(cast: Cast) -> None:
    campaign, convention = CampaignFactory(), ConventionFactory(company=cast.company)
    open_submissions(campaign, conventions=Convention.objects.filter(pk=convention.pk))

    assert open_submissions(campaign, conventions=Convention.objects.filter(pk=convention.pk)) == 0
    assert Submission.objects.count() == 1


def test_signature_opens_the_campaigns_that_it_overlaps(cast: Cast) -> None:
    CampaignFactory()
    CampaignFactory(semester="2018-S2", opens_on=date(2019, 1, 1))
    convention = ConventionFactory(company=cast.company)

    open_submissions_of(Convention.objects.get(pk=convention.pk))

    assert [str(row.semester) for row in convention.submissions.select_related("campaign")] == ["2019-S1"]


def test_saving_counts_only_what_changed(cast: Cast) -> None:
    submission = submission_of(cast)
    entries = {result(submission, "REC-01").pk: Answer(VALUE, Decimal(3), comment=" Deux sites. ")}

    [first] = save_results([Saving(submission, entries, version=0)], by=cast.contributor, on=ON)
    [again] = save_results([Saving(submission, entries, version=1)], by=cast.contributor, on=ON)

    stored = result(submission, "REC-01")
    assert (first.version, again.version) == (1, 1)
    assert (stored.value, stored.comment) == (Decimal(3), "Deux sites.")


def test_reason_goes_with_not_applicable_only(cast: Cast) -> None:
    submission = submission_of(cast)
    pk = result(submission, "REC-01").pk

    save_results([Saving(submission, {pk: Answer(VALUE, Decimal(3), "resté")}, version=0)], by=cast.member, on=ON)

    assert result(submission, "REC-01").reason == ""


def test_stale_version_writes_nothing_and_shows_what_is_stored(cast: Cast) -> None:
    submission = submission_of(cast)
    pk = result(submission, "REC-01").pk
    save_results([Saving(submission, {pk: Answer(VALUE, Decimal(15))}, version=0)], by=cast.contributor, on=ON)

    with pytest.raises(StaleVersion) as stale:
        save_results([Saving(submission, {pk: Answer(VALUE, Decimal(12))}, version=0)], by=cast.member, on=ON)

    assert stale.value.version == 1
    assert stale.value.stored[pk].value == 15
    assert result(submission, "REC-01").value == 15


@pytest.mark.parametrize(
    ("actor", "on", "sentence"),
    [
        ("referent", ON, "Seule l’entreprise, ou son animateur, saisit ses résultats."),
        ("rival", ON, "Vous ne suivez pas cette entreprise ou ce département"),
        ("member", date(2019, 6, 30), "La saisie ouvre le 01/07/2019."),
        ("member", date(2019, 9, 29), "La saisie est fermée depuis le 28/09/2019"),
    ],
)
def test_saving_is_refused_to_others_and_outside_the_campaign(cast: Cast, actor: str, on: date, sentence: str) -> None:
    submission = submission_of(cast)
    entries = {result(submission, "REC-01").pk: Answer(VALUE, Decimal(3))}

    with pytest.raises(TransitionRefused, match=sentence):
        save_results([Saving(submission, entries, version=0)], by=getattr(cast, actor), on=on)


def test_after_a_return_only_the_corrections_can_be_saved(cast: Cast) -> None:
    submission = returned(cast)
    open_pk, closed_pk = result(submission, "REC-01").pk, result(submission, "REC-05").pk
    both = {open_pk: Answer(VALUE, Decimal(31)), closed_pk: Answer(VALUE, Decimal(9))}

    with pytest.raises(TransitionRefused, match="La préfecture n’a pas demandé de corriger"):
        save_results([Saving(submission, both, version=0)], by=cast.member, on=ON)

    assert result(submission, "REC-01").value == 30


def returned(cast: Cast) -> Submission:
    submission = submission_of(cast, answers={"REC-01": 30, "REC-05": 5})
    actions.transmit(submission, at=AT, by=cast.member)
    asked = {result(submission, "REC-01").pk: "Vérifiez ce total."}
    return actions.send_back(submission, corrections=asked, comment="Un total surprend.", at=AT, by=cast.referent)


def test_two_rounds_keep_two_versions_three_lines_and_their_mails(cast: Cast) -> None:
    submission = returned(cast)
    corrected = {result(submission, "REC-01").pk: Answer(VALUE, Decimal(31))}
    save_results([Saving(submission, corrected, version=0)], by=cast.member, on=ON)

    row = actions.transmit(submission, at=AT, by=cast.animateur, message=" Corrigé. ")

    assert row.message == "Corrigé."
    assert [version.number for version in row.versions.all()] == [1, 2]
    assert [version.answers[0]["value"] for version in row.versions.all()] == ["30", "31"]
    assert [log.transition for log in row.logs.all()] == ["transmettre", "renvoyer", "transmettre"]
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
        "animateur@example.org",
        "member@example.org",
        "member@example.org",
    ]


def test_a_second_return_opens_what_it_asks_and_no_more(cast: Cast) -> None:
    submission = returned(cast)
    corrected = {result(submission, "REC-01").pk: Answer(VALUE, Decimal(31))}
    save_results([Saving(submission, corrected, version=0)], by=cast.member, on=ON)
    actions.transmit(submission, at=AT, by=cast.member)
    asked = {result(submission, "REC-05").pk: "Et celui-ci ?"}

    row = actions.send_back(submission, corrections=asked, comment="Encore un.", at=AT, by=cast.referent)

    assert row.corrections_asked() == asked


def test_identical_resubmission_is_refused(cast: Cast) -> None:
    submission = returned(cast)

    with pytest.raises(Incomplete, match="Rien n’a changé depuis le renvoi"):
        actions.transmit(submission, at=AT, by=cast.member)


def test_transmitting_before_the_campaign_opens_is_refused(cast: Cast) -> None:
    submission = submission_of(cast, answers={"REC-01": 3})

    with pytest.raises(WrongState, match="La saisie ouvre le 01/07/2019"):
        actions.transmit(submission, at=datetime(2019, 6, 30, 9, tzinfo=UTC), by=cast.member)


def test_a_refused_transmission_keeps_no_message(cast: Cast) -> None:
    submission = submission_of(cast)

    with pytest.raises(Incomplete) as refused:
        actions.transmit(submission, at=AT, by=cast.member, message="Bonjour")

    submission.refresh_from_db()
    assert len(refused.value.reasons) == 3
    assert submission.message == ""
    assert submission.logs.count() == OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("corrections", [{}, {1: " "}])
def test_sending_back_says_what_is_wrong(cast: Cast, corrections: dict[int, str]) -> None:
    submission = submission_of(cast, answers={"REC-01": 3}, transmitted=True)

    with pytest.raises(Incomplete, match="Cochez au moins un indicateur"):
        actions.send_back(submission, corrections=corrections, comment="Non", at=AT, by=cast.referent)


def test_sending_back_the_line_of_another_is_refused(cast: Cast) -> None:
    submission = submission_of(cast, answers={"REC-01": 3}, transmitted=True)
    stray = SubmissionFactory(convention=ConventionFactory(company=cast.rival_company), answers={"REC-01": 1})

    with pytest.raises(TransitionRefused, match="n’appartient pas à cette remontée"):
        actions.send_back(
            submission, corrections={result(stray, "REC-01").pk: "?"}, comment="Non", at=AT, by=cast.referent
        )


def test_delay_on_what_was_sent_makes_no_sense(cast: Cast) -> None:
    submission = submission_of(cast, answers={"REC-01": 3}, transmitted=True)

    with pytest.raises(WrongState, match="un délai n’a plus d’objet"):
        actions.extend(submission, until=date(2019, 10, 1), reason="Motif", at=AT, by=cast.referent)


def test_delay_without_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(TransitionRefused, match="Indiquez le motif de ce délai"):
        actions.extend(submission_of(cast), until=date(2019, 10, 1), reason=" ", at=AT, by=cast.referent)


def test_examples_say_exactly_the_drafts(cast: Cast) -> None:
    submission = submission_of(cast)
    one = [ExampleDraft(None, "recruter", "Forum", "Trente jeunes."), ExampleDraft(None, "recruter", "Visite", "Dix.")]
    row = save_examples(submission, drafts=one, version=0, by=cast.contributor, on=ON)
    kept = row.examples.get(title="Forum")

    row = save_examples(
        submission,
        drafts=[ExampleDraft(kept.pk, "recruter", "Grand forum", "Trente.")],
        version=1,
        by=cast.member,
        on=ON,
    )

    assert row.version == 2
    assert [(item.pk, item.title) for item in row.examples.all()] == [(kept.pk, "Grand forum")]


def test_examples_of_another_submission_are_not_taken(cast: Cast) -> None:
    submission = submission_of(cast)
    draft = ExampleDraft(999, "recruter", "Forum", "Trente jeunes.")

    row = save_examples(submission, drafts=[draft], version=0, by=cast.member, on=ON)

    assert row.examples.get().pk != 999


def test_examples_saved_meanwhile_are_kept(cast: Cast) -> None:
    submission = submission_of(cast)
    draft = [ExampleDraft(None, "recruter", "Forum", "Trente jeunes.")]
    save_examples(submission, drafts=draft, version=0, by=cast.contributor, on=ON)

    with pytest.raises(StaleVersion):
        save_examples(submission, drafts=[], version=0, by=cast.member, on=ON)

    assert submission.examples.count() == 1
