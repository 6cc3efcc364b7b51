"""Territories, accounts and companies."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.actions.invitations import VALID_FOR
from companies.models import Company, Contact, GroupLink, Invitation, LegalUnit, Membership, Portfolio
from companies.models.invitation import digest_of
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


class GroupLinkFactory(DjangoModelFactory[GroupLink]):
    """A company is part of a group since the launch."""

    class Meta:
        model = GroupLink

    company = factory.SubFactory(CompanyFactory)
    group = factory.SubFactory(LegalUnitFactory, siren=invented_siren(9977), name="Groupe Terril")
    since = date(2019, 1, 1)


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


class InvitationFactory(DjangoModelFactory[Invitation]):
    """A pending invitation to administer a company; `token` is that of its link. Traits for other seats and ends."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"jeton-{n}")
        contributor = factory.Trait(company_role=CompanyRole.CONTRIBUTOR)
        referent = factory.Trait(role=Role.REFERENT, company=None, company_role="")
        lecteur = factory.Trait(role=Role.LECTEUR, company=None, company_role="")
        animateur = factory.Trait(role=Role.ANIMATEUR, company=None, company_role="")
        agent = factory.Trait(
            role=Role.CGET,
            company=None,
            company_role="",
            department=None,
            invited_by=factory.SubFactory(UserFactory, cget=True),
        )
        expired = factory.Trait(invited_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=8)))
        revoked = factory.Trait(
            revoked_at=factory.LazyFunction(timezone.now), revoked_by=factory.SelfAttribute("invited_by")
        )
        accepted = factory.Trait(
            accepted_at=factory.LazyFunction(timezone.now),
            accepted_by=factory.SubFactory(UserFactory, email=factory.SelfAttribute("..email")),
        )

    email = factory.Sequence(lambda n: f"invite{n}@example.org")
    role = Role.ENTREPRISE
    company = factory.SubFactory(CompanyFactory)
    company_role = CompanyRole.ADMINISTRATOR
    department = factory.LazyAttribute(
        lambda row: row.company.department if row.company else Department.objects.get(pk="62")
    )
    token_digest = factory.LazyAttribute(lambda row: digest_of(row.token))
    invited_by = factory.SubFactory(UserFactory, referent=True)
    invited_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda row: row.invited_at + VALID_FOR)
