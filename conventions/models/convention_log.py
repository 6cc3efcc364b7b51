"""The journal of a convention."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from conventions.models.convention import Convention
from conventions.transitions import CONVENTION
from indicators.specs import Axis
from territories.scoping import Paths
from workflows.changes import change_said, changes_said
from workflows.models import WorkflowJournal, journal_constraints
from workflows.tables import Workflow


class ConventionLog(WorkflowJournal):
    """One line of it; it outlives a deleted draft.

    `facts`: {"fields": what changed of the convention, "axes": codes before and after, "charter": names before and
    after, "targets": by « REC-02/1 », indicator and year, values before and after}, each where something changed.
    """

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

    def changes_said(self) -> Iterable[str]:
        yield from changes_said(Convention, self.facts.get("fields", {}))
        if "axes" in self.facts:
            yield change_said("axes", *(_axes_said(codes) for codes in self.facts["axes"]))
        if "charter" in self.facts:
            yield change_said("charte", *self.facts["charter"])
        for key, values in self.facts.get("targets", {}).items():
            code, _, year = key.partition("/")
            yield change_said(f"{code}, année {year}", *(value.replace(".", ",") for value in values))


def _axes_said(codes: Iterable[str]) -> str:
    return ", ".join(axis.label for axis in Axis if axis.value in codes)


Convention.journal = ConventionLog
