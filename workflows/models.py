"""What every row with a workflow shares: its state, its table and its journal."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from territories.fields import NarrativeField
from territories.scoping import ScopedModel
from workflows.tables import Workflow


class WorkflowModel(ScopedModel):
    """A row whose state moves by its table only, and of which the journal tells everything that is done to it.

    `stamp` and `acting_as` have no answer here: a model that forgets its own must fail at its first move.
    """

    workflow: ClassVar[Workflow]
    journal: ClassVar["type[Journal]"]
    state: str

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        """The state in French."""
        return self.workflow.states[self.state]

    def stamp(self, transition: str, at: datetime) -> list[str]:
        """Set the timestamps that go with the state `transition` leads to; returns the fields it touched."""
        raise NotImplementedError

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this row; empty for somebody whose scope does not hold it."""
        raise NotImplementedError


class Journal(ScopedModel):
    """One transition or act: who, when, from where to where, and why. Rows are only ever added."""

    workflow: ClassVar[Workflow]
    """The table of the row that this journal is about."""

    at = models.DateTimeField("le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par")
    transition = models.CharField("action", max_length=20)
    from_state = models.CharField("état de départ", max_length=12, blank=True)
    to_state = models.CharField("état d’arrivée", max_length=12)
    comment = NarrativeField("commentaire", max_length=2000, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """What was done, in French."""
        return self.workflow.label(self.transition)


def journal_constraints(workflow: Workflow) -> tuple[models.CheckConstraint, ...]:
    """The database's own copy of the table: what it declares only, acts in place, a reason where one is due."""
    moves = (Q(transition=name, from_state=source, to_state=target) for name, source, target in workflow.moves)
    declared = reduce(or_, moves)
    if workflow.acts:
        declared |= Q(transition__in=[act.name for act in workflow.acts], from_state=F("to_state"))
    known = models.CheckConstraint(
        condition=declared,
        name=f"{workflow.name}_log_declared_transition",
        violation_error_message="Cette transition n’existe pas.",
    )
    if not workflow.commented:
        return (known,)
    explained = models.CheckConstraint(
        condition=~Q(transition__in=workflow.commented) | ~Q(comment=""),
        name=f"{workflow.name}_log_comment_when_required",
        violation_error_message="Un commentaire est obligatoire.",
    )
    return (known, explained)


def state_constraint(workflow: Workflow) -> models.CheckConstraint:
    """The state is one of the table's."""
    return models.CheckConstraint(
        condition=Q(state__in=list(workflow.states)),
        name=f"{workflow.name}_state_known",
        violation_error_message="Cet état n’existe pas.",
    )
