"""What the lists cost when one person reads ten thousand companies: opened, searched, sorted, narrowed, taken away."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from companies.models import Company, Portfolio
from tests.benchmark.measures import peak_memory, timed, within
from tests.benchmark.nation import Nation, opened
from tests.pages import signed_in

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

P95 = 0.15
LISTS = {
    "company_list": ("", "q=terril", "q=entreprize", "tri=-commune", "tri=convention", "tri=reponse", "reponse=vides"),
    "convention_list": ("", "q=entreprise", "tri=situation", "tri=axes", "axe=former&origine=charte"),
    "submission_list": ("", "q=entreprise", "tri=etat", "tri=reponses", "etat=silencieuses&categorie=PME"),
}


@pytest.fixture
def reader(nation: Nation) -> Client:
    """Somebody to whom every company is entrusted."""
    user = User.objects.create_user("club@example.org", "x", role=Role.ANIMATEUR, department_id=nation.home)
    Portfolio.objects.bulk_create(Portfolio(user=user, company=row) for row in Company.objects.all())
    with connection.cursor() as cursor:
        # What autovacuum does there after so many rows.
        cursor.execute("ANALYZE companies_portfolio")
    return signed_in(user)


@pytest.mark.parametrize(("name", "query"), [(name, query) for name, queries in LISTS.items() for query in queries])
def test_a_list_of_the_nation(reader: Client, name: str, query: str) -> None:
    found = timed(opened(reader, f"{reverse(name)}?{query}"))

    within(f"{reverse(name)}?{query} : p95", found.p95, P95)
    within(f"{reverse(name)}?{query} : requêtes", found.queries, 15, "requêtes")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_the_file_of_all_companies(reader: Client, kind: str) -> None:
    def take() -> None:
        answer = reader.get(f"{reverse('company_list')}?format={kind}")
        for _ in answer:
            pass

    with peak_memory() as grown:
        found = timed(take, 1)

    within(f"toutes les entreprises, .{kind}", found.median, 20)
    for megabytes in grown:
        within(f"toutes les entreprises, .{kind} : mémoire", megabytes, 150, "Mo")
