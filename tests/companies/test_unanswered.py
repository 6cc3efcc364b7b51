"""Companies that signed and that nobody can answer for: the list, the count of the dashboard, the sheet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from companies.models import Company
from companies.selectors import unanswered
from conventions.models import Convention
from reporting.dashboards import prefecture_home
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory, InvitationFactory, MembershipFactory, PortfolioFactory
from tests.pages import page, rows, signed_in, text

pytestmark = pytest.mark.usefixtures("catalogue")

TODAY = date(2020, 7, 10)
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
LINK = "/entreprises/?acces=sans-personne"


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = TODAY


@pytest.fixture
def mute(cast: Cast) -> Company:
    """A company of the Pas-de-Calais that signed, and where nobody has an account."""
    company: Company = ConventionFactory(company__name="Verrerie Terril").company
    return company


def names(at: datetime = AT) -> list[str]:
    return [company.name for company in unanswered(Company.objects.all(), on=TODAY, at=at)]


def test_a_signed_company_without_anybody_is_found(mute: Company) -> None:
    assert names() == ["Verrerie Terril"]


def test_an_administrator_answers(mute: Company) -> None:
    MembershipFactory(company=mute)

    assert names() == []


def test_a_deactivated_administrator_does_not(mute: Company) -> None:
    MembershipFactory(company=mute, user__is_active=False)

    assert names() == ["Verrerie Terril"]


def test_a_contributor_does_not_transmit(mute: Company) -> None:
    MembershipFactory(company=mute, contributor=True)

    assert names() == ["Verrerie Terril"]


def test_an_animateur_answers_for_its_companies(mute: Company) -> None:
    place = PortfolioFactory(company=mute)
    assert names() == []

    User.objects.filter(pk=place.user.pk).update(is_active=False)
    assert names() == ["Verrerie Terril"]


def test_somebody_invited_in_time_is_on_the_way(mute: Company) -> None:
    InvitationFactory(company=mute, invited_at=AT)

    assert names(AT) == []
    assert names(AT + timedelta(days=7)) == ["Verrerie Terril"]


@pytest.mark.parametrize("fields", [{"contributor": True}, {"revoked": True}, {"accepted": True}])
def test_other_invitations_bring_nobody_who_answers(mute: Company, fields: dict[str, bool]) -> None:
    InvitationFactory(company=mute, invited_at=AT, **fields)

    assert names() == ["Verrerie Terril"]


def test_an_animateur_invited_with_the_company_is_on_the_way(mute: Company) -> None:
    InvitationFactory(animateur=True, invited_at=AT).portfolio.set([mute])

    assert names() == []


def test_only_a_convention_in_force_binds(cast: Cast) -> None:
    day, late = date(2022, 7, 10), {"starts_on": date(2022, 3, 1), "signed_on": date(2022, 2, 20)}
    coming = {"starts_on": date(2022, 8, 1), "signed_on": date(2022, 7, 1)}
    over: dict[str, object] = {}
    for fields in ({"draft": True}, {"ready": True}, coming, over):
        ConventionFactory(**fields)
    last_day = ConventionFactory(**late, company__name="Dernier jour")
    ConventionFactory(company=last_day.company)
    for convention, end in ((last_day, day), (ConventionFactory(**late), date(2022, 7, 9))):
        Convention.objects.filter(pk=convention.pk).update(state="terminated", terminated_on=end)

    in_force = Company.objects.in_force_on(day)

    assert [company.name for company in in_force] == ["Dernier jour"]
    assert {company.pk for company in in_force} == set(
        Convention.objects.running_on(day).values_list("company", flat=True)
    )


def test_the_dashboard_begins_with_them_and_opens_what_it_counts(cast: Cast, mute: Company) -> None:
    for name in ("Brasserie Terril", "Menuiserie Terril"):
        ConventionFactory(company=CompanyFactory(name=name))
    ConventionFactory(company=cast.company)
    ConventionFactory(company=cast.other_company)
    Company.objects.filter(pk=cast.other_company.pk).get().memberships.all().delete()
    ConventionFactory(draft=True, company=CompanyFactory(name="Pas encore signée"))

    first = prefecture_home(cast.referent, TODAY, at=AT).tasks[0]
    listed = [company.name for company in rows(signed_in(cast.referent).get(first.url))]

    assert (first.sentence, first.url) == ("3 entreprises signataires n’ont personne pour répondre", LINK)
    assert listed == ["Brasserie Terril", "Menuiserie Terril", "Verrerie Terril"]


def test_one_is_said_in_the_singular(cast: Cast, mute: Company) -> None:
    sentences = [task.sentence for task in prefecture_home(cast.lecteur, TODAY, at=AT).tasks]

    assert sentences[0] == "1 entreprise signataire n’a personne pour répondre"


def test_the_filter_stays_in_the_address(cast: Cast, mute: Company) -> None:
    html = text(signed_in(cast.referent).get(f"{LINK}&q=verre"))

    assert '<option value="sans-personne" selected>' in html
    assert "1 entreprise : Sans personne pour répondre, « verre »" in html


@pytest.mark.parametrize(("who", "way"), [("referent", True), ("lecteur", False)])
def test_the_sheet_says_it_and_leads_to_the_invitation(cast: Cast, mute: Company, who: str, way: bool) -> None:
    html = text(page(getattr(cast, who), "company_detail", mute.pk))

    assert "Personne ne peut répondre pour cette entreprise" in html
    assert (f"/entreprises/{mute.pk}/membres/" in html) is way


def test_the_sheet_is_silent_when_somebody_answers(cast: Cast) -> None:
    ConventionFactory(company=cast.company)

    assert "Personne ne peut répondre" not in text(page(cast.referent, "company_detail", cast.company.pk))


def test_the_list_makes_as_many_queries_for_one_as_for_thirty(
    cast: Cast, mute: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.referent)
    with django_assert_num_queries(12):
        client.get(LINK)

    ConventionFactory.create_batch(29)
    with django_assert_num_queries(12):
        client.get(LINK)
