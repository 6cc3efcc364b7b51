"""The examples of actions of a submission."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.conventions.entry_helpers import ON, step_url, submission_of, url
from tests.pages import hidden_fields, signed_in

pytestmark = pytest.mark.usefixtures("_open")


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def member(cast: Cast) -> Client:
    return signed_in(cast.member)


def test_examples_are_added_changed_and_removed(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    here = step_url(submission, "exemples")
    new = {"version": "0", "new-axis": "recruter", "new-title": "Forum", "new-text": "Trente jeunes reçus."}
    member.post(here, new)
    example = submission.examples.get()
    changed = {f"e{example.pk}-axis": "recruter", f"e{example.pk}-title": "Grand forum", f"e{example.pk}-text": "Oui."}
    member.post(here, {"version": "1", **changed})
    example.refresh_from_db()
    title = example.title

    asked = member.post(here, {"version": "2", **changed, f"e{example.pk}-remove": "on", "continue": "1"})
    before = submission.examples.count()
    response = member.post(here, hidden_fields(asked))

    assert '<li dir="auto">Grand forum</li>' in asked.content.decode()
    assert before == 1
    assert title == "Grand forum"
    assert response["Location"] == url(submission)
    assert submission.examples.count() == 0


def test_page_offers_a_blank_example(cast: Cast, member: Client) -> None:
    page = member.get(step_url(submission_of(cast), "exemples")).content.decode()

    assert "Ajouter un exemple" in page
    assert "Aucun nom de bénéficiaire." in page


def test_example_that_was_not_sent_stays(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    here = step_url(submission, "exemples")
    member.post(here, {"version": "0", "new-axis": "recruter", "new-title": "Forum", "new-text": "Trente jeunes."})

    member.post(here, {"version": "1"})

    assert [example.title for example in submission.examples.all()] == ["Forum"]


def test_half_an_example_is_refused(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    data = {"version": "0", "new-axis": "recruter", "new-title": "Forum", "new-text": ""}

    response = member.post(step_url(submission, "exemples"), data)

    assert response.status_code == 422
    assert "Racontez cette action." in response.content.decode()


def test_example_typed_beside_somebody_elses_is_kept(cast: Cast, member: Client) -> None:
    submission = submission_of(cast)
    here = step_url(submission, "exemples")
    one = {"version": "0", "new-axis": "recruter", "new-title": "Le mien", "new-text": "Récit."}
    signed_in(cast.contributor).post(here, one | {"new-title": "Le sien"})

    response = member.post(here, one)

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Le mien"' in page
    assert 'value="Le sien"' in page
    assert [example.title for example in submission.examples.all()] == ["Le sien"]
