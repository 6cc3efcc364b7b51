"""What a référent decided of a group that reported the same thing several times."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.models import Company, LegalUnit
from reporting.method.overlaps import Ruling
from territories.fields import NarrativeField, SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel


class Arbitration(ScopedModel):
    """One decision on a group, in one semester. Rows are only ever added.

    The last one of a group and semester is in force; it weighs on the bilans sent from then on.
    """

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="arbitrations", verbose_name="département"
    )
    semester = SemesterField("semestre")
    group = models.ForeignKey(LegalUnit, on_delete=models.PROTECT, related_name="+", verbose_name="groupe")
    number = models.PositiveSmallIntegerField("numéro")
    """1, 2… for one group and semester."""
    ruling = models.CharField("décision", max_length=8, choices=[(ruling.value, ruling.label) for ruling in Ruling])
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entreprise gardée"
    )
    reason = NarrativeField("motif", max_length=1000)
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    scope_paths = Paths(department="department")

    class Meta:
        verbose_name = "arbitrage d’un double compte"
        verbose_name_plural = "arbitrages de doubles comptes"
        ordering = ("semester", "group", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "semester", "group", "number"),
                name="arbitration_number_once",
                violation_error_message="Ce groupe vient d’être arbitré par quelqu’un d’autre.",
            ),
            models.CheckConstraint(
                condition=Q(ruling="une", company__isnull=False)
                | Q(ruling__in=["somme", "maximum"], company__isnull=True),
                name="arbitration_company_goes_with_ruling",
                violation_error_message="Une entreprise est gardée, ou aucune, selon la décision.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="arbitration_has_reason",
                violation_error_message="Dites pourquoi.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department_id} {self.semester} {self.group_id} n° {self.number}"
