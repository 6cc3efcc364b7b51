"""Forms of conventions say at once all that is wrong with them: what is left unanswered and what cannot be."""

from datetime import date

import pytest

from tests.factories import CampaignFactory, ConventionFactory
from tests.pages import post, signed_in, text

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


def test_frame_of_a_new_convention(cast):
    charter = cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))
    ConventionFactory(company=cast.company, charter=charter, starts_on=date(2019, 2, 8))

    refused = post(
        cast.referent, "convention_create", company=cast.company.pk, starts_on="2020-02-08", charter_reference="CEQ-7"
    )

    assert refused.status_code == 422
    for sentence in (
        "Cochez au moins un axe.",
        "deux conventions ne peuvent pas se chevaucher.",
        "Indiquez la date de la charte.",
        "elle est déjà transformée en convention, PAQTE-62-",
    ):
        assert sentence in text(refused)


def test_frame_older_than_the_programme(cast):
    refused = post(cast.referent, "convention_create", company=cast.company.pk, starts_on="2017-12-31")

    assert "La date d’effet ne peut pas précéder le PAQTE" in text(refused)
    assert "Cochez au moins un axe." in text(refused)


def test_draft_does_not_stand_in_its_own_way(cast):
    draft = ConventionFactory(company=cast.company, draft=True, starts_on=date(2019, 2, 8))

    answers = {"starts_on": "2019-03-01", "axes": ["recruter"], "axes_reason": "Le cœur du métier."}
    response = post(cast.referent, "convention_update", draft.pk, **answers)

    draft.refresh_from_db()
    assert (response.status_code, draft.starts_on) == (302, date(2019, 3, 1))


def test_signature(cast):
    ready = ConventionFactory(company=cast.company, ready=True, starts_on=date(2020, 9, 1))

    refused = post(cast.referent, "convention_sign", ready.pk, signed_on="2020-07-11", place="")

    assert refused.status_code == 422
    assert "ne peut pas être le jour de la signature" in text(refused)
    assert "« Lieu de signature » est à renseigner." in text(refused)


def test_termination(cast):
    convention = ConventionFactory(company=cast.company, starts_on=date(2019, 2, 8))

    refused = post(cast.referent, "convention_terminate", convention.pk, on="2022-02-08", comment="")

    assert refused.status_code == 422
    assert "La résiliation tombe entre le 08/02/2019 et le 07/02/2022." in text(refused)
    assert "« Motif de la résiliation » est à renseigner." in text(refused)


def test_flag(cast):
    convention = ConventionFactory(company=cast.company, starts_on=date(2019, 2, 8))

    refused = post(cast.referent, "convention_elsewhere", convention.pk, since="2022-02-08", where="")

    assert refused.status_code == 422
    assert "Ce jour tombe entre le 08/02/2019 et le 07/02/2022." in text(refused)
    assert "est à renseigner." in text(refused)


def test_campaign_and_its_reminders(cast):
    CampaignFactory()
    answers = {"opens_on": "2019-07-01", "due_on": "", "locks_on": "2019-09-30"}
    answers |= {"relance-1-on": "2019-06-30", "relance-2-on": "hier"}

    refused = text(signed_in(cast.cget).post("/campagnes/2019-S1/", answers))

    assert "indiquez une date, par exemple 08/02/2019." in refused
    assert "Une relance tombe entre l’ouverture (01/07/2019) et la fermeture (30/09/2019)." in refused
    assert "Saisissez une date qui existe" in refused
