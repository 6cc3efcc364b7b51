"""The journal of a company."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.roles import CompanyRole
from companies.acts import COMPANY
from companies.models.signatory import Company
from french.numbers import counted
from territories.scoping import Paths
from workflows.models import Journal, journal_constraints
from workflows.tables import ActTable


class CompanyLog(Journal):
    """One line of it. No free text: whom it is about is an account, and `facts` says to what as data.

    {"fields": names of fields of the company} | {"reference": of a charte} | {"role": a CompanyRole}
    | {"group": name and SIREN, "days": when it is the company's} | {"added", "changed", "removed": numbers of rows},
    or nothing.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="logs", verbose_name="entreprise")
    about = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="au sujet de"
    )
    facts = models.JSONField("précisions", default=dict, blank=True)

    workflow: ClassVar[ActTable] = COMPANY
    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "journal d’entreprise"
        verbose_name_plural = "journal des entreprises"
        ordering = ("pk",)
        constraints = journal_constraints(COMPANY)

    def __str__(self) -> str:
        return f"{self.company_id} {self.transition}"

    @property
    def detail(self) -> str:
        whom = [self.about.bare_name] if self.about else []
        return ", ".join(filter(None, [*whom, *self._said()]))

    def _said(self) -> list[str]:
        """The facts in French, in the words that the pages use."""
        match self.facts:
            case {"fields": names}:
                return [str(field.verbose_name) for field in Company._meta.concrete_fields if field.name in names]
            case {"reference": reference}:
                return [reference]
            case {"role": role}:
                return [str(CompanyRole(role).label)]
            case {"group": group, "days": days}:
                return [group, days]
            case {"added": added, "changed": changed, "removed": removed}:
                words = (
                    (added, "ajout", "ajouts"),
                    (changed, "modification", "modifications"),
                    (removed, "retrait", "retraits"),
                )
                return [counted(number, one, several) for number, one, several in words if number]
        return []


Company.journal = CompanyLog
