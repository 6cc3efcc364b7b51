"""Reference geography: régions, départements, priority neighbourhoods and the figures of context of a département."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from territories.fields import SemesterField
from territories.scoping import Paths, ScopedModel

OF_NAME = {0: "de ", 1: "d’", 2: "du ", 3: "de la ", 4: "des ", 5: "de l’", 6: "des ", 7: "de las ", 8: "de los "}
"""How « préfet … » joins a name, by the INSEE code of its article (TNCC)."""


class Region(models.Model):
    """One of the 18 régions."""

    code = models.CharField("code", max_length=2, primary_key=True)
    name = models.CharField("nom", max_length=60)

    class Meta:
        verbose_name = "région"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Department(ScopedModel):
    """A département or an overseas collectivity; its code is a string and is never derived from a postal code."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60)
    name_kind = models.PositiveSmallIntegerField("article du nom (code TNCC de l’Insee)", default=0)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="departments", verbose_name="région"
    )
    prefecture = models.CharField("préfecture", max_length=60, blank=True)
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")

    scope_paths = Paths(department="pk", national=Q())

    class Meta:
        verbose_name = "département"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def of_name(self) -> str:
        """The name as the complement of another: « du Pas-de-Calais », « de l’Ain »."""
        return f"{OF_NAME[self.name_kind]}{self.name}"

    @property
    def region_name(self) -> str:
        """That of its région, which must be loaded; empty for a collectivity of none."""
        return self.region.name if self.region else ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its préfecture."""
        return ZoneInfo(self.time_zone)

    def local(self, instant: datetime) -> datetime:
        """An instant in the hours of the département."""
        return instant.astimezone(self.zone)


class Qpv(models.Model):
    """A priority neighbourhood in one of the two successive geographies (QP062001 in 2014, QN06201M in 2024)."""

    class Geography(models.TextChoices):
        """The decree that drew it: 2014-1750 (métropole) or 2023-1314."""

        G2014 = "2014", "géographie 2014"
        G2024 = "2024", "géographie 2024"

    code = models.CharField("code", max_length=8, unique=True)
    geography = models.CharField("géographie", max_length=4, choices=Geography.choices)
    name = models.CharField("nom", max_length=200)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="qpvs", verbose_name="département"
    )
    epci_siren = models.CharField("SIREN de l’EPCI", max_length=9, blank=True)
    epci_name = models.CharField("EPCI", max_length=200, blank=True)
    pru = models.BooleanField("PRU d’intérêt national", default=False)

    class Meta:
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class QpvCommune(models.Model):
    """A commune on which a neighbourhood lies; 149 of the 1,584 neighbourhoods of 2024 lie on several."""

    qpv = models.ForeignKey(Qpv, on_delete=models.CASCADE, related_name="communes", verbose_name="quartier prioritaire")
    insee_code = models.CharField("code commune", max_length=5)
    name = models.CharField("nom", max_length=100, blank=True)

    class Meta:
        verbose_name = "commune d’un quartier prioritaire"
        verbose_name_plural = "communes des quartiers prioritaires"
        ordering = ("insee_code",)
        constraints = (
            models.UniqueConstraint(
                fields=("qpv", "insee_code"),
                name="qpv_commune_once",
                violation_error_message="Cette commune est déjà citée pour ce quartier.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.insee_code})"


class DepartmentFigures(ScopedModel):
    """The « éléments de contexte » of a bilan (circulaire, annexe 2 §2); null means « non renseigné », never zero."""

    DEFM_CATEGORIES = (("A", "A"), ("ABC", "A, B, C"), ("ABCDE", "A à E"))

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="figures", verbose_name="département"
    )
    semester = SemesterField("semestre")
    qpv_count = models.PositiveIntegerField("nombre de QPV", null=True, blank=True)
    qpv_source = models.CharField("source du nombre de QPV", max_length=300, blank=True)
    pru_count = models.PositiveIntegerField("nombre de PRU d’intérêt national", null=True, blank=True)
    pru_source = models.CharField("source du nombre de PRU", max_length=300, blank=True)
    population = models.PositiveIntegerField("population des QPV", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("année de la population", null=True, blank=True)
    population_source = models.CharField("source de la population", max_length=300, blank=True)
    defm = models.PositiveIntegerField("demandeurs d’emploi en fin de mois dans les QPV", null=True, blank=True)
    defm_date = models.DateField("date des DEFM", null=True, blank=True)
    defm_category = models.CharField("catégorie des DEFM", max_length=5, blank=True, choices=DEFM_CATEGORIES)
    defm_source = models.CharField("source des DEFM", max_length=300, blank=True)
    defm_reason = models.CharField("motif de l’absence des DEFM", max_length=300, blank=True)
    confirmed = models.BooleanField("chiffres relus pour ce semestre", default=True)
    """False while the figures are those of the previous semester, carried over and not yet read again."""

    scope_paths = Paths(department="department")

    class Meta:
        verbose_name = "chiffres de contexte"
        verbose_name_plural = "chiffres de contexte"
        ordering = ("department", "semester")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "semester"),
                name="department_figures_once_per_semester",
                violation_error_message="Les chiffres de contexte de ce semestre existent déjà.",
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population_year__isnull=False),
                name="department_figures_population_has_year",
                violation_error_message="Indiquez l’année de la population des QPV.",
            ),
            models.CheckConstraint(
                condition=Q(defm__isnull=True) | (Q(defm_date__isnull=False) & ~Q(defm_category="")),
                name="department_figures_defm_has_date_and_category",
                violation_error_message="Indiquez la date et la catégorie des demandeurs d’emploi.",
            ),
        )

    def __str__(self) -> str:
        return f"Contexte {self.department_id} {self.semester}"
