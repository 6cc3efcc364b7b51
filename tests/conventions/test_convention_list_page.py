"""The list of conventions: who sees what, filters, situations of the day."""

from datetime import date

import pytest

from conventions.models import Situation
from tests.factories import (
    ConventionFactory,
)
from tests.pages import page, queries, rows, text

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


@pytest.mark.parametrize(
    ("actor", "status"),
    [("referent", 200), ("lecteur", 200), ("animateur", 200), ("cget", 403), ("no_role", 403), ("technician", 403)],
)
def test_list_opens_to_whom_it_may(cast, actor, status):
    assert page(getattr(cast, actor), "convention_list").status_code == status


def test_list_shows_what_one_may_see(cast):
    mine = ConventionFactory(company=cast.company)
    neighbour = ConventionFactory(company=cast.rival_company, draft=True)
    ConventionFactory(company=cast.other_company)

    seen = {actor: set(rows(page(getattr(cast, actor), "convention_list"))) for actor in ("referent", "animateur")}

    assert seen == {"referent": {mine, neighbour}, "animateur": {mine}}


def test_list_takes_the_member_of_one_company_to_its_only_convention(cast):
    convention = ConventionFactory(company=cast.company)

    assert page(cast.contributor, "convention_list").url == convention.get_absolute_url()


def test_list_filters_by_situation_of_the_day(cast):
    running = ConventionFactory(company=cast.company)
    expired = ConventionFactory(company=cast.rival_company, starts_on=date(2017, 7, 1), signed_on=date(2018, 1, 2))
    coming = ConventionFactory(starts_on=date(2020, 9, 1), signed_on=date(2020, 7, 1))
    draft, ready, ended = (
        ConventionFactory(draft=True),
        ConventionFactory(ready=True),
        ConventionFactory(terminated=True),
    )

    found = {
        situation.value: rows(page(cast.referent, "convention_list", situation=situation.value))
        for situation in Situation
    }

    assert found == {
        "brouillon": [draft],
        "prete": [ready],
        "a-venir": [coming],
        "en-cours": [running],
        "echue": [expired],
        "resiliee": [ended],
    }


def test_list_agrees_with_the_sheet_on_every_situation(cast):
    for situation in Situation:
        for convention in rows(page(cast.referent, "convention_list", situation=situation.value)):
            assert convention.status_on(date(2020, 7, 10)) == situation.label


def test_list_searches_name_and_reference(cast):
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-777")
    ConventionFactory()

    for query in ("ateliers terril", "2019-777"):
        assert convention in rows(page(cast.referent, "convention_list", q=query))
    assert rows(page(cast.referent, "convention_list", q="zzz")) == []


def test_an_empty_list_says_what_to_do(cast):
    assert "Créez le brouillon d’une première convention" in text(page(cast.referent, "convention_list"))
    assert "C’est le référent PAQTE de la préfecture" in text(page(cast.lecteur, "convention_list"))


def test_list_makes_as_many_queries_for_one_as_for_thirty(cast):
    ConventionFactory(company=cast.company)
    assert queries(cast.lecteur, "convention_list") == 9

    for _ in range(30):
        ConventionFactory()
    assert queries(cast.lecteur, "convention_list") == 9
