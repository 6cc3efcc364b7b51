"""The access rule, row by row: who sees which companies, conventions, submissions and bilans."""

import pytest
from django.contrib.auth.models import AnonymousUser

from companies.models import Company
from conventions.models import Convention, Submission
from reporting.models import Bilan
from territories.models import Department
from tests.cast import Cast
from tests.factories import BilanFactory, ConventionFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


def names(rows: object) -> list[str]:
    return sorted(str(row) for row in rows)  # type: ignore[attr-defined]  # any queryset


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("member", ["Ateliers Terril"]),
        ("contributor", ["Ateliers Terril"]),
        ("rival", ["Fonderie Terril"]),
        ("other_member", ["Brasserie Beffroi"]),
        ("animateur", ["Ateliers Terril"]),
        ("referent", ["Ateliers Terril", "Fonderie Terril"]),
        ("lecteur", ["Ateliers Terril", "Fonderie Terril"]),
        ("other_referent", ["Brasserie Beffroi"]),
        ("cget", []),
        ("no_role", []),
        ("deactivated", []),
        ("technician", ["Ateliers Terril", "Brasserie Beffroi", "Fonderie Terril"]),
    ],
)
def test_companies_seen(cast: Cast, actor: str, expected: list[str]) -> None:
    assert names(Company.objects.visible_to(getattr(cast, actor))) == expected


def test_an_anonymous_visitor_sees_nothing(cast: Cast) -> None:
    assert list(Company.objects.visible_to(AnonymousUser())) == []


def test_the_cget_sees_signed_conventions_only(cast: Cast, catalogue: str) -> None:
    signed = ConventionFactory(company=cast.company)
    ConventionFactory(company=cast.rival_company, draft=True)

    assert list(Convention.objects.visible_to(cast.cget)) == [signed]


def test_the_cget_sees_no_submission(cast: Cast, catalogue: str) -> None:
    SubmissionFactory(convention__company=cast.company, validated=True)

    assert list(Submission.objects.visible_to(cast.cget)) == []


def test_the_cget_sees_no_draft_of_a_bilan(cast: Cast) -> None:
    draft = BilanFactory()

    assert list(Bilan.objects.visible_to(cast.cget)) == []
    assert list(Bilan.objects.visible_to(cast.referent)) == [draft]
    assert list(Bilan.objects.visible_to(cast.other_referent)) == []
    assert list(Bilan.objects.visible_to(cast.member)) == []


def test_departments_seen(cast: Cast) -> None:
    assert names(Department.objects.visible_to(cast.referent)) == ["Pas-de-Calais (62)"]
    assert names(Department.objects.visible_to(cast.cget)) == ["Nord (59)", "Pas-de-Calais (62)"]
    assert names(Department.objects.visible_to(cast.member)) == []


def test_a_right_removed_counts_at_once(cast: Cast) -> None:
    cast.member.memberships.all().delete()

    assert list(Company.objects.visible_to(cast.member)) == []


def test_two_memberships_do_not_duplicate_rows(cast: Cast) -> None:
    cast.member.memberships.create(company=cast.rival_company)

    assert names(Company.objects.visible_to(cast.member)) == ["Ateliers Terril", "Fonderie Terril"]
