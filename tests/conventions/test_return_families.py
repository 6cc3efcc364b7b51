"""A return can be answered: a part reopens with its total and its other parts, in the form, the autosave and a file."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import OutgoingMail
from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Result, Submission
from indicators.catalogue import load_catalogue
from tests.cast import Cast
from tests.conventions.entry_helpers import (
    JSON,
    ON,
    RETURN,
    TRANSMIT,
    asking,
    fields_of,
    result,
    step_url,
    submission_of,
    typed,
    url,
)
from tests.pages import signed_in
from workflows.tables import TransitionRefused

pytestmark = pytest.mark.usefixtures("_open")

ANSWERS = {"REC-01": 10, "REC-02": 4, "REC-03": 1, "REC-04": 2, "REC-05": 8}


@pytest.fixture
def _open(settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def member(cast: Cast) -> Client:
    return signed_in(cast.member)


@pytest.fixture
def referent(cast: Cast) -> Client:
    return signed_in(cast.referent)


@pytest.fixture
def returned(cast: Cast, member: Client, referent: Client) -> Submission:
    """Sent, then sent back for one part only."""
    submission = submission_of(cast, answers=ANSWERS)
    member.post(url(submission, TRANSMIT))
    referent.post(url(submission, RETURN), asking(submission, REC_02="Comptez aussi l’agence de Lens."))
    submission.refresh_from_db()
    assert submission.state == "returned"
    return submission


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("REC-02", {"REC-01", "REC-02", "REC-03", "REC-04"}),
        ("REC-04", {"REC-01", "REC-02", "REC-03", "REC-04"}),
        ("FOR-03", {"FOR-02", "FOR-03"}),
        ("FOR-02", {"FOR-02", "FOR-03"}),
        ("ACH-05", {"ACH-03", "ACH-04", "ACH-05", "ACH-06"}),
        ("SEN-02", {"SEN-02", "SEN-03", "SEN-04"}),
        ("REC-05", {"REC-05"}),
        ("LIB-12", {"LIB-12"}),
    ],
)
def test_families_as_the_catalogue_ties_them(code: str, family: set[str]):
    assert load_catalogue("paqte-2018").family(code) == family


def test_a_part_asked_alone_is_corrected_with_its_total(returned: Submission, member: Client, referent: Client):
    page = member.get(step_url(returned)).content.decode()
    saved = member.post(step_url(returned), typed(returned, REC_02="12", REC_01="30"))
    transmitted = member.post(url(returned, TRANSMIT))
    validated = referent.post(url(returned, "submission_validate"))

    returned.refresh_from_db()
    assert "Comptez aussi l’agence de Lens." in page
    assert "Ouvert pour s’accorder avec REC-02, REC-03 et REC-04." in page
    assert (saved.status_code, transmitted.status_code, validated.status_code) == (302, 302, 302)
    assert returned.state == "validated"
    assert [result(returned, code).value for code in ("REC-01", "REC-02")] == [30, 12]


def test_what_is_not_of_the_family_stays_closed(returned: Submission, member: Client):
    stray = result(returned, "REC-05").pk
    page = member.get(step_url(returned)).content.decode()

    member.post(step_url(returned), fields_of(returned) | {f"r{stray}-value": "99", f"r{stray}-loaded": ""})

    assert f'name="r{stray}-value"' not in page
    assert result(returned, "REC-05").value == 8


def test_autosave_takes_the_total_too(returned: Submission, member: Client):
    response = member.post(step_url(returned), typed(returned, REC_02="12", REC_01="30"), headers=JSON)

    assert (response.status_code, response.json()["saved"]) == (200, True)
    assert result(returned, "REC-01").value == 30


def test_a_file_takes_the_total_too_and_nothing_else(returned: Submission, cast: Cast):
    rows = [result(returned, code) for code in ("REC-01", "REC-02", "REC-03")]
    family = {row.pk: Answer(Result.Status.VALUE, Decimal(row.value or 0) + 1) for row in rows}

    save_results([Saving(returned, family)], by=cast.referent, on=ON, by_file=True)

    stray = {result(returned, "REC-05").pk: Answer(Result.Status.UNANSWERED)}
    with pytest.raises(TransitionRefused, match="n’a pas demandé de corriger : REC-05"):
        save_results([Saving(returned, family | stray)], by=cast.referent, on=ON, by_file=True)
    assert [result(returned, code).value for code in ("REC-01", "REC-02", "REC-03")] == [
        (row.value or 0) + 1 for row in rows
    ]


def test_the_review_says_what_reopens_with_a_line(cast: Cast, member: Client, referent: Client):
    submission = submission_of(cast, answers=ANSWERS)
    member.post(url(submission, TRANSMIT))

    page = referent.get(url(submission)).content.decode()

    assert "Rouvre aussi REC-01, REC-03 et REC-04." in page
    assert page.count("Rouvre aussi") == 4


def test_an_empty_return_is_refused_at_its_fields(cast: Cast, member: Client, referent: Client):
    submission = submission_of(cast, answers=ANSWERS)
    member.post(url(submission, TRANSMIT))

    page = referent.post(url(submission, RETURN), {}).content.decode()

    assert '<a href="#rec-01-tick">Cochez au moins un indicateur à corriger.</a>' in page
    assert 'id="rec-01-tick-error">Cochez au moins un indicateur à corriger.</p>' in page
    assert '<a href="#id_comment">Dites à l’entreprise pourquoi' in page
    assert 'id="id_comment-error">Dites à l’entreprise pourquoi' in page


def test_a_refused_return_keeps_what_is_typed(cast: Cast, member: Client, referent: Client):
    submission = submission_of(cast, answers=ANSWERS)
    member.post(url(submission, TRANSMIT))
    asked = asking(submission, REC_02="Comptez l’agence.") | {"comment": "é" * 2001}

    response = referent.post(url(submission, RETURN), asked)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Ce texte compte 2\u202f001 caractères\u00a0: 2\u202f000 au plus." in page
    assert "é" * 2001 in page
    assert ">Comptez l’agence.</textarea>" in page


def test_the_mail_says_what_is_open(returned: Submission):
    body = OutgoingMail.objects.get(subject__endswith="à corriger").body
    assert "avec le total et les parties qui doivent s’accorder avec elles" in body
