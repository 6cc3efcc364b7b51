"""The référent decides about a submission: validate, send back, open again, grant a delay."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import OutgoingMail
from tests.cast import Cast
from tests.conventions.entry_helpers import (
    EXTEND,
    ON,
    REOPEN,
    RETURN,
    TRANSMIT,
    VALIDATE,
    asking,
    complete,
    result,
    step_url,
    transmitted,
    typed,
    url,
)
from tests.pages import signed_in, text

pytestmark = pytest.mark.usefixtures("_open")


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


@pytest.fixture
def member(cast: Cast) -> Client:
    return signed_in(cast.member)


@pytest.fixture
def referent(cast: Cast) -> Client:
    return signed_in(cast.referent)


def test_validate(cast: Cast, referent: Client) -> None:
    submission = transmitted(cast)

    response = referent.post(url(submission, VALIDATE), follow=True)

    submission.refresh_from_db()
    assert submission.state == "validated"
    assert "elle compte dans le bilan" in response.content.decode()
    assert OutgoingMail.objects.filter(subject="Remontée PAQTE du 1er semestre 2019 validée").count() == 1


def test_validate_with_ticked_corrections_is_refused(cast: Cast, referent: Client) -> None:
    submission = transmitted(cast)

    response = referent.post(url(submission, VALIDATE), asking(submission, REC_01="Vérifiez."))

    submission.refresh_from_db()
    assert response.status_code == 422
    assert "Vous avez demandé des corrections" in response.content.decode()
    assert ">Vérifiez.</textarea>" in response.content.decode()
    assert submission.state == "transmitted"


def test_return_asks_line_by_line(cast: Cast, referent: Client, member: Client) -> None:
    submission = transmitted(cast)

    referent.post(url(submission, RETURN), asking(submission, REC_01="Ce total comprend-il l’intérim ?"))

    submission.refresh_from_db()
    mail = OutgoingMail.objects.get(subject="Remontée PAQTE du 1er semestre 2019 : à corriger")
    page = member.get(url(submission)).content.decode()
    assert submission.state == "returned"
    assert "– REC-01 Recrutements : Ce total comprend-il l’intérim ?" in mail.body
    assert f"http://testserver/resultats/{submission.pk}/" in mail.body
    assert "À corriger : Ce total comprend-il l’intérim ?" in page
    assert "1 réponse est à revoir." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Cochez au moins un indicateur à corriger."),
        ({"comment": "Un chiffre surprend."}, "Cochez au moins un indicateur à corriger."),
        ({"{}": "on", "comment": "Pourquoi"}, "Recrutements : dites ce qui est à corriger."),
        (
            {"{}": "on", "{}-comment": "x" * 1001, "comment": "Pourquoi"},
            "1\u202f001 caractères\u00a0: 1\u202f000 au plus.",
        ),
        ({"{}": "on", "{}-comment": "a\x00", "comment": "Pourquoi"}, "caractère nul"),
        ({"{}-comment": "Sans la case", "comment": "Pourquoi"}, "cochez « à corriger »"),
        ({"{}": "on", "{}-comment": "Vérifiez."}, "Dites à l’entreprise pourquoi"),
    ],
)
def test_incomplete_return_stays_on_the_page(cast: Cast, referent: Client, data: dict[str, str], sentence: str) -> None:
    submission = transmitted(cast)
    name = f"c{result(submission, 'REC-01').pk}"

    response = referent.post(url(submission, RETURN), {key.format(name): text for key, text in data.items()})

    submission.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert submission.state == "transmitted"


def test_correction_of_another_submission_is_ignored(cast: Cast, referent: Client) -> None:
    submission = transmitted(cast)

    response = referent.post(url(submission, RETURN), {"c999999": "on", "c999999-comment": "x", "comment": "y"})

    assert response.status_code == 422


def test_identical_resubmission_is_refused_then_corrected(cast: Cast, referent: Client, member: Client) -> None:
    submission = transmitted(cast)
    referent.post(url(submission, RETURN), asking(submission, REC_01="Vérifiez."))
    identical = member.post(url(submission, TRANSMIT))

    member.post(step_url(submission), typed(submission, REC_01="31"))
    member.post(url(submission, TRANSMIT))

    submission.refresh_from_db()
    page = text(referent.get(url(submission)))
    assert identical.status_code == 409
    assert "Rien n’a changé depuis le renvoi" in identical.content.decode()
    assert (submission.state, submission.versions.count()) == ("transmitted", 2)
    assert "Recrutements (REC-01) : <del>30</del> → <ins>31</ins>" in page


def test_reopen_a_validated_submission(cast: Cast, referent: Client) -> None:
    submission = transmitted(cast)
    referent.post(url(submission, VALIDATE))

    page = text(referent.get(url(submission)))
    referent.post(url(submission, REOPEN), asking(submission, REC_02="Un contrat a été oublié."))

    submission.refresh_from_db()
    assert "Rouvrir la remontée" in page
    assert submission.state == "returned"
    assert [log.transition for log in submission.logs.all()] == ["transmettre", "valider", "rouvrir"]


def test_extension_gives_more_time(cast: Cast, referent: Client) -> None:
    submission = complete(cast)

    response = referent.post(
        url(submission, EXTEND), {"until": "2019-10-15", "reason": "Déménagement du site"}, follow=True
    )

    submission.refresh_from_db()
    assert "Délai accordé jusqu’au 15/10/2019." in response.content.decode()
    assert submission.extension_reason == "Déménagement du site"
    assert str(submission.closes_on) == "2019-10-15"


def test_extension_without_reason_stays_on_the_page(cast: Cast, referent: Client) -> None:
    submission = complete(cast)

    response = referent.post(url(submission, EXTEND), {"until": "2019-10-15", "reason": ""})

    assert response.status_code == 422
    assert "2019-10-15" in response.content.decode()


def test_extension_before_the_due_day_is_refused(cast: Cast, referent: Client) -> None:
    submission = complete(cast)

    response = referent.post(url(submission, EXTEND), {"until": "2019-07-20", "reason": ""})

    assert response.status_code == 422
    assert "un jour après le 31/07/2019" in response.content.decode()
    assert "« Motif » est à renseigner." in response.content.decode()


@pytest.mark.parametrize("name", [TRANSMIT, VALIDATE, RETURN, REOPEN, EXTEND])
def test_decisions_are_posted_only(cast: Cast, referent: Client, name: str) -> None:
    assert referent.get(url(complete(cast), name)).status_code == 405


@pytest.mark.parametrize("name", [VALIDATE, RETURN, REOPEN, EXTEND])
@pytest.mark.parametrize("actor", ["member", "contributor", "animateur", "lecteur", "cget"])
def test_only_the_referent_decides(cast: Cast, name: str, actor: str) -> None:
    assert signed_in(getattr(cast, actor)).post(url(complete(cast), name)).status_code == 403


@pytest.mark.parametrize("name", [VALIDATE, RETURN, REOPEN, EXTEND])
def test_referent_of_elsewhere_finds_nothing(cast: Cast, name: str) -> None:
    assert signed_in(cast.other_referent).post(url(complete(cast), name)).status_code == 404
