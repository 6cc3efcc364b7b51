"""The journal of a convention."""

from typing import ClassVar

from django.db import models

from conventions.models.convention import Convention
from conventions.transitions import CONVENTION
from territories.scoping import Paths
from workflows.models import WorkflowJournal, journal_constraints
from workflows.tables import Workflow


class ConventionLog(WorkflowJournal):
    """One line of it; it outlives a deleted draft."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="logs", verbose_name="convention")

    workflow: ClassVar[Workflow] = CONVENTION
    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta:
        verbose_name = "journal de convention"
        verbose_name_plural = "journal des conventions"
        ordering = ("pk",)
        constraints = journal_constraints(CONVENTION)

    def __str__(self) -> str:
        return f"{self.convention_id} {self.transition}"


Convention.journal = ConventionLog
