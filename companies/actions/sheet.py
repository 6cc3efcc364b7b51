"""Change the contacts and the further establishments of a company: lists that are edited as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from accounts.models import User
from companies.models import Company, Contact, Establishment
from workflows.actions import locked, record
from workflows.tables import WrongState

Line = TypeVar("Line", Contact, Establishment)
GONE = "Une de ces lignes vient d’être supprimée par quelqu’un d’autre\u00a0: rien n’a changé."


@dataclass(frozen=True)
class Edited(Generic[Line]):
    """What somebody did to a list: the lines to save, new or changed, and those to delete. The others stay."""

    written: Sequence[Line]
    removed: Sequence[Line] = ()

    def facts(self, known: set[int]) -> dict[str, int]:
        """How many lines are added, changed and removed, of a list that has these now; empty without any.

        Raises WrongState when a changed one is not among them.
        """
        old = [line.pk for line in self.written if line.pk]
        if not known.issuperset(old):
            raise WrongState([GONE])
        removed = known & {line.pk for line in self.removed}
        found = {"added": len(self.written) - len(old), "changed": len(old), "removed": len(removed)}
        return found if any(found.values()) else {}


@transaction.atomic
def change_contacts(company: Company, *, edited: Edited[Contact], at: datetime, by: User) -> Company:
    """Save and delete contacts. Raises WrongRole, and WrongState when somebody deleted one of them meanwhile."""
    return _change(company, "contacts", Contact, edited, at=at, by=by)


@transaction.atomic
def change_establishments(company: Company, *, edited: Edited[Establishment], at: datetime, by: User) -> Company:
    """The same for the further establishments that the signature covers."""
    return _change(company, "etablissements", Establishment, edited, at=at, by=by)


def _change(company: Company, act: str, model: type[Line], edited: Edited[Line], *, at: datetime, by: User) -> Company:
    row = locked(company, by=by)
    row.workflow.check_act(act, acting_as=row.acting_as(by))
    lines = model.objects.filter(company=row)
    facts = edited.facts(set(lines.values_list("pk", flat=True)))
    if facts:
        record(row, act, at=at, by=by, facts=facts)
    lines.filter(pk__in=[line.pk for line in edited.removed]).delete()
    for line in edited.written:
        line.company = row
        line.save()
    return row
