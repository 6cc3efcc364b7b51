"""The command finds what nobody looks after, and its exit code says so."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory, DepartmentFactory, MembershipFactory, PortfolioFactory


@pytest.fixture(autouse=True)
def _july(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)


def listed() -> tuple[list[str], str]:
    """The lines that the command prints, and the words with which it fails."""
    out = StringIO()
    try:
        call_command("list_orphans", stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def test_everything_has_somebody(cast: Cast) -> None:
    ConventionFactory(company=cast.company)
    # No convention, or none in force any more: nobody has to answer.
    CompanyFactory()
    ConventionFactory(terminated=True)

    assert listed() == (["Tout a un responsable actif."], "")


def test_what_nobody_looks_after(cast: Cast) -> None:
    reunion = DepartmentFactory(reunion=True)
    alone = CompanyFactory(name="Sucrerie Vanille", department=reunion)
    left = MembershipFactory(company__name="Verrerie Terril")
    for company in (cast.company, alone, left.company):
        ConventionFactory(company=company)
    PortfolioFactory(user=cast.animateur)
    User.objects.filter(pk__in=[left.user.pk, cast.animateur.pk]).update(is_active=False)

    lines, failure = listed()

    assert lines == [
        "Département sans référent actif : La Réunion (974)",
        "Entreprise signataire sans membre actif : Verrerie Terril (Pas-de-Calais (62))",
        "Entreprise signataire sans membre actif : Sucrerie Vanille (La Réunion (974))",
        f"Portefeuille d’un compte désactivé : {cast.animateur}, Pas-de-Calais (62) (2 entreprises)",
    ]
    assert failure == "Sans responsable actif : 4."


@pytest.mark.parametrize("companies", [1, 30])
def test_it_takes_three_queries(companies: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(companies):
        ConventionFactory()
        PortfolioFactory(user__is_active=False)

    with django_assert_num_queries(3):
        lines, _ = listed()

    assert len(lines) == 1 + 2 * companies
