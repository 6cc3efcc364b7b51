"""The page of one submission: the company reads over and transmits, the référent reads."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import OutgoingMail
from tests.cast import Cast
from tests.conventions.entry_helpers import (
    ON,
    TRANSMIT,
    complete,
    result,
    step_url,
    submission_of,
    transmitted,
    typed,
    url,
)
from tests.factories import ActionExampleFactory
from tests.pages import signed_in

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


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("member", 200),
        ("contributor", 200),
        ("animateur", 200),
        ("referent", 200),
        ("lecteur", 200),
        ("rival", 404),
        ("other_member", 404),
        ("other_referent", 404),
        ("cget", 403),
        ("no_role", 403),
    ],
)
def test_page_per_actor(cast: Cast, actor: str, status: int) -> None:
    submission = complete(cast)

    assert signed_in(getattr(cast, actor)).get(url(submission)).status_code == status


def test_foreign_submission_is_the_same_404_as_none(cast: Cast) -> None:
    submission = complete(cast)
    rival = signed_in(cast.rival)

    foreign = rival.get(url(submission)).content
    unknown = rival.get("/resultats/00000000-0000-4000-8000-000000000000/").content

    assert strip_token(foreign) == strip_token(unknown)


def strip_token(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]


def test_unanswered_indicator_stops_the_transmission_with_its_list(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 30, "REC-02": None})

    page = member.get(url(submission)).content.decode()
    response = member.post(url(submission, TRANSMIT), {"message": "Bonjour"})

    submission.refresh_from_db()
    refused = response.content.decode()
    sentence = "Recrutements de résidents de QPV (REC-02)\u00a0: pas encore de réponse."
    assert f'<a href="{step_url(submission)}#rec-02">{sentence}</a>' in page
    assert 'aria-disabled="true"' in page
    assert response.status_code == 409
    assert f"<li>{sentence}</li>" in refused
    assert "Bonjour</textarea>" in refused
    assert submission.state == "draft"
    assert OutgoingMail.objects.count() == 0


def test_transmission_gives_a_receipt(cast: Cast, member: Client) -> None:
    submission = complete(cast)

    response = member.post(url(submission, TRANSMIT), {"message": " Bonne lecture. "}, follow=True)

    page = response.content.decode()
    submission.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (submission.state, submission.message) == ("transmitted", "Bonne lecture.")
    assert "Version 1, transmise le 15 juillet 2019" in page
    assert "sans objet (Aucun emploi franc ce semestre)" in page
    assert mail.to == "member@example.org"
    assert "REC-02 – Recrutements de résidents de QPV : 0" in mail.body
    assert f"http://testserver/resultats/{submission.pk}/" in mail.body
    assert [log.transition for log in submission.logs.all()] == ["transmettre"]


def test_receipt_says_yes_rather_than_one(cast: Cast, member: Client) -> None:
    submission = submission_of(cast, answers={"REC-07": 1, "REC-04": "Dispositif absent"})

    member.post(url(submission, TRANSMIT))

    body = OutgoingMail.objects.get().body
    assert "REC-07 – Testing, autotest ou baromètre mené : oui\n" in body
    assert "REC-04 – Recrutements en emplois francs : sans objet (Dispositif absent)\n" in body


def test_second_transmission_is_refused(cast: Cast, member: Client) -> None:
    submission = transmitted(cast)

    response = member.post(url(submission, TRANSMIT))

    assert response.status_code == 409
    assert "n’est plus possible" in response.content.decode()
    assert submission.versions.count() == 1


def test_contributor_enters_but_does_not_transmit(cast: Cast) -> None:
    submission = complete(cast)
    contributor = signed_in(cast.contributor)

    page = contributor.get(url(submission)).content.decode()
    response = contributor.post(url(submission, TRANSMIT))

    submission.refresh_from_db()
    assert f"un administrateur de votre entreprise la transmet ({cast.member.get_full_name()})" in page
    assert response.status_code == 403
    assert "Vous ne pouvez pas effectuer l’action « Transmettre »." in response.content.decode()
    assert submission.state == "draft"


def test_animateur_transmits_for_its_companies(cast: Cast) -> None:
    submission = complete(cast)

    signed_in(cast.animateur).post(url(submission, TRANSMIT))

    submission.refresh_from_db()
    assert submission.state == "transmitted"
    assert OutgoingMail.objects.get().to == "animateur@example.org"


def test_closed_campaign_says_how_to_go_on(cast: Cast, member: Client, settings: Settings) -> None:
    submission = complete(cast)
    settings.PAQTE_TODAY = submission.campaign.locks_on.replace(month=10)

    response = member.post(url(submission, TRANSMIT))

    assert response.status_code == 409
    assert "demandez un délai à la préfecture" in response.content.decode()


def test_too_long_message_stays_on_the_page(cast: Cast, member: Client) -> None:
    submission = complete(cast)

    response = member.post(url(submission, TRANSMIT), {"message": "x" * 2001})

    submission.refresh_from_db()
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()
    assert submission.state == "draft"


def test_review_shows_warnings_first_and_the_companys_words(cast: Cast, member: Client, referent: Client) -> None:
    submission = submission_of(cast, answers={"REC-01": 500, "REC-02": 4})
    pk = result(submission, "REC-01").pk
    ActionExampleFactory(submission=submission)
    member.post(step_url(submission), typed(submission) | {f"r{pk}-comment": "Ouverture d’un second site."})
    member.post(url(submission, TRANSMIT), {"message": "Deux sites."})

    page = referent.get(url(submission)).content.decode()

    assert page.index("Une réponse surprend") < page.index("« Ouverture d’un second site. »")
    assert "L’entreprise a commenté." in page
    assert "Deux sites." in page
    assert "Une matinée de recrutement au pied du Terril" in page
    assert "Valider la remontée" in page
    assert "Renvoyer pour correction" in page


def test_lecteur_reads_without_deciding(cast: Cast) -> None:
    submission = transmitted(cast)

    page = signed_in(cast.lecteur).get(url(submission)).content.decode()

    assert "Valider la remontée" not in page
    assert "Accorder" not in page
    assert "30" in page


def test_hostile_names_are_shown_as_text(cast: Cast, member: Client) -> None:
    cast.company.name = "<script>alert(1)</script>{{7*7}}"
    cast.company.save()
    submission = complete(cast)

    member.post(url(submission, TRANSMIT))
    page = member.get(url(submission)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "de l’entreprise <script>alert(1)</script>{{7*7}}.\n" in OutgoingMail.objects.get().body


@pytest.mark.parametrize("codes", [1, 8])
def test_page_makes_a_constant_number_of_queries(
    cast: Cast, referent: Client, codes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = submission_of(cast, answers={f"REC-{number:02d}": 1 for number in range(1, codes + 1)}, validated=True)
    referent.get(url(submission))

    with django_assert_num_queries(10):
        referent.get(url(submission))
