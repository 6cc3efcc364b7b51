"""What every row shares of which a journal is kept: its table and its journal; and its state, where it has one."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from territories.fields import NarrativeField
from territories.scoping import ScopedModel
from workflows.tables import CREATION, ActTable, Workflow


class JournaledModel(ScopedModel):
    """A row of which a journal tells everything that is done to it: what its table declares, and nothing else.

    `acting_as` has no answer here: a model that forgets its own must fail at its first act.
    """

    workflow: ClassVar[ActTable]
    journal: ClassVar["type[Journal]"]

    class Meta:
        abstract = True

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this row; empty for somebody whose scope does not hold it."""
        raise NotImplementedError


class WorkflowModel(JournaledModel):
    """One whose state moves by its table only. `stamp` has no answer here either."""

    workflow: ClassVar[Workflow]
    journal: ClassVar["type[WorkflowJournal]"]
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


class Journal(ScopedModel):
    """One act: who and when. Rows are only ever added."""

    workflow: ClassVar[ActTable]
    """The table of the row that this journal is about."""

    at = models.DateTimeField("le", db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par")
    transition = models.CharField("action", max_length=20)
    """The name, in the table, of the act or the transition."""

    class Meta:
        abstract = True

    @property
    def past(self) -> str:
        """What was done, in French: « Transmise »."""
        return self.workflow.past(self.transition)

    @property
    def author(self) -> str:
        """Who did it, by name only: an address is not for everybody who reads a journal."""
        return self.by.bare_name if self.by else ""

    @property
    def detail(self) -> str:
        """What the line says after that: to whom, to what, why; empty when the label says it all. No query.

        It has no answer here: a journal that forgets its own must fail at its first line.
        """
        raise NotImplementedError


class WorkflowJournal(Journal):
    """One transition or act of a row with states: from where to where, and why."""

    workflow: ClassVar[Workflow]

    from_state = models.CharField("état de départ", max_length=12, blank=True)
    to_state = models.CharField("état d’arrivée", max_length=12)
    comment = NarrativeField("commentaire", max_length=2000, blank=True)
    facts = models.JSONField("avant et après", default=dict, blank=True)
    """What changed, as data: each journal says which of its own."""

    class Meta:
        abstract = True

    @property
    def detail(self) -> str:
        return "\u00a0; ".join([*self.changes_said(), *filter(None, [self.comment])])

    def changes_said(self) -> Iterable[str]:
        """What `facts` hold, in French: nothing, for a journal that keeps none. No query."""
        return ()


def journal_constraints(table: ActTable) -> tuple[models.CheckConstraint, ...]:
    """The database's own copy of the table: what it declares only, acts in place, a reason where one is due."""
    known = models.CheckConstraint(
        condition=_declared(table),
        name=f"{table.name}_log_declared_transition",
        violation_error_message="Cette transition n’existe pas.",
    )
    if not table.commented:
        return (known,)
    explained = models.CheckConstraint(
        condition=~Q(transition__in=table.commented) | ~Q(comment=""),
        name=f"{table.name}_log_comment_when_required",
        violation_error_message="Un commentaire est obligatoire.",
    )
    return (known, explained)


def _declared(table: ActTable) -> Q:
    acts = [act.name for act in table.acts]
    if not isinstance(table, Workflow):
        return Q(transition__in=[CREATION, *acts])
    moves = reduce(or_, (Q(transition=name, from_state=source, to_state=end) for name, source, end in table.moves))
    return moves | Q(transition__in=acts, from_state=F("to_state")) if acts else moves


def state_constraint(workflow: Workflow) -> models.CheckConstraint:
    """The state is one of the table's."""
    return models.CheckConstraint(
        condition=Q(state__in=list(workflow.states)),
        name=f"{workflow.name}_state_known",
        violation_error_message="Cet état n’existe pas.",
    )
