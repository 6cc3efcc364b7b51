"""The smallest valid rows; variations are traits. Dates come from the seed: the first conventions, 8 February 2019."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory
from stdnum import luhn

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.models import Company, Contact, LegalUnit, Membership, Portfolio
from conventions.expected import last_day
from conventions.models import (
    ActionExample,
    Campaign,
    Convention,
    ConventionAxis,
    Result,
    SpecificCommitment,
    Submission,
    Target,
)
from indicators.models import CatalogueVersion, Indicator
from reporting.models import Bilan, Partner
from territories.models import Department, DepartmentFigures, Region
from territories.semester import Semester

PASSWORD = "terril-beffroi-vanille"
SIGNED_ON = date(2019, 2, 8)
S1_2019 = Semester(2019, 1)
S2_2019 = Semester(2019, 2)
S1_2020 = Semester(2020, 1)


def invented_siren(number: int) -> str:
    """A SIREN 0009xxxxx with a valid key: of no real company."""
    body = f"0009{number:04d}"
    return body + luhn.calc_check_digit(body)


def invented_siret(number: int, establishment: int = 1) -> str:
    """A SIRET of such a SIREN, with a valid key."""
    body = f"{invented_siren(number)}{establishment:04d}"
    return body + luhn.calc_check_digit(body)


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


class ConventionFactory(DjangoModelFactory[Convention]):
    """A signed convention on « former » and « recruter », from 8 February 2019; traits for the other states.

    The catalogue must be loaded (fixture `catalogue`). `axes` and `targets` take what the test needs:
    `ConventionFactory(axes=["acheter"], targets={("ACH-02", 1): 4})`.
    """

    class Meta:
        model = Convention
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state="draft", signed_on=None, signed_at="")
        ready = factory.Trait(state="ready", signed_on=None, signed_at="")
        terminated = factory.Trait(state="terminated", terminated_on=date(2019, 12, 31))

    company = factory.SubFactory(CompanyFactory)
    reference = factory.Sequence(lambda n: f"PAQTE-62-2019-{n:05d}")
    catalogue = factory.LazyFunction(lambda: CatalogueVersion.objects.get(pk="paqte-2018"))
    state = "signed"
    starts_on = SIGNED_ON
    ends_on = factory.LazyAttribute(lambda convention: last_day(convention.starts_on))
    axes_reason = "Premier engagement, sur les axes du métier."
    signed_on = SIGNED_ON
    signed_at = "Noyelles-Godault"
    created_at = datetime(2019, 1, 15, 9, tzinfo=UTC)

    @factory.post_generation
    def axes(self, create: bool, extracted: list[str] | None, **_kwargs: Any) -> None:  # Any: factory_boy's signature
        """Keep the axes named, « former » and « recruter » by default."""
        for axis in ["former", "recruter"] if extracted is None else extracted:
            ConventionAxis.objects.create(convention=self, axis=axis)

    @factory.post_generation
    def targets(
        self,
        create: bool,
        extracted: dict[tuple[str, int], int] | None,
        **_kwargs: Any,  # Any: factory_boy's signature
    ) -> None:
        """Set the targets named; 12 recruitments a year by default."""
        wanted = {("REC-02", 1): 12, ("REC-02", 2): 12, ("REC-02", 3): 12} if extracted is None else extracted
        for (code, year), value in wanted.items():
            indicator = Indicator.objects.get(version="paqte-2018", code=code)
            Target.objects.create(convention=self, indicator=indicator, year=year, value=Decimal(value))


class SpecificCommitmentFactory(DjangoModelFactory[SpecificCommitment]):
    """A commitment outside the catalogue."""

    class Meta:
        model = SpecificCommitment

    convention = factory.SubFactory(ConventionFactory)
    label = "Prêter une salle aux associations du quartier"
    unit = "demi-journées"
    target = Decimal(30)


class CampaignFactory(DjangoModelFactory[Campaign]):
    """The campaign of the first semester of 2019: open from 1 July, due on 31 July, closed after 30 September."""

    class Meta:
        model = Campaign
        django_get_or_create = ("semester",)

    semester = S1_2019
    opens_on = factory.LazyAttribute(lambda campaign: campaign.semester.next.start)
    due_on = factory.LazyAttribute(lambda campaign: campaign.opens_on.replace(day=31))
    locks_on = factory.LazyAttribute(lambda campaign: date(campaign.opens_on.year, campaign.opens_on.month + 2, 28))


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A draft without any result; traits for the other states. `answers={"REC-02": 3, "REC-01": None}` adds results.

    A number is a value, None an unanswered row, a text the reason of « sans objet ».
    """

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    class Params:
        transmitted = factory.Trait(
            state="transmitted",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
        )
        validated = factory.Trait(
            state="validated",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
            validated_at=datetime(2019, 8, 2, 9, tzinfo=UTC),
        )
        returned = factory.Trait(
            state="returned",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
            returned_at=datetime(2019, 8, 2, 9, tzinfo=UTC),
        )

    convention = factory.SubFactory(ConventionFactory)
    campaign = factory.SubFactory(CampaignFactory)

    @factory.post_generation
    def answers(
        self,
        create: bool,
        extracted: dict[str, int | str | Decimal | None] | None,
        **_kwargs: Any,  # Any: factory_boy
    ) -> None:
        """Add one result per code."""
        for code, answer in (extracted or {}).items():
            indicator = Indicator.objects.get(version="paqte-2018", code=code)
            Result.objects.create(submission=self, indicator=indicator, **answer_fields(answer))


def answer_fields(answer: int | str | Decimal | None) -> dict[str, Any]:  # Any: model fields
    """The fields of a Result for a number, None or the reason of « sans objet »."""
    if answer is None:
        return {"status": Result.Status.UNANSWERED}
    if isinstance(answer, str):
        return {"status": Result.Status.NOT_APPLICABLE, "reason": answer}
    return {"status": Result.Status.VALUE, "value": Decimal(answer)}


class ActionExampleFactory(DjangoModelFactory[ActionExample]):
    """A concrete action."""

    class Meta:
        model = ActionExample

    submission = factory.SubFactory(SubmissionFactory)
    axis = "recruter"
    title = "Une matinée de recrutement au pied du Terril"
    text = "Douze candidats reçus, quatre embauches."


class BilanFactory(DjangoModelFactory[Bilan]):
    """A complete draft of the bilan 62 2019-S1; a transmitted one is made by the action, which stores its document."""

    class Meta:
        model = Bilan

    department = factory.SubFactory(DepartmentFactory)
    semester = S1_2019
    referent_name = "Camille Terril"
    referent_job_title = "Référent PAQTE"
    referent_email = "referent.62@example.org"
    referent_phone = "03 21 00 00 00"
    organisation = "Un chargé de mission Terril à la préfecture."
    strategy = "Convertir les chartes Terril en conventions."
    obstacles = "Peu de PME Terril disponibles en fin d’année."


class PartnerFactory(DjangoModelFactory[Partner]):
    """A partner association."""

    class Meta:
        model = Partner

    department = factory.SubFactory(DepartmentFactory)
    name = factory.Sequence(lambda n: f"Association du Terril {n}")
    kind = Partner.Kind.ASSOCIATION


class DepartmentFiguresFactory(DjangoModelFactory[DepartmentFigures]):
    """Figures of context without DEFM: « non renseigné »."""

    class Meta:
        model = DepartmentFigures

    department = factory.SubFactory(DepartmentFactory)
    semester = S1_2019
    qpv_count = 64
    qpv_source = "ANCT"
    population = 160000
    population_year = 2013
