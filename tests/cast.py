"""The fixed cast: who may, who may not, and who must never see. Every page is tried with all of them."""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from companies.models import Company, Membership, Portfolio
from tests.factories import CompanyFactory, DepartmentFactory, MembershipFactory, PortfolioFactory, UserFactory

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Cast:
    """One account per actor of the access matrix, and the companies they belong to."""

    company: Company
    """Of the Pas-de-Calais: member, contributor and animateur act on it."""
    rival_company: Company
    """Of the Pas-de-Calais too."""
    other_company: Company
    """Of the Nord."""
    member: User
    contributor: User
    rival: User
    other_member: User
    animateur: User
    referent: User
    other_referent: User
    lecteur: User
    cget: User
    no_role: User
    deactivated: User
    technician: User
    staff_referent: User
    """Of the Pas-de-Calais, with access to the technical administration."""


def make_cast() -> Cast:
    """Put the cast in the database: départements 62 and 59, three companies, thirteen accounts.

    Half of the tests want it: the factories make it once, and what they made is written again, a statement a table.
    """
    made: Cast
    rows: list[Model]
    made, rows = pickle.loads(_mould())  # noqa: S301  # our own, of this very run
    kind: Any  # Any: the stubs know no manager of a class found at run time
    for kind, alike in groupby(rows, key=type):
        # A place that the test made before is that same place, as it is for the factories.
        kind._default_manager.bulk_create(list(alike), ignore_conflicts=kind._meta.pk.name in {"code", "siren"})
    return made


@cache
def _mould() -> bytes:
    """The cast and its rows, whoever is referred to first; nothing stays in the database."""
    with transaction.atomic():
        made = _first_cast()
        mould = pickle.dumps((made, list(_rows(made))))
        transaction.set_rollback(True)
    return mould


def _first_cast() -> Cast:
    pas_de_calais, nord = DepartmentFactory(), DepartmentFactory(nord=True)
    company = CompanyFactory(name="Ateliers Terril", department=pas_de_calais)
    rival_company = CompanyFactory(name="Fonderie Terril", department=pas_de_calais)
    other_company = CompanyFactory(name="Brasserie Beffroi", department=nord)
    return Cast(
        company=company,
        rival_company=rival_company,
        other_company=other_company,
        member=MembershipFactory(company=company, user__email="member@example.org").user,
        contributor=MembershipFactory(company=company, contributor=True, user__email="contributor@example.org").user,
        rival=MembershipFactory(company=rival_company, user__email="rival@example.org").user,
        other_member=MembershipFactory(company=other_company, user__email="other.member@example.org").user,
        animateur=PortfolioFactory(company=company, user__email="animateur@example.org").user,
        referent=UserFactory(referent=True, email="referent@example.org"),
        other_referent=UserFactory(referent=True, department=nord, email="other.referent@example.org"),
        lecteur=UserFactory(lecteur=True, email="lecteur@example.org"),
        cget=UserFactory(cget=True, email="cget@example.org"),
        no_role=UserFactory(role="", email="no.role@example.org"),
        deactivated=UserFactory(referent=True, is_active=False, email="deactivated@example.org"),
        staff_referent=UserFactory(referent=True, is_staff=True, email="staff.referent@example.org"),
        technician=UserFactory(role="", is_staff=True, is_superuser=True, email="technician@example.org"),
    )


def _rows(made: Cast) -> Iterator[Model]:
    """Places, companies, accounts, then who belongs where."""
    actors = list(vars(made).values())
    companies = [actor for actor in actors if isinstance(actor, Company)]
    users = [actor for actor in actors if isinstance(actor, User)]
    departments = _distinct(company.department for company in companies)
    yield from _distinct(department.region for department in departments if department.region)
    yield from departments
    yield from _distinct(company.legal_unit for company in companies)
    yield from companies
    yield from users
    yield from Membership.objects.filter(user__in=users)
    yield from Portfolio.objects.filter(user__in=users)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    return list({row.pk: row for row in rows}.values())
