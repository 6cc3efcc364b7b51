"""Lists of people and companies in French order; searches that forget accents. Names typed by hand."""

import pytest

from companies.models import Company
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    ConventionFactory,
    MembershipFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.pages import page, rows, text

NAMES = ["Zénith", "Œuvre", "Lille", "L’Île", "Énergie", "Éléphant", "Eléonore", "Eden"]
IN_ORDER = ["Eden", "Eléonore", "Éléphant", "Énergie", "L’Île", "Lille", "Œuvre", "Zénith"]


def in_page(response, names):
    """The names in the order in which the page shows them."""
    seen = text(response)
    return sorted(names, key=lambda name: seen.index(f">{name}<"))


@pytest.fixture
def companies(db, catalogue):
    for name in NAMES:
        SubmissionFactory(convention__company__name=name)
    return UserFactory(referent=True)


def test_every_list_of_companies_is_in_french_order(companies, settings):
    settings.PAQTE_TODAY = None

    assert in_page(page(companies, "company_list"), NAMES) == IN_ORDER
    assert in_page(page(companies, "submission_list"), NAMES) == IN_ORDER
    choices = page(companies, "convention_create").context_data["form"]["company"].field.queryset
    assert [company.name for company in choices] == IN_ORDER


def test_the_people_of_a_company_are_in_french_order(cast):
    company = cast.other_company
    for name in NAMES:
        ContactFactory(company=company, name=name)
        MembershipFactory(company=company, contributor=True, user__last_name=name, user__first_name="")

    seen = page(cast.other_referent, "company_detail", company.pk)

    assert [contact.name for contact in seen.context_data["contacts"]] == IN_ORDER
    assert [member.user.last_name for member in seen.context_data["members"]][1:] == IN_ORDER


SEARCHED = [
    ("energie", ["Énergie"]),
    ("ÉNERGIE", ["Énergie"]),
    ("oeuvre", ["Œuvre"]),
    ("l'ile", ["L’Île"]),
    ("bethune", ["Énergie"]),
    ("Béthune énergie", ["Énergie"]),
    ("énergie béthune", ["Énergie"]),
    ("62400", ["Énergie"]),
    ("624", ["Énergie"]),
    ("energie arras", []),
    ("el", ["Eléonore", "Éléphant"]),
]


@pytest.mark.parametrize(("typed", "expected"), SEARCHED)
def test_a_search_forgets_accents_and_finds_towns(companies, typed, expected):
    company = Company.objects.get(name="Énergie")
    company.town, company.postcode = "Béthune", "62400"
    company.save()
    user = companies

    in_companies = rows(page(user, "company_list", q=typed))
    in_conventions = rows(page(user, "convention_list", q=typed))
    in_submissions = rows(page(user, "submission_list", q=typed))

    assert [row.name for row in in_companies] == expected
    assert sorted(row.company.name for row in in_conventions) == sorted(expected)
    assert [row.company.name for row in in_submissions] == expected


def test_a_convention_is_found_by_its_reference_and_its_town(catalogue):
    referent = UserFactory(referent=True)
    ConventionFactory(reference="PAQTE-62-2019-00007", company__town="Béthune")
    ConventionFactory(reference="PAQTE-62-2019-00008", company__town="Lens")

    found = rows(page(referent, "convention_list", q="paqte-62-2019 bethune"))

    assert [row.reference for row in found] == ["PAQTE-62-2019-00007"]


def test_pages_of_a_list_never_show_a_company_twice(db):
    referent = UserFactory(referent=True)
    for _ in range(30):
        CompanyFactory(name="Énergie")

    first, second = (rows(page(referent, "company_list", page=number)) for number in (1, 2))

    assert len({row.pk for row in [*first, *second]}) == 30


def test_the_administration_searches_as_the_portal_does(cast):
    CompanyFactory(name="Énergie", town="Béthune")

    for query in ("energie", "BETHUNE"):
        seen = text(page(cast.staff_referent, "admin:companies_company_changelist", q=query))
        assert "Énergie" in seen
        assert "Ateliers Terril" not in seen
