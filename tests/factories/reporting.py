"""Bilans, partners and figures of context."""

from datetime import UTC, datetime
from typing import Any

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
        skip_postgeneration_save = True

    department = factory.SubFactory(DepartmentFactory)
    semester = S1_2019
    referent_name = "Camille Terril"
    referent_job_title = "Référent PAQTE"
    referent_email = "referent.62@example.org"
    referent_phone = "03 21 00 00 00"
    organisation = "Un chargé de mission Terril à la préfecture."
    strategy = "Convertir les chartes Terril en conventions."
    obstacles = "Peu de PME Terril disponibles en fin d’année."

    @factory.post_generation
    def context(self: Bilan, create: bool, extracted: object, **kwargs: object) -> None:
        """Its figures of context say why there is no DEFM: nothing is missing."""
        if create:
            row = {"department": self.department, "semester": self.semester}
            DepartmentFigures.objects.get_or_create(**row, defaults={"defm_reason": "Pas encore diffusés au Terril."})


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
    """Figures of context without DEFM: « non renseigné », and why. Those that a bilan made are replaced."""

    class Meta:
        model = DepartmentFigures

    department = factory.SubFactory(DepartmentFactory)
    semester = S1_2019
    qpv_count = 64
    qpv_source = "ANCT"
    population = 160000
    population_year = 2013

    @classmethod
    def _create(cls, model_class: type[DepartmentFigures], *args: Any, **kwargs: Any) -> DepartmentFigures:
        row = {name: kwargs.pop(name) for name in ("department", "semester")}
        return model_class.objects.update_or_create(**row, defaults={"defm_reason": "", **kwargs})[0]
