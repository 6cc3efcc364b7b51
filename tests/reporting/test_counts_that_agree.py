"""Asked, received, validated, pending, late, silent: one meaning each, and the same numbers on every page."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from conventions.models import Convention, Submission
from conventions.selectors.returns import Returns, returns_by_axis, returns_by_semester, returns_of
from indicators.specs import Axis
from reporting.dashboards.prefecture import prefecture_home
from reporting.selectors import bilan_for, departure_for
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    SubmissionFactory,
)
from tests.pages import signed_in

ON = date(2019, 8, 20)
AT = datetime(2019, 8, 20, 9, tzinfo=UTC)
SENTENCE = (
    "8 entreprises attendues\u00a0: 6 remontées reçues (dont 1 après l’échéance), soit 4 validées et 2 non validées"
    "\u00a0; 2 entreprises silencieuses (dont 1 sans formulaire)."
)
STORY = Returns(asked=8, received=6, validated=4, late=1, formless=1)


@pytest.fixture(autouse=True)
def _story(cast: Cast, catalogue: str, settings: Settings) -> None:
    """Eight companies of the Pas-de-Calais engaged in the first semester of 2019, and three that are not."""
    settings.PAQTE_TODAY = ON
    answered("A validée", cast, validated=True)
    answered("B transmise", cast, transmitted=True)
    answered("C renvoyée", cast, returned=True)
    answered("D rouverte", cast, returned=True, counted_at=datetime(2019, 8, 2, 9, tzinfo=UTC))
    answered("E en retard", cast, validated=True, first_transmitted_on=date(2019, 8, 1))
    answered("F en saisie", cast)
    engaged("G sans formulaire", cast)
    renewed = engaged("H renouvelée", cast, starts_on=date(2016, 4, 1), ends_on=date(2019, 3, 31))
    renewal = ConventionFactory(company=renewed.company, starts_on=date(2019, 4, 1), renews=renewed, axes=["recruter"])
    SubmissionFactory(convention=renewal, validated=True)
    engaged("I à venir", cast, starts_on=date(2019, 7, 1))
    engaged("J finie", cast, terminated=True, terminated_on=date(2018, 12, 31), starts_on=date(2018, 3, 1))
    engaged("K en projet", cast, draft=True)


def engaged(name: str, cast: Cast, **fields: object) -> Convention:
    company = CompanyFactory(name=name, department=cast.company.department)
    return ConventionFactory(company=company, axes=["recruter"], **fields)


def answered(name: str, cast: Cast, **fields: object) -> Submission:
    return SubmissionFactory(convention=engaged(name, cast), **fields)


def test_the_value() -> None:
    found = returns_of(Convention.objects.all(), S1_2019)

    assert found == STORY
    assert (found.pending, found.silent, found.share, found.sentence) == (2, 2, "6 sur 8", SENTENCE)


def test_nothing_late_and_no_form_missing_is_not_said() -> None:
    assert Returns(asked=1, received=1, validated=0, late=0, formless=0).sentence == (
        "1 entreprise attendue\u00a0: 1 remontée reçue, soit 0 validée et 1 non validée\u00a0; "
        "0 entreprise silencieuse."
    )


def test_another_semester_and_another_departement_count_for_themselves(cast: Cast) -> None:
    engaged_elsewhere = ConventionFactory(company=cast.other_company)
    SubmissionFactory(convention=engaged_elsewhere, validated=True)

    found = returns_by_semester(Convention.objects.visible_to(cast.referent), [S1_2019, S2_2019])

    assert found[S1_2019] == STORY
    assert found[S2_2019] == Returns(asked=9, received=0, validated=0, late=0, formless=9)
    assert returns_of(Convention.objects.visible_to(cast.other_referent), S1_2019) == Returns(1, 1, 1, 0, 0)
    assert returns_by_semester(Convention.objects.all(), []) == {}


def test_by_axis(cast: Cast) -> None:
    ConventionFactory(company=CompanyFactory(department=cast.company.department), axes=["recruter", "acheter"])

    found = returns_by_axis(Convention.objects.all(), S1_2019)

    assert found == {
        Axis.RECRUTER: Returns(asked=9, received=6, validated=4, late=1, formless=2),
        Axis.ACHETER: Returns(asked=1, received=0, validated=0, late=0, formless=1),
    }


def test_one_query_whatever_the_number_of_semesters() -> None:
    spent = []
    for semesters in ([S1_2019], [S1_2019, S2_2019]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            returns_by_semester(Convention.objects.all(), semesters)
        spent.append(len(queries))

    assert spent == [1, 1]


def test_a_row_and_several_rows_say_the_same() -> None:
    rows = Submission.objects.of(S1_2019).select_related("campaign")

    assert set(rows.received()) == {row for row in rows if row.is_received}
    assert set(rows.validated()) == {row for row in rows if row.is_counted}
    assert set(rows.late()) == {row for row in rows if row.is_late}
    assert set(rows.overdue(on=ON)) == {row for row in rows if row.is_overdue(on=ON)} != set()
    assert set(rows.pending()) == set(rows.received()) - set(rows.validated())
    assert set(rows.silent()) == set(rows) - set(rows.received())


def test_the_home_of_the_referent_says_them_and_of_which_day(cast: Cast) -> None:
    home = prefecture_home(cast.referent, ON, at=AT)
    page = signed_in(cast.referent).get("/tableau-de-bord/").content.decode()

    assert home.collection is not None
    assert home.collection.answered.returns == STORY
    assert f"Au 20 août 2019, {SENTENCE}" in page
    assert "6 sur 8" in page


def test_the_list_of_submissions_says_them_and_its_filters_count_as_many(cast: Cast) -> None:
    client = signed_in(cast.referent)
    page = client.get("/resultats/?semestre=2019-S1").content.decode()
    counts = {
        state: client.get(f"/resultats/?semestre=2019-S1&etat={state}").context["page"].paginator.count
        for state in ("recues", "validees", "en-attente", "en-retard", "silencieuses")
    }

    assert f"Au 20 août 2019, {SENTENCE}" in page
    # G has no form: it is silent, and the list of forms cannot show it.
    assert counts == {"recues": 6, "validees": 4, "en-attente": 2, "en-retard": 1, "silencieuses": 1}


def test_the_campaigns_of_the_nation_count_as_many(cast: Cast) -> None:
    lines = signed_in(cast.cget).get("/campagnes/").context["lines"]

    assert [(campaign.semester, returns) for campaign, returns, _ in lines] == [(S1_2019, STORY)]


def test_the_bilan_and_its_departure_count_as_many(cast: Cast) -> None:
    bilan = BilanFactory(department=cast.company.department)

    data = bilan_for(bilan, ON)
    departure = departure_for(bilan, data)

    counts = data.completeness
    assert (counts.expected, counts.received, counts.validated, counts.late) == (8, 6, 4, 1)
    assert counts.silent == ("F en saisie", "G sans formulaire")
    assert counts.pending == ("B transmise", "C renvoyée")
    assert departure.late == ("E en retard",)


def test_a_campaign_that_is_not_open_has_no_form_and_every_company_of_it_is_silent(cast: Cast) -> None:
    CampaignFactory(semester=S2_2019)
    lines = signed_in(cast.cget).get("/campagnes/").context["lines"]

    assert [returns.share for _, returns, _ in lines] == ["0 sur 9", "6 sur 8"]
