"""Two people enter figures at once, or one while the page saves by itself: nothing is lost, nothing overwritten."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import Settings

from conventions.models import Result
from tests.cast import Cast
from tests.conventions.entry_helpers import JSON, ON, result, step_url, submission_of, typed
from tests.pages import signed_in

pytestmark = pytest.mark.usefixtures("_open")


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def member(cast: Cast) -> Client:
    return signed_in(cast.member)


def test_two_tabs_show_both_values_and_lose_neither(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    mine = typed(submission, REC_01="12")
    theirs = typed(submission, REC_01="15", REC_02="4")
    signed_in(cast.contributor).post(step_url(submission), theirs)

    response = member.post(step_url(submission), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Enregistré entre-temps : <strong>15</strong>" in page
    assert 'name="version" value="1"' in page
    typed_values = {field.line.result.code: field.typed.value for field in response.context["form"].fields}
    assert typed_values == {"REC-01": "12", "REC-02": "4", "REC-04": ""}
    assert result(submission, "REC-01").value == 15


def test_the_page_of_both_values_can_be_saved(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    mine = typed(submission, REC_01="12")
    signed_in(cast.contributor).post(step_url(submission), typed(submission, REC_01="15", REC_02="4"))
    form = member.post(step_url(submission), mine).context["form"]
    data = {"version": str(form.version)}
    for field in form.fields:
        data |= {f"r{field.line.pk}-value": field.typed.value, f"r{field.line.pk}-loaded": field.loaded}

    response = member.post(step_url(submission), data)

    assert response.status_code == 302
    assert result(submission, "REC-01").value == 12
    assert result(submission, "REC-02").value == 4


def test_late_save_of_the_same_figures_is_no_conflict(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    data = typed(submission, REC_01="12")
    member.post(step_url(submission), data)

    response = member.post(step_url(submission), data)

    assert response.status_code == 302
    submission.refresh_from_db()
    assert submission.version == 1


def test_autosave_answers_in_json(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01="500"), headers=JSON)

    answer = response.json()
    assert (answer["saved"], answer["version"]) == (True, 1)
    assert len(answer["sentences"]) == 1
    assert "500 recrutements pour 120 salariés" in answer["sentences"][0]


@pytest.mark.parametrize(
    ("text", "sentence"), [("1e3", "« 1e3 » n’est pas un nombre"), ("1000000", "1\u202f000\u202f000 est trop grand")]
)
def test_autosave_says_what_it_cannot_keep(cast: Cast, member: Client, text: str, sentence: str) -> None:
    submission = submission_of(cast)

    response = member.post(step_url(submission), typed(submission, REC_01=text), headers=JSON)

    assert response.status_code == 422
    assert not response.json()["saved"]
    assert sentence in response.json()["sentences"][0]
    assert result(submission, "REC-01").status == Result.Status.UNANSWERED


def test_autosave_never_overwrites(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    mine = typed(submission, REC_01="12")
    signed_in(cast.contributor).post(step_url(submission), typed(submission, REC_01="15"))

    response = member.post(step_url(submission), mine, headers=JSON)

    assert response.status_code == 409
    assert response.json()["version"] == 0
    assert result(submission, "REC-01").value == 15


def test_comments_are_shown_side_by_side_too(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 3})
    pk = result(submission, "REC-01").pk
    loaded = typed(submission)
    theirs = {f"r{pk}-value": "", f"r{pk}-na": "on", f"r{pk}-reason": "Site fermé", f"r{pk}-comment": "Le sien."}
    signed_in(cast.contributor).post(step_url(submission), loaded | theirs)

    response = member.post(step_url(submission), loaded | {f"r{pk}-comment": "Le mien."})

    page = response.content.decode()
    typed_again = response.context["form"].fields[0].typed
    assert response.status_code == 409
    assert page.count("Enregistré entre-temps") == 1
    assert "Enregistré entre-temps : <strong>Le sien.</strong>" in page
    assert (typed_again.not_applicable, typed_again.reason, typed_again.comment) == (True, "Site fermé", "Le mien.")


def test_a_comment_taken_away_meanwhile_is_said(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 3})
    pk = result(submission, "REC-01").pk
    member.post(step_url(submission), typed(submission) | {f"r{pk}-comment": "D’abord."})
    loaded = typed(submission)
    signed_in(cast.contributor).post(step_url(submission), loaded | {f"r{pk}-comment": ""})

    response = member.post(step_url(submission), loaded | {f"r{pk}-comment": "Le mien."})

    assert "Enregistré entre-temps : <strong>aucun commentaire</strong>" in response.content.decode()


def test_two_people_who_touch_different_fields_both_keep_theirs(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 3, "REC-02": None, "REC-04": None})
    loaded, pk = typed(submission), result(submission, "REC-01").pk
    signed_in(cast.contributor).post(
        step_url(submission), loaded | {f"r{pk}-comment": "Le sien.", f"r{result(submission, 'REC-02').pk}-value": "2"}
    )

    response = member.post(
        step_url(submission), loaded | {f"r{pk}-value": "4", f"r{result(submission, 'REC-04').pk}-value": "1"}
    )

    assert response.status_code == 302
    assert [(row.code, row.value, row.comment) for row in submission.results.select_related("indicator")] == [
        ("REC-01", Decimal(4), "Le sien."),
        ("REC-02", Decimal(2), ""),
        ("REC-04", Decimal(1), ""),
    ]


def test_a_page_that_saves_by_itself_never_takes_back_what_another_wrote(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    page, pk = typed(submission), result(submission, "REC-01").pk
    other = result(submission, "REC-02").pk
    signed_in(cast.contributor).post(step_url(submission), typed(submission, REC_02="7"))

    for text in ("1", "12", "123"):
        page |= {f"r{pk}-value": text}
        answer = member.post(step_url(submission), page, headers=JSON).json()
        assert answer["saved"]
        # What the script of the page does with the answer.
        page |= {"version": str(answer["version"])} | answer["loaded"]

    assert f"r{other}-loaded" not in answer["loaded"]
    assert (result(submission, "REC-01").value, result(submission, "REC-02").value) == (Decimal(123), Decimal(7))


def test_confirmation_given_meanwhile_is_kept(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 500, "REC-02": None})
    loaded = typed(submission)
    confirmed = {f"r{result(submission, 'REC-01').pk}-confirmed": "on"}
    signed_in(cast.contributor).post(step_url(submission), loaded | confirmed)

    response = member.post(step_url(submission), loaded | {f"r{result(submission, 'REC-02').pk}-value": "4"})

    assert response.status_code == 302
    assert result(submission, "REC-01").confirmed
    assert result(submission, "REC-02").value == 4


def test_a_page_opened_before_the_validation_hears_why_nothing_is_saved(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 30}, validated=True)

    response = member.post(step_url(submission), typed(submission, REC_01="31"), headers=JSON)

    assert response.status_code == 409
    assert (response.json()["saved"], response.json()["refused"]) == (False, True)
    assert "elle ne se modifie plus" in response.json()["sentences"][0]
    assert result(submission, "REC-01").value == 30
