"""What the pages cost on the national set: those of a département, of the nation, the long list, the stored file."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from companies.models import Company, Portfolio
from tests.benchmark.measures import above, against, sum_of_results, timed, within
from tests.benchmark.nation import OF_THE_AGENCY, STEPS, Nation, account, crowded, greeted, of_the_agency, opened
from tests.national.cold import forget_sums
from tests.pages import signed_in

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
SMALL, MIDDLE, WHOLE = STEPS


@pytest.mark.parametrize(("page", "title"), [("accueil", "accueil d’un référent"), ("bilan", "bilan en préparation")])
def test_pages_of_a_departement(nation: Nation, page: str, title: str) -> None:
    found = nation.at(WHOLE, page)

    against(f"{title} : base de données", found.sql, sum_of_results(), of="somme", budget=0.2)
    within(f"{title} : p95", found.p95, 0.1)
    within(f"{title}, après un changement : p95", nation.at(WHOLE, f"{page} changé").p95, 0.2)
    within(f"{title} : requêtes", found.queries, 60, "requêtes")
    against(
        f"{title} : {WHOLE} départements", found.median, nation.at(SMALL, page).median, of=f"{SMALL} dép.", budget=1.5
    )


@pytest.mark.parametrize(("page", "title"), OF_THE_AGENCY.items())
def test_the_pages_of_the_agency(nation: Nation, page: str, title: str) -> None:
    found, address = nation.at(WHOLE, page), of_the_agency()[page]

    against(f"{title} : base de données", found.sql, sum_of_results(), of="somme", budget=0.15)
    above(f"{title} : p95 au-dessus d’une page vide", found.p95, greeted(nation).p95, of="vide", budget=0.05)
    many, empty = (crowded(nation, page).p95 for page in (address, "/bonjour/"))
    above(f"{title}, huit lecteurs : p95 au-dessus", many, empty, of="vide", budget=0.05)


def test_the_national_view_the_first_time(nation: Nation) -> None:
    client = signed_in(account("cget"))

    def first() -> None:
        forget_sums()
        opened(client, of_the_agency()["national"])()

    against(
        "vue nationale, la première fois : base de données", timed(first).sql, sum_of_results(), of="somme", budget=0.15
    )


def test_the_national_view_of_ten_times_more(nation: Nation) -> None:
    medians = (nation.at(step, "national").median for step in (WHOLE, MIDDLE))

    against("vue nationale : dix fois plus", *medians, of="dixième", budget=2)


def test_the_list_of_all_companies(nation: Nation) -> None:
    reader = User.objects.create_user("club@example.org", "x", role=Role.ANIMATEUR, department_id=nation.home)
    companies = list(Company.objects.all())
    Portfolio.objects.bulk_create(Portfolio(user=reader, company=row) for row in companies)
    client = signed_in(reader)
    few = timed(opened(client, f"{reverse('company_list')}?q=entreprise+{nation.home}-001"))

    found = timed(opened(client, f"{reverse('company_list')}?q=entreprise"))

    within(f"liste de {len(companies)} entreprises, recherche : p95", found.p95, 0.15)
    within("liste, recherche : requêtes de plus que pour une seule", found.queries - few.queries, 0, "requêtes")
