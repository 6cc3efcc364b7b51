"""The journal of a submission."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from conventions.models.submission import Submission
from conventions.transitions import SUBMISSION
from territories.scoping import Paths
from workflows.changes import changes_said
from workflows.models import WorkflowJournal, journal_constraints
from workflows.tables import Workflow


class SubmissionLog(WorkflowJournal):
    """One line of it; `facts` are what changed of the fields of the submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="logs", verbose_name="remontée")

    workflow: ClassVar[Workflow] = SUBMISSION
    scope_paths = Paths(department="submission__company__department", company="submission__company")

    class Meta:
        verbose_name = "journal de remontée"
        verbose_name_plural = "journal des remontées"
        ordering = ("pk",)
        constraints = journal_constraints(SUBMISSION)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.transition}"

    def changes_said(self) -> Iterable[str]:
        return changes_said(Submission, self.facts)


Submission.journal = SubmissionLog
