"""Territories, accounts and companies."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.models import Company, Contact, LegalUnit, Membership, Portfolio
from territories.models import Department, Region
from tests.factories.samples import PASSWORD, invented_siren, invented_siret


class RegionFactory(DjangoModelFactory[Region]):
    """Hauts-de-France."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "32"
    name = "Hauts-de-France"


class DepartmentFactory(DjangoModelFactory[Department]):
    """Pas-de-Calais; traits for the two others of the demonstration."""

    class Meta:
        model = Department
        django_get_or_create = ("code",)

    class Params:
        nord = factory.Trait(code="59", name="Nord", prefecture="Lille")
        reunion = factory.Trait(
            code="974",
            name="La Réunion",
            name_kind=0,
            prefecture="Saint-Denis",
            time_zone="Indian/Reunion",
            region=factory.SubFactory(RegionFactory, code="04", name="La Réunion"),
        )

    code = "62"
    name = "Pas-de-Calais"
    name_kind = 2
    prefecture = "Arras"
    region = factory.SubFactory(RegionFactory)


class UserFactory(DjangoModelFactory[User]):
    """A company's account; traits for the other roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        referent = factory.Trait(role=Role.REFERENT, department=factory.SubFactory(DepartmentFactory))
        lecteur = factory.Trait(role=Role.LECTEUR, department=factory.SubFactory(DepartmentFactory))
        animateur = factory.Trait(role=Role.ANIMATEUR, department=factory.SubFactory(DepartmentFactory))
        cget = factory.Trait(role=Role.CGET)

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Terril {n}")
    role = Role.ENTREPRISE
    password = factory.django.Password(PASSWORD)


class LegalUnitFactory(DjangoModelFactory[LegalUnit]):
    """An invented firm."""

    class Meta:
        model = LegalUnit
        django_get_or_create = ("siren",)

    siren = factory.Sequence(lambda n: invented_siren(n % 10000))
    name = factory.Sequence(lambda n: f"Maison Terril {n}")


class CompanyFactory(DjangoModelFactory[Company]):
    """A PME of the Pas-de-Calais."""

    class Meta:
        model = Company

    department = factory.SubFactory(DepartmentFactory)
    siret = factory.Sequence(lambda n: invented_siret(n % 10000))
    legal_unit = factory.SubFactory(
        LegalUnitFactory, siren=factory.LazyAttribute(lambda unit: unit.factory_parent.siret[:9])
    )
    name = factory.Sequence(lambda n: f"Ateliers Terril {n:03d}")
    category = Company.Category.PME
    headcount = 120
    town = "Arras"


class ContactFactory(DjangoModelFactory[Contact]):
    """A professional contact."""

    class Meta:
        model = Contact

    company = factory.SubFactory(CompanyFactory)
    name = "Dominique Terril"
    email = factory.Sequence(lambda n: f"contact{n}@example.org")


class MembershipFactory(DjangoModelFactory[Membership]):
    """An administrator; trait for a contributor."""

    class Meta:
        model = Membership

    class Params:
        contributor = factory.Trait(role=CompanyRole.CONTRIBUTOR)

    user = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    role = CompanyRole.ADMINISTRATOR


class PortfolioFactory(DjangoModelFactory[Portfolio]):
    """A company entrusted to an animateur."""

    class Meta:
        model = Portfolio

    user = factory.SubFactory(UserFactory, animateur=True)
    company = factory.SubFactory(CompanyFactory)
