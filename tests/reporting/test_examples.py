"""The examples of actions of a bilan: chosen among those of the companies, or told by the préfecture."""

from datetime import UTC, date, datetime

import pytest

from conventions.actions import entry, submissions
from conventions.actions.entry import ExampleDraft
from conventions.models import ActionExample, Submission
from reporting.models import PrefectureExample
from reporting.selectors import bilan_for
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    ConventionFactory,
    SubmissionFactory,
)
from tests.pages import hidden_fields, signed_in

PAGE = "/bilans/62/2019-S1/exemples/"
AT = datetime(2019, 9, 16, 9, tzinfo=UTC)
ON = date(2019, 9, 16)
NONE = {"examples-TOTAL_FORMS": 0, "examples-INITIAL_FORMS": 0}


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = ON


def told(cast: Cast, **facts: object) -> ActionExample:
    convention = ConventionFactory(company=cast.company)
    submission = SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 10})
    return ActionExampleFactory(submission=submission, title="Le forum", text="Trente jeunes reçus.", **facts)


def printed() -> list[tuple[str, str, str, bool, str]]:
    axes = bilan_for(BilanFactory._meta.model.objects.get(), ON).axes
    return [
        (item.title, item.text, item.company, item.publishable, item.origin) for axis in axes for item in axis.examples
    ]


def reopened(cast: Cast, example: ActionExample) -> Submission:
    result = example.submission.results.get()
    corrections = {result.pk: "Vérifiez."}
    return submissions.reopen(example.submission, corrections=corrections, comment="À revoir.", at=AT, by=cast.referent)


def corrected(cast: Cast, submission: Submission, drafts: list[ExampleDraft]) -> None:
    entry.save_examples(submission, drafts=drafts, version=submission.version, by=cast.member, on=ON)


def test_examples_are_chosen_among_validated_ones_each_with_its_consent(cast: Cast):
    example = told(cast)
    other = ActionExampleFactory(submission=example.submission)
    stray = ActionExampleFactory(submission=SubmissionFactory(convention=ConventionFactory(), transmitted=True))
    BilanFactory()
    client = signed_in(cast.referent)

    refused = client.post(PAGE, NONE | {"chosen": [example.pk, stray.pk]})
    saved = client.post(PAGE, NONE | {"chosen": [example.pk, other.pk], "publishable": [other.pk]})

    assert (refused.status_code, saved.status_code) == (422, 302)
    rows = ActionExample.objects.order_by("pk").values_list("pk", "in_bilan", "publishable")
    assert list(rows) == [(example.pk, True, False), (other.pk, True, True), (stray.pk, False, False)]
    assert [item[3] for item in printed()] == [False, True]
    assert stray.title not in client.get(PAGE).content.decode().split("Racontés par la préfecture")[1]


def test_the_prefecture_tells_its_own(cast: Cast):
    BilanFactory()
    kept = PrefectureExample.objects.create(
        department_id="62", semester=S2_2019, axis="former", title="D’un autre semestre", text="Rien ici."
    )
    client = signed_in(cast.referent)
    typed = {"examples-0-axis": "former", "examples-0-title": "La bourse aux stages", "examples-0-text": "Au Terril."}
    rows = {"examples-TOTAL_FORMS": 1, "examples-INITIAL_FORMS": 0}

    blank = client.post(PAGE, rows | typed | {"examples-0-title": ""})
    added = client.post(PAGE, rows | typed)
    first = printed()
    own = PrefectureExample.objects.exclude(pk=kept.pk).get()
    rows = {"examples-TOTAL_FORMS": 1, "examples-INITIAL_FORMS": 1, "examples-0-id": own.pk}
    client.post(PAGE, rows | typed | {"examples-0-publishable": "on"})
    second = printed()
    asked = client.post(PAGE, rows | typed | {"examples-0-DELETE": "on"})
    client.post(PAGE, hidden_fields(asked))

    assert (blank.status_code, added.status_code) == (422, 302)
    assert first == [("La bourse aux stages", "Au Terril.", "", False, "prefecture")]
    assert second == [("La bourse aux stages", "Au Terril.", "", True, "prefecture")]
    assert '<li dir="auto">La bourse aux stages</li>' in asked.content.decode()
    assert list(PrefectureExample.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_title_told_twice_is_refused_and_nothing_of_the_page_is_saved(cast: Cast):
    example = told(cast)
    BilanFactory()
    PrefectureExample.objects.create(
        department_id="62", semester="2019-S1", axis="former", title="La bourse", text="Un."
    )
    typed = {"examples-0-axis": "former", "examples-0-title": "La bourse", "examples-0-text": "Deux."}
    rows = {"examples-TOTAL_FORMS": 1, "examples-INITIAL_FORMS": 0, "chosen": [example.pk]}

    response = signed_in(cast.referent).post(PAGE, rows | typed)

    example.refresh_from_db()
    assert response.status_code == 409
    assert "Un exemple de ce semestre porte déjà ce titre." in response.content.decode()
    assert "Deux." in response.content.decode()
    assert not example.in_bilan


def test_a_chosen_example_stays_as_validated_while_its_submission_is_corrected(cast: Cast):
    example = told(cast, in_bilan=True, publishable=True)
    BilanFactory()
    validated = [("Le forum", "Trente jeunes reçus.", cast.company.name, True, "company")]

    row = reopened(cast, example)
    corrected(cast, row, [ExampleDraft(example.pk, "former", "Le salon", "Quarante jeunes reçus.")])
    rewritten = printed()
    corrected(cast, Submission.objects.get(pk=row.pk), [])
    dropped, still = printed(), row.examples.told().count()
    corrected(cast, Submission.objects.get(pk=row.pk), [ExampleDraft(None, "former", "Le salon", "Quarante jeunes.")])

    assert rewritten == dropped == validated
    assert still == 0
    assert "Remontée rouverte" in signed_in(cast.referent).get(PAGE).content.decode()
    Submission.objects.get(pk=row.pk).examples.count_in()
    assert printed() == []
    assert list(ActionExample.objects.values_list("counted_title", "in_bilan")) == [("Le salon", False)]


def test_validating_is_what_offers_an_example(cast: Cast):
    submission = SubmissionFactory(convention=ConventionFactory(company=cast.company), transmitted=True)
    ActionExampleFactory(submission=submission, title="Le forum")
    bilan = BilanFactory()

    before = signed_in(cast.referent).get(PAGE).context["taken"].examples
    submissions.validate(submission, at=AT, by=cast.referent)
    after = signed_in(cast.referent).get(PAGE).context["taken"].examples

    assert before == []
    assert [item.counted_title for item in after] == ["Le forum"]
    assert bilan.is_draft
