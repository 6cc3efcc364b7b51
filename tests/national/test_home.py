"""The home of the agency: who sent, who is waited for, what it adds up to."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from conventions.actions.campaigns import plan
from conventions.models import Campaign
from national.actions.messages import remind
from national.home import NationalHome, national_home
from national.selectors.board import Line
from national.tiles import Standing
from reporting import actions
from territories.loading import load_territories
from territories.models import Department
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.national.cold import forget_sums
from tests.reporting.pages import AT, plain, sent

PAGE = "/tableau-de-bord/"
LAST_DAY, LATER = date(2019, 9, 14), date(2019, 9, 15)
"""Forty-five days after the last day of the companies, and the day after."""


@pytest.fixture
def story(cast: Cast, catalogue: str) -> None:
    """One convention per company of the cast, two of them of the Pas-de-Calais, and the campaign of a semester."""
    for company in (cast.company, cast.rival_company, cast.other_company):
        ConventionFactory(company=company)
    plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), at=AT, by=cast.cget)


def home_of(user: User, on: date) -> NationalHome:
    home = national_home(user, on)
    assert home is not None
    return home


def words(client: Client, user: User) -> str:
    """What the page says, spaces aside."""
    client.force_login(user)
    return re.sub(r"\s+", " ", strip_tags(client.get(PAGE).content.decode()))


def home_lines(home: NationalHome) -> list[Line]:
    """The territories that have a PAQTE."""
    everyone = (*home.departments.lines, *home.collectivities.lines)
    return [line for line in everyone if line.standing is not Standing.WITHOUT]


def states(home: NationalHome) -> list[tuple[str, int | None, str, str]]:
    return [(line.department.pk, line.companies, line.standing.value, line.detail) for line in home_lines(home)]


def test_a_bilan_is_late_when_its_own_day_is_past_and_never_before(cast: Cast, story: None) -> None:
    BilanFactory(department=cast.company.department)

    assert states(home_of(cast.cget, LAST_DAY)) == [
        ("59", 1, "attendu", "pour le 14 septembre 2019"),
        ("62", 2, "en préparation", "pour le 14 septembre 2019"),
    ]
    assert home_of(cast.cget, LAST_DAY).chased == ()

    late = home_of(cast.cget, LATER)
    assert states(late) == [
        ("59", 1, "en retard", "depuis le 14 septembre 2019"),
        ("62", 2, "en retard", "depuis le 14 septembre 2019, commencé"),
    ]
    assert [(item.department.pk, {*item.referents}) for item in late.chased] == [
        ("59", {cast.other_referent}),
        ("62", {cast.referent, cast.staff_referent}),
    ]


def test_what_was_sent_is_dated_numbered_and_leads_to_it(cast: Cast, story: None) -> None:
    SubmissionFactory(convention=ConventionFactory(company__department=cast.company.department), validated=True)
    bilan = sent(cast)

    home = home_of(cast.cget, LATER)

    assert states(home)[1] == ("62", 3, "transmis", "le 15 septembre 2019")
    assert [tile.url for tile in home.map.tiles] == ["/bilans/62/2019-S1/", ""]
    # Three companies of the Pas-de-Calais as its bilan says, one of which answered, and that of the Nord as is known.
    assert (home.covered.validated, home.covered.expected) == (1, 4)

    new = actions.rectify(bilan, at=AT, by=cast.referent, reason="Une coquille.")
    actions.write(new, by=cast.referent, strategy="Une autre.")
    actions.transmit(new, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    assert states(home_of(cast.cget, LATER))[1][3] == "le 15 septembre 2019, version\u00a02"


def test_companies_that_signed_since_change_nothing_of_what_was_sent(cast: Cast, story: None) -> None:
    sent(cast)
    ConventionFactory(company__department=cast.company.department)

    covered = home_of(cast.cget, LATER).covered

    assert (covered.validated, covered.expected, covered.share) == (0, 3, "0 sur 3")


def test_it_is_over_the_101_departements_and_collectivities_stand_apart(cast: Cast, story: None) -> None:
    load_territories()
    saint_martin = DepartmentFactory(code="978", name="Saint-Martin", region=None)
    ConventionFactory(company__department=saint_martin)
    sent(cast)

    home = home_of(cast.cget, LATER)

    assert (home.departments.share, home.departments.share_of_engaged) == ("1 sur 101", "1 sur 2")
    assert home.departments.others == "1 en retard, 99 sans PAQTE"
    assert (home.collectivities.share, home.collectivities.others) == ("0 sur 1", "1 en retard")
    assert home.map.title == "1 département sur 101 a transmis le bilan du 1er semestre 2019"
    assert len(home.map.tiles) == 102
    assert [line.department.pk for line in home_lines(home)] == ["59", "62", "978"]
    assert len(home.without) == 99
    assert [item.department.pk for item in home.chased] == ["59", "978"]


def test_a_former_semester_is_still_owed(cast: Cast, story: None) -> None:
    plan(S2_2019, opens_on=date(2020, 1, 1), due_on=date(2020, 1, 31), locks_on=date(2020, 3, 31), at=AT, by=cast.cget)

    (nord, _) = home_of(cast.cget, date(2020, 4, 1)).chased

    assert [(str(line.campaign.semester), line.standing) for line in nord.owed] == [
        ("2019-S1", Standing.LATE),
        ("2019-S2", Standing.LATE),
    ]
    assert home_of(cast.cget, date(2020, 2, 10)).chased[0].owed == nord.owed[:1]


def test_a_company_counts_once_although_its_convention_was_renewed(cast: Cast, story: None) -> None:
    ConventionFactory(company=cast.other_company, starts_on=date(2022, 2, 8))
    plan(
        Semester(2022, 1),
        opens_on=date(2022, 7, 1),
        due_on=date(2022, 7, 31),
        locks_on=date(2022, 9, 30),
        at=AT,
        by=cast.cget,
    )

    assert states(home_of(cast.cget, date(2022, 8, 1)))[0][:2] == ("59", 1)


def test_the_page_says_who_is_missing_and_whom_to_call(
    client: Client, cast: Cast, story: None, settings: Settings
) -> None:
    settings.PAQTE_TODAY = LATER
    User.objects.filter(pk=cast.other_referent.pk).update(phone="03 20 00 00 00")
    User.objects.filter(department="62").update(is_active=False)
    sent(cast)
    page = words(client, cast.cget)

    assert "1 département sur 2 a transmis son bilan, dû le 14 septembre 2019 ; 1 en retard." in page
    assert "03 20 00 00 00 other.referent@example.org" in page
    assert "Lire la carte en tableau" in page


def test_whoever_is_late_without_a_referent_is_to_be_invited(
    client: Client, cast: Cast, story: None, settings: Settings
) -> None:
    settings.PAQTE_TODAY = LATER
    User.objects.filter(role="referent").update(is_active=False)

    assert words(client, cast.cget).count("Aucun compte de référent. Inviter") == 2


def test_all_bilans_are_there(client: Client, cast: Cast, story: None, settings: Settings) -> None:
    settings.PAQTE_TODAY = LAST_DAY

    assert "Tous les bilans dont l’échéance est passée sont arrivés." in words(client, cast.cget)


def test_before_the_first_campaign_the_agency_is_told_what_to_do(client: Client, cast: Cast) -> None:
    assert "Ouvrez une campagne" in words(client, cast.cget)


def test_it_costs_the_same_with_thirty_departements(
    cast: Cast, story: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_territories()
    sent(cast)
    remind(cast.other_company.department, at=AT, by=cast.cget)
    forget_sums()
    with django_assert_num_queries(12):
        home_of(cast.cget, LATER)
    with django_assert_num_queries(11):
        home_of(cast.cget, LATER)
    for place in Department.objects.filter(code__lt="31"):
        ConventionFactory(company=CompanyFactory(department=place))
        UserFactory(referent=True, department=place)
        remind(place, at=AT, by=cast.cget)
    forget_sums()
    with django_assert_num_queries(12):
        home = home_of(cast.cget, LATER)
    assert (len(home.chased), home.others) == (10, 22)


def test_a_territory_is_drawn_as_it_is_called_and_a_bilan_as_it_is_due_today(
    cast: Cast, story: None, client: Client, settings: Settings
) -> None:
    settings.PAQTE_TODAY = LATER
    load_territories()
    sent(cast)
    before = words(client, cast.cget)
    Department.objects.filter(pk="59").update(name="Nord d’avant")
    Campaign.objects.update(bilan_due_on=date(2019, 9, 10))

    after = words(client, cast.cget)

    assert "depuis le 14 septembre 2019" in before
    assert "Nord d’avant (59)" not in before
    assert "Nord d’avant (59)" in after
    assert "depuis le 10 septembre 2019" in after
    assert "depuis le 14 septembre 2019" not in after


def test_what_was_received_waits_for_an_answer_of_the_agency(cast: Cast, story: None) -> None:
    bilan = sent(cast)
    unread = ("1 bilan du 1er semestre 2019 sans réponse de l’agence", "/bilans/?semestre=2019-S1&reponse=unread")
    assert [(task.sentence, task.url) for task in home_of(cast.cget, LATER).tasks] == [unread]

    actions.ask_back(bilan, comment="Pourquoi 12 ?", at=AT, by=cast.cget)
    assert home_of(cast.cget, LATER).tasks == ()

    actions.answer(bilan, comment="Un atelier de plus.", at=AT, by=cast.referent)
    answered = (
        "1 réponse d’une préfecture sur le 1er semestre 2019",
        "/bilans/?semestre=2019-S1&reponse=answered",
    )
    assert [(task.sentence, task.url) for task in home_of(cast.cget, LATER).tasks] == [answered]

    actions.acknowledge(bilan, at=AT, by=cast.cget)
    assert home_of(cast.cget, LATER).tasks == ()


def test_the_list_opens_what_the_home_counted(client: Client, cast: Cast, story: None, settings: Settings) -> None:
    settings.PAQTE_TODAY = LATER
    sent(cast)
    client.force_login(cast.cget)

    def listed(query: str) -> list[str]:
        return [line.department.pk for line in client.get(f"/bilans/?semestre=2019-S1{query}").context["shown"]]

    assert listed("") == ["59", "62"]
    assert listed("&reponse=unread") == ["62"]
    assert listed("&reponse=answered") == []
    assert listed("&reponse=nimporte") == ["59", "62"]


@pytest.mark.parametrize(("on", "word"), [(LAST_DAY, "attendu"), (LATER, "en retard")])
@pytest.mark.parametrize("url", ["/bilans/?semestre=2019-S1", "/national/2019-S1/"])
def test_late_is_said_once_the_day_of_the_bilans_is_past(
    client: Client, cast: Cast, story: None, settings: Settings, url: str, on: date, word: str
) -> None:
    settings.PAQTE_TODAY = on
    sent(cast)
    client.force_login(cast.cget)

    cells = re.findall(r"<td[^>]*>(attendu|en retard)</td>", client.get(url).content.decode())

    assert cells == [word]
