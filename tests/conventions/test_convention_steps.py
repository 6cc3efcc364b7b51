"""The steps of a convention in the browser: ready, signed, terminated, renewed."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from conventions.models import Convention
from tests.factories import (
    ConventionFactory,
)
from tests.pages import page, post, signed_in, text

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


def test_prepare_sign_and_terminate(cast):
    draft = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])
    states = []

    for name, data in (
        ("convention_prepare", {}),
        ("convention_resume", {}),
        ("convention_prepare", {}),
        ("convention_sign", {"signed_on": "2020-07-10", "place": "Arras"}),
        ("convention_terminate", {"on": "2021-01-31", "comment": "Fermeture."}),
    ):
        response = post(cast.referent, name, draft.pk, **data)
        draft.refresh_from_db()
        states.append(draft.state)
        assert response.url == draft.get_absolute_url()

    assert states == ["ready", "draft", "ready", "signed", "terminated"]
    assert [line.transition for line in draft.logs.all()] == ["preparer", "reprendre", "preparer", "signer", "resilier"]


def test_prepare_says_all_that_is_missing(cast):
    draft = ConventionFactory(company=cast.company, draft=True, targets={})

    response = post(cast.referent, "convention_prepare", draft.pk)

    assert response.status_code == 409
    assert "Fixez au moins un objectif pour l’axe « Former »." in text(response)
    assert "Fixez au moins un objectif pour l’axe « Recruter »." in text(response)


def test_sign_page_proposes_today_and_the_prefecture(cast):
    ready = ConventionFactory(company=cast.company, ready=True)

    seen = text(page(cast.referent, "convention_sign", ready.pk))

    assert 'value="10/07/2020"' in seen
    assert 'value="Arras"' in seen


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"signed_on": "2020-07-11", "place": "Arras"}, "elle a eu lieu entre le 08/02/2018 et le 10/07/2020."),
        ({"signed_on": "2015-02-03", "place": "Arras"}, "Le 03/02/2015 ne peut pas être le jour de la signature"),
        ({"signed_on": "2020-07-10", "place": "  "}, "« Lieu de signature » est à renseigner."),
        ({"signed_on": "", "place": "Arras"}, "id_signed_on_error"),
    ],
)
def test_sign_refuses_and_keeps_the_state(cast, data, sentence):
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])

    response = post(cast.referent, "convention_sign", ready.pk, **data)

    ready.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert ready.state == "ready"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"on": "2022-02-08", "comment": "Fermeture."}, "La résiliation tombe entre le 08/02/2019 et le 07/02/2022."),
        ({"on": "2020-01-31", "comment": " "}, "« Motif de la résiliation » est à renseigner."),
    ],
)
def test_terminate_refuses_and_keeps_the_state(cast, data, sentence):
    signed = ConventionFactory(company=cast.company)

    response = post(cast.referent, "convention_terminate", signed.pk, **data)

    signed.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert signed.state == "signed"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "state"), [("convention_sign", "draft"), ("convention_terminate", "ready")])
def test_a_step_out_of_turn_is_a_conflict(cast, method, name, state):
    convention = ConventionFactory(company=cast.company, **{state: True})

    response = getattr(signed_in(cast.referent), method)(reverse(name, args=[convention.pk]))

    assert response.status_code == 409
    assert "n’est plus possible" in text(response)


def test_renew_twice_is_a_conflict(cast):
    convention = ConventionFactory(company=cast.company)

    post(cast.referent, "convention_renew", convention.pk, once=uuid4())
    response = post(cast.referent, "convention_renew", convention.pk, once=uuid4())

    assert response.status_code == 409
    assert Convention.objects.filter(renews=convention).count() == 1


@pytest.mark.parametrize("name", ["convention_prepare", "convention_resume", "convention_renew"])
def test_reading_moves_nothing(cast, name):
    convention = ConventionFactory(company=cast.company, draft=True)

    assert page(cast.referent, name, convention.pk).status_code == 405
