"""The CGET opens the collection of a semester, changes its dates and its days of reminder."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from conventions.actions.campaigns import plan
from conventions.models import Campaign, CampaignLog
from tests.cast import Cast
from tests.factories import S1_2019, S2_2019, CampaignFactory, ConventionFactory
from tests.pages import hidden_fields, signed_in, text
from workflows.tables import WrongRole

AT = datetime(2019, 6, 15, 9, tzinfo=UTC)
DATES = {"semester": "2019-S1", "opens_on": "2019-07-01", "due_on": "2019-07-31", "locks_on": "2019-09-30"}
REMINDER = "relance-1-on"


@pytest.fixture
def cget(cast: Cast) -> Client:
    return signed_in(cast.cget)


def test_list_counts_what_came_in(cast: Cast, cget: Client) -> None:
    ConventionFactory(company=cast.company)
    plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), at=AT, by=cast.cget)

    page = cget.get("/campagnes/").content.decode()

    assert "1er semestre 2019" in page
    assert "0 sur 1" in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 6, 30), "Aucune campagne n’est ouverte, sur 2 enregistrées."),
        (date(2019, 9, 30), "Une campagne est ouverte, sur 2 enregistrées."),
        (date(2020, 1, 15), "2 campagnes sont ouvertes, sur 2 enregistrées."),
    ],
)
def test_list_counts_the_campaigns_that_are_open(
    cast: Cast, cget: Client, settings: Settings, day: date, said: str
) -> None:
    settings.PAQTE_TODAY = day
    for semester, opens, locks in (
        (S1_2019, date(2019, 7, 1), date(2020, 1, 15)),
        (S2_2019, date(2020, 1, 15), date(2020, 3, 31)),
    ):
        plan(semester, opens_on=opens, due_on=locks, locks_on=locks, at=AT, by=cast.cget)

    assert said in text(cget.get("/campagnes/"))


def test_empty_list_says_what_to_do(cget: Client) -> None:
    assert "Aucune campagne pour l’instant" in cget.get("/campagnes/").content.decode()


def test_open_a_campaign(cast: Cast, cget: Client) -> None:
    convention = ConventionFactory(company=cast.company, axes=["recruter"])

    response = cget.post("/campagnes/nouvelle/", DATES | {REMINDER: "2019-07-20"})

    campaign = Campaign.objects.get()
    assert response.status_code == 302
    assert campaign.due_on == date(2019, 7, 31)
    assert [reminder.on for reminder in campaign.reminders.all()] == [date(2019, 7, 20)]
    assert convention.submissions.get().results.count() == 6


def test_change_dates_and_drop_a_reminder(cget: Client) -> None:
    campaign = CampaignFactory()
    campaign.reminders.create(on=date(2019, 7, 10))
    campaign.reminders.create(on=date(2019, 7, 20))
    data = {name: text for name, text in DATES.items() if name != "semester"} | {"due_on": "2019-08-15"}

    data |= {REMINDER: "", "relance-2-on": "2019-07-20", "relance-3-on": ""}
    asked = cget.post("/campagnes/2019-S1/", data)
    before = campaign.reminders.count()
    cget.post("/campagnes/2019-S1/", hidden_fields(asked))

    assert '<li dir="auto">Relance du 10 juillet 2019</li>' in asked.content.decode()
    assert before == 2
    campaign.refresh_from_db()
    assert campaign.due_on == date(2019, 8, 15)
    assert [reminder.on for reminder in campaign.reminders.all()] == [date(2019, 7, 20)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": "2019-06-01"}, "L’ouverture précède l’échéance, qui précède la fermeture."),
        ({"opens_on": "2018-07-01"}, "ne peut pas ouvrir avant le 01/01/2019"),
        ({"semester": "2019-3"}, "« 2019-3 » n’est pas un semestre. Écrivez par exemple 2019-S1."),
        ({"opens_on": ""}, "« Ouvre le » : indiquez une date, par exemple 08/02/2019."),
        ({"bilan_due_on": "2019-07-30"}, "Les bilans sont dus après les remontées, au plus tôt le même jour."),
        ({REMINDER: "2019-12-24"}, "Une relance tombe entre l’ouverture (01/07/2019) et la fermeture (30/09/2019)."),
        ({REMINDER: "demain"}, "date"),
    ],
)
def test_dates_that_make_no_sense_stay_on_the_page(cget: Client, changed: dict[str, str], sentence: str) -> None:
    response = cget.post("/campagnes/nouvelle/", DATES | changed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Campaign.objects.count() == 0


def test_semester_already_opened_is_refused(cget: Client) -> None:
    CampaignFactory()

    response = cget.post("/campagnes/nouvelle/", DATES)

    assert "La campagne de ce semestre existe déjà" in response.content.decode()


def test_unknown_semesters_are_not_found(cget: Client) -> None:
    assert cget.get("/campagnes/2019-S1/").status_code == 404
    assert cget.get("/campagnes/2019-S3/").status_code == 404


@pytest.mark.parametrize("actor", ["referent", "lecteur", "animateur", "member"])
@pytest.mark.parametrize("address", ["/campagnes/", "/campagnes/nouvelle/", "/campagnes/2019-S1/"])
def test_only_the_cget_sets_dates(cast: Cast, actor: str, address: str) -> None:
    CampaignFactory()

    assert signed_in(getattr(cast, actor)).get(address).status_code == 403


def test_planning_twice_changes_nothing(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    dates: dict[str, Any] = {"opens_on": date(2019, 7, 1), "due_on": date(2019, 7, 31), "locks_on": date(2019, 9, 30)}
    plan(S1_2019, **dates, reminders=[date(2019, 7, 20)], at=AT, by=cast.cget)

    plan(S1_2019, **dates, reminders=[date(2019, 7, 20)], at=AT, by=cast.cget)

    assert convention.submissions.count() == 1
    assert Campaign.objects.get().reminders.count() == 1
    assert CampaignLog.objects.count() == 1


def test_the_journal_keeps_what_the_dates_were(cast: Cast, cget: Client) -> None:
    dates: dict[str, Any] = {"opens_on": date(2019, 7, 1), "due_on": date(2019, 7, 31), "locks_on": date(2019, 9, 30)}
    plan(S1_2019, **dates, reminders=[date(2019, 7, 20)], at=AT, by=cast.cget)

    later = dates | {"due_on": date(2019, 8, 15), "bilan_due_on": date(2019, 9, 14)}
    plan(S1_2019, **later, reminders=[date(2019, 8, 1), date(2019, 7, 20)], at=AT, by=cast.cget)
    plan(S1_2019, **later, at=AT, by=cast.cget)

    assert [(line.transition, line.detail) for line in CampaignLog.objects.all()] == [
        (
            "creer",
            "ouvre le\u00a0: 01/07/2019\u00a0; à transmettre avant le\u00a0: 31/07/2019\u00a0; "
            "se ferme le\u00a0: 30/09/2019\u00a0; bilans dus le\u00a0: 14/09/2019\u00a0; relances\u00a0: 20/07/2019",
        ),
        (
            "dates",
            "à transmettre avant le\u00a0: 31/07/2019 → 15/08/2019\u00a0; "
            "relances\u00a0: 20/07/2019 → 20/07/2019, 01/08/2019",
        ),
        ("dates", "relances\u00a0: 20/07/2019, 01/08/2019 → aucune"),
    ]
    page = text(cget.get("/campagnes/2019-S1/"))
    who = f'<span dir="auto">{cast.cget.bare_name}</span>'
    assert f"<strong>Campagne ouverte</strong> par {who} le 15 juin 2019 à 11:00" in page


@pytest.mark.parametrize("name", ["referent", "member", "technician", "no_role"])
def test_nobody_else_plans(cast: Cast, name: str) -> None:
    dates: dict[str, Any] = {"opens_on": date(2019, 7, 1), "due_on": date(2019, 7, 31), "locks_on": date(2019, 9, 30)}

    with pytest.raises(WrongRole):
        plan(S1_2019, **dates, at=AT, by=getattr(cast, name))

    assert not Campaign.objects.exists()


@pytest.mark.parametrize(("typed", "day"), [("", date(2019, 9, 14)), ("2019-10-15", date(2019, 10, 15))])
def test_the_agency_says_by_when_the_bilans_are_due(cget: Client, typed: str, day: date) -> None:
    CampaignFactory()
    data = {name: text for name, text in DATES.items() if name != "semester"}

    response = cget.post("/campagnes/2019-S1/", data | {"bilan_due_on": typed})

    assert response.status_code == 302
    assert Campaign.objects.get().bilan_due_on == day
    assert f'<td class="portal-number">{day:%d/%m/%Y}</td>' in cget.get("/campagnes/").content.decode()
