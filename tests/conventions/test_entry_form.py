"""A step of the entry, read by hand: four answers kept apart, French numbers, texts that a page can show."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from conventions.forms.entry import StepForm
from conventions.models import Submission
from conventions.selectors.entry import submission_sheet
from tests.cast import Cast
from tests.conventions.entry_helpers import fields_of, result, submission_of


def read(submission: Submission, **sent: str) -> StepForm:
    """The form of « recruter » after the fields of REC-01 were sent with these."""
    pk = result(submission, "REC-01").pk
    data = QueryDict(mutable=True)
    data.update(fields_of(submission) | {f"r{pk}-{name}": text for name, text in sent.items()})
    section = submission_sheet(submission).section("recruter")
    assert section is not None
    return StepForm(section, data)


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return submission_of(cast, answers={"REC-01": None, "REC-07": None})


@pytest.mark.parametrize(
    ("sent", "status", "value", "reason"),
    [
        ({"value": "12"}, "value", Decimal(12), ""),
        ({"value": "0"}, "value", Decimal(0), ""),
        ({"value": "", "na": "on", "reason": "Site fermé"}, "not_applicable", None, "Site fermé"),
        ({"value": ""}, "unanswered", None, ""),
    ],
)
def test_four_answers_are_kept_apart(
    submission: Submission, sent: dict[str, str], status: str, value: Decimal | None, reason: str
) -> None:
    form = read(submission, **sent)

    entry = form.answers[result(submission, "REC-01").pk]

    assert form.errors == []
    assert (entry.status, entry.value, entry.reason) == (status, value, reason)


@pytest.mark.parametrize("text", ["1 234", "1\u00a0234", "1\u202f234", "1\u2009234", " 1234 ", "\u200b1234"])
def test_spaces_of_thousands_are_accepted(submission: Submission, text: str) -> None:
    form = read(submission, value=text)

    assert form.errors == []
    assert form.answers[result(submission, "REC-01").pk].value == 1234


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "1.234",
            "« 1.234 » est ambigu\u00a0: le point n’est pas accepté. Écrivez 1234 pour un nombre entier ou 1,234",
        ),
        ("1e3", "« 1e3 » n’est pas un nombre."),
        ("1_000", "« 1_000 » n’est pas un nombre."),
        ("٣٤", "« ٣٤ » n’est pas un nombre."),
        ("NaN", "« NaN » n’est pas un nombre."),
        ("-3", "-3 est négatif. Écrivez 0 ou un nombre positif."),
        ("1,5", "1,5 n’est pas un nombre entier. Écrivez 1 ou 2."),
        ("9" * 13, "Ce nombre est trop grand"),
        ("9" * 5000, "Ce nombre est trop long"),
        ("1\x00", "« 1\x00 » n’est pas un nombre."),
    ],
)
def test_refused_numbers_show_how_they_were_read(submission: Submission, text: str, sentence: str) -> None:
    form = read(submission, value=text)

    assert len(form.errors) == 1
    assert form.errors[0].target == "rec-01-value"
    assert form.errors[0].text.startswith(f"Recrutements : {sentence}")


@pytest.mark.parametrize(
    ("sent", "target", "sentence"),
    [
        ({"value": "3", "na": "on", "reason": "Fermé"}, "rec-01-value", "gardez l’une des deux réponses."),
        ({"value": "", "na": "on", "reason": "\u200b "}, "rec-01-reason", "Dites pourquoi cet indicateur"),
        ({"na": "on", "reason": "x" * 256}, "rec-01-reason", "Ce texte compte 256 caractères : 255 au plus."),
        ({"comment": "x" * 1001}, "rec-01-comment", "Ce texte compte 1\u202f001 caractères\u00a0: 1\u202f000 au plus."),
        ({"comment": "a\x00b"}, "rec-01-comment", "Ce texte contient un caractère nul"),
        ({"comment": "a\x07b"}, "rec-01-comment", "Ce texte contient un caractère invisible"),
    ],
)
def test_refused_texts(submission: Submission, sent: dict[str, str], target: str, sentence: str) -> None:
    form = read(submission, **sent)

    assert [error.target for error in form.errors] == [target]
    assert sentence in form.errors[0].text


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 30])
def test_nonsense_version_is_older_than_any(submission: Submission, version: str) -> None:
    data = QueryDict(mutable=True)
    data["version"] = version
    section = submission_sheet(submission).section("recruter")
    assert section is not None

    assert StepForm(section, data).version == -1


@pytest.mark.parametrize("loaded", ["", "{", "[1]", "null", '["12",0,0,0,0,0]', '["1e3",0,"","",0]'])
def test_of_a_nonsense_loaded_answer_nothing_is_known(submission: Submission, loaded: str) -> None:
    form = read(submission, value="12", loaded=loaded)

    assert set(form.shown) == {result(submission, "REC-07").pk}
    assert form.answers[result(submission, "REC-01").pk].value == 12


def test_what_was_not_sent_stays(submission: Submission) -> None:
    section = submission_sheet(submission).section("recruter")
    assert section is not None

    form = StepForm(section, QueryDict("version=0"))

    assert {entry.status for entry in form.answers.values()} == {"unanswered"}


def test_yes_and_no_are_not_blank(submission: Submission) -> None:
    row = result(submission, "REC-07")
    pk = row.pk

    form = read(submission)
    data = QueryDict(mutable=True)
    data.update(fields_of(submission) | {f"r{pk}-value": "0"})
    section = submission_sheet(submission).section("recruter")
    assert section is not None
    no = StepForm(section, data)

    assert form.answers[pk].status == "unanswered"
    assert (no.answers[pk].status, no.answers[pk].value) == ("value", Decimal(0))


def test_confirmation_counts_for_the_figure_shown(cast: Cast) -> None:
    submission = submission_of(cast, answers={"REC-01": 500})
    pk = result(submission, "REC-01").pk

    same, other = read(submission, confirmed="on"), read(submission, confirmed="on", value="600")

    assert same.answers[pk].confirmed
    assert not other.answers[pk].confirmed
