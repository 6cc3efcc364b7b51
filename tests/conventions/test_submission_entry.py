"""The company enters its figures in the browser."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from conventions.models import Result, Submission
from tests.cast import Cast
from tests.conventions.entry_helpers import JSON, ON, fields_of, result, step_url, submission_of, typed, url
from tests.factories import CampaignFactory, ConventionFactory, SpecificCommitmentFactory, SubmissionFactory, place_of
from tests.pages import signed_in, text

pytestmark = pytest.mark.usefixtures("_open")


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def member(cast: Cast) -> Client:
    return signed_in(cast.member)


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("member", 200),
        ("contributor", 200),
        ("animateur", 200),
        ("rival", 404),
        ("other_member", 404),
        ("referent", 403),
        ("other_referent", 403),
        ("lecteur", 403),
        ("cget", 403),
        ("no_role", 403),
        ("technician", 403),
    ],
)
def test_step_per_actor(cast: Cast, actor: str, status: int) -> None:
    submission = submission_of(cast)

    response = signed_in(getattr(cast, actor)).get(step_url(submission))

    assert response.status_code == status


def test_step_shows_what_helps_to_answer(cast: Cast, member: Client) -> None:
    earlier = submission_of(cast, answers={"REC-01": 30, "REC-02": 5}, validated=True)
    later = SubmissionFactory(
        convention=earlier.convention,
        campaign=CampaignFactory(semester="2019-S2", opens_on=ON, due_on=ON, locks_on=ON),
        answers={"REC-01": None, "REC-02": None, "REC-07": None},
    )

    page = text(member.get(step_url(later)))

    assert "Recrutements de résidents de QPV" in page
    assert "Ce qui compte, ce qui ne compte pas" in page
    assert "<dt>Objectif de l’année 1</dt> <dd>12</dd>" in page
    # 12 × 184 days of 365.
    assert "<dt>Attendu sur le semestre</dt><dd>6</dd>" in page
    assert "<dt>Semestre précédent</dt><dd>5</dd>" in page
    assert 'type="radio"' in page
    assert "Former" not in page


def test_parts_stand_under_their_total(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-04": None, "REC-02": None, "REC-01": None})

    lines = member.get(step_url(submission)).context["section"].lines

    assert [(line.result.code, line.depth) for line in lines] == [("REC-01", 0), ("REC-02", 1), ("REC-04", 2)]


def test_save_keeps_a_draft_and_stays(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01="1\u202f234", REC_02="0"))

    assert response.status_code == 302
    assert response["Location"] == step_url(submission)
    assert result(submission, "REC-01").value == Decimal(1234)
    assert result(submission, "REC-02").status == Result.Status.VALUE
    assert result(submission, "REC-02").value == 0
    assert result(submission, "REC-04").status == Result.Status.UNANSWERED


def test_save_and_continue_goes_on(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    SpecificCommitmentFactory(convention=submission.convention)

    response = member.post(step_url(submission), typed(submission) | {"continue": "1"})

    assert response["Location"] == step_url(submission, "exemples")


def test_not_applicable_keeps_its_reason(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    pk = result(submission, "REC-02").pk

    member.post(step_url(submission), typed(submission) | {f"r{pk}-na": "on", f"r{pk}-reason": " Site fermé "})

    stored = result(submission, "REC-02")
    assert (stored.status, stored.value, stored.reason) == ("not_applicable", None, "Site fermé")


def test_refused_value_writes_nothing_and_loses_nothing(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01="12", REC_02="1.234"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#rec-02-value"' in page
    assert "« 1.234 » est ambigu" in page
    assert 'value="1.234"' in page
    assert 'value="12"' in page
    assert result(submission, "REC-01").status == Result.Status.UNANSWERED


def test_part_above_its_whole_is_saved_and_said(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01="3", REC_02="5"), follow=True)

    assert result(submission, "REC-02").value == 5
    assert "dont c’est une partie" in response.content.decode()


def test_a_figure_out_of_reach_is_kept_as_typed_and_not_saved(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01="1000000"))

    assert response.status_code == 422
    assert (
        "1\u202f000\u202f000 est trop grand\u00a0: le portail accepte au plus 100\u202f000" in response.content.decode()
    )
    assert 'value="1000000"' in response.content.decode()
    assert result(submission, "REC-01").status == Result.Status.UNANSWERED


def test_surprising_value_is_asked_and_confirmed(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    first = member.post(step_url(submission), typed(submission, REC_01="500"), follow=True)
    name = f"r{result(submission, 'REC-01').pk}-confirmed"

    member.post(step_url(submission), fields_of(submission) | {name: "on"})

    assert "500 recrutements pour 120 salariés" in first.content.decode()
    assert f'name="{name}"' in first.content.decode()
    assert result(submission, "REC-01").confirmed


def test_another_figure_is_asked_again(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 500})
    name = f"r{result(submission, 'REC-01').pk}-confirmed"
    member.post(step_url(submission), fields_of(submission) | {name: "on"})

    member.post(step_url(submission), typed(submission, REC_01="600"))

    assert not result(submission, "REC-01").confirmed


def test_fields_of_another_submission_are_ignored(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    foreign = SubmissionFactory(convention=ConventionFactory(company=cast.rival_company), answers={"REC-01": None})
    stray = result(foreign, "REC-01").pk
    extra = {f"r{stray}-value": "7", f"r{stray}-loaded": "", "state": "validated", "convention": "x"}

    member.post(step_url(submission), typed(submission, REC_01="12") | extra)

    submission.refresh_from_db()
    assert result(foreign, "REC-01").status == Result.Status.UNANSWERED
    assert submission.state == "draft"


def test_only_corrections_open_after_a_return(cast: Cast, member: Client) -> None:
    submission = returned_submission(cast, member, "REC-01")
    closed = result(submission, "REC-05").pk

    page = member.get(step_url(submission)).content.decode()
    forged = typed(submission, REC_01="31") | {f"r{closed}-value": "9", f"r{closed}-loaded": ""}
    member.post(step_url(submission), forged)

    assert "Votre référent demande" in page
    assert "Vérifiez ce total." in page
    assert f'name="r{closed}-value"' not in page
    assert result(submission, "REC-01").value == 31
    assert result(submission, "REC-05").value == 5


def returned_submission(cast: Cast, member: Client, code: str) -> Submission:
    submission = submission_of(cast, answers={"REC-01": 30, "REC-05": 5})
    member.post(url(submission, "submission_transmit"))
    pk = result(submission, code).pk
    corrections = {f"c{pk}": "on", f"c{pk}-comment": "Vérifiez ce total.", "comment": "Un total surprend."}
    signed_in(cast.referent).post(url(submission, "submission_return"), corrections)
    submission.refresh_from_db()
    assert submission.state == "returned"
    return submission


def test_after_the_last_correction_one_reads_over(cast: Cast, member: Client) -> None:
    submission = returned_submission(cast, member, "REC-01")

    response = member.post(step_url(submission), typed(submission, REC_01="31") | {"continue": "1"})

    assert response["Location"] == url(submission)


def test_stock_is_expected_whole_and_yes_is_said(cast: Cast, member: Client) -> None:
    convention = ConventionFactory(
        company=cast.company, axes=["former", "recruter"], targets={("FOR-02", 1): 4, ("REC-07", 1): 1}
    )
    submission = SubmissionFactory(convention=convention, answers={"FOR-02": 3, "REC-07": 0})

    lines = {
        line.result.code: (line.target_said, line.expected_said, line.said)
        for step in ("former", "recruter")
        for line in member.get(step_url(submission, step)).context["section"].lines
    }

    assert lines == {"FOR-02": ("4", "4", "3"), "REC-07": ("oui", "oui", "non")}


def test_closed_submission_cannot_be_entered(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 30}, transmitted=True)

    page = member.get(step_url(submission))
    posted = member.post(step_url(submission), typed(submission, REC_01="31"))

    assert page.status_code == posted.status_code == 409
    assert "elle ne se modifie plus" in page.content.decode()
    assert result(submission, "REC-01").value == 30


@pytest.mark.parametrize("headers", [{}, JSON])
@pytest.mark.parametrize("loaded", ["[" * 100_000, '{"a":' * 50_000])
def test_brackets_without_end_are_a_bad_request(cast: Cast, headers: dict[str, str], loaded: str) -> None:
    submission = submission_of(cast)
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    pk = result(submission, "REC-01").pk

    data = typed(submission, REC_01="31") | {f"r{pk}-loaded": loaded}
    response = client.post(step_url(submission), data, headers=headers)

    assert response.status_code == 400
    assert result(submission, "REC-01").value is None


def test_unknown_step_is_not_found(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    assert member.get(step_url(submission, "former")).status_code == 404
    assert member.get(step_url(submission, "specifiques")).status_code == 404


def test_specific_commitments_have_their_step(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    commitment = SpecificCommitmentFactory(convention=submission.convention)
    row = Result.objects.create(**place_of(submission), commitment=commitment)
    data = fields_of(submission, "specifiques") | {f"r{row.pk}-value": "1,5"}

    page = member.get(step_url(submission, "specifiques")).content.decode()
    member.post(step_url(submission, "specifiques"), data)

    row.refresh_from_db()
    assert "Prêter une salle aux associations du quartier" in page
    assert "demi-journées" in page
    assert row.value == Decimal("1.5")


@pytest.mark.parametrize("codes", [1, 8])
def test_step_makes_a_constant_number_of_queries(
    cast: Cast, member: Client, codes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"REC-{number:02d}" for number in range(1, codes + 1)]
    submission = submission_of(cast, answers=dict.fromkeys(names))
    member.get(step_url(submission))

    with django_assert_num_queries(8):
        member.get(step_url(submission))


def test_hostile_text_is_shown_as_text(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    pk = result(submission, "REC-01").pk
    hostile = "<script>alert(1)</script>{{7*7}}"

    response = member.post(step_url(submission), typed(submission) | {f"r{pk}-comment": hostile}, follow=True)

    assert "<script>alert(1)" not in response.content.decode()
    assert result(submission, "REC-01").comment == hostile
