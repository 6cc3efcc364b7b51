"""The fixed cast: who may, who may not, and who must never see. Every page is tried with all of them."""

from dataclasses import dataclass

from accounts.models import User
from companies.models import Company
from tests.factories import CompanyFactory, DepartmentFactory, MembershipFactory, PortfolioFactory, UserFactory


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
    """Create the cast in the database: départements 62 and 59, three companies, fifteen accounts."""
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
