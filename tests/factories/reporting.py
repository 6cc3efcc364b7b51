"""Bilans, partners and figures of context."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from reporting.models import Arbitration, Bilan, Partner
from territories.models import DepartmentFigures
from tests.factories.people import DepartmentFactory, LegalUnitFactory, UserFactory
from tests.factories.samples import S1_2019


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


class ArbitrationFactory(DjangoModelFactory[Arbitration]):
    """A first decision on a group: the largest is kept."""

    class Meta:
        model = Arbitration

    department = factory.SubFactory(DepartmentFactory)
    semester = S1_2019
    group = factory.SubFactory(LegalUnitFactory)
    number = 1
    ruling = "maximum"
    reason = "Le siège comprend l’atelier."
    at = datetime(2019, 8, 5, 9, tzinfo=UTC)
    by = factory.SubFactory(UserFactory, referent=True)


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
