"""Change the contacts and the further establishments of a company: lists that are edited as a whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from accounts.models import User
from companies.models import Company, Contact, Establishment
from companies.siret import grouped
from workflows.actions import Told, locked, locked_all, record, record_all
from workflows.changes import changes_between
from workflows.tables import WrongState

Line = TypeVar("Line", Contact, Establishment)
Pair = tuple[Line | None, Line | None]
"""A line before and after; None where it was not there, or is no more."""

Facts = dict[str, object]
"""What the journal holds of the act."""

ABOUT_A_CONTACT = ("name", "job_title", "email", "phone")
GONE = "Une de ces lignes vient d’être supprimée par quelqu’un d’autre\u00a0: rien n’a changé."


@dataclass(frozen=True)
class Edited(Generic[Line]):
    """What somebody did to a list: the lines to save, new or changed, and those to delete. The others stay."""

    written: Sequence[Line]
    removed: Sequence[Line] = ()

    def pairs(self, known: Mapping[int, Line]) -> list[Pair[Line]]:
        """What each line is and becomes, of a list that has these now; the others stay as they are.

        Raises WrongState when a changed one is not among them.
        """
        if not known.keys() >= {line.pk for line in self.written if line.pk}:
            raise WrongState([GONE])
        pairs: list[Pair[Line]] = [(known[line.pk] if line.pk else None, line) for line in self.written]
        pairs += [(known[line.pk], None) for line in self.removed if line.pk in known]
        return pairs


@transaction.atomic
def change_contacts(company: Company, *, edited: Edited[Contact], at: datetime, by: User) -> Company:
    """Save and delete contacts. Raises WrongRole, and WrongState when somebody deleted one of them meanwhile."""
    return _change(company, "contacts", Contact, edited, _counted, at=at, by=by)


@transaction.atomic
def note_contacts(contacts: Sequence[Contact], *, at: datetime, by: User) -> None:
    """Save one contact of each of many companies, new or changed: a few statements, whatever their number.

    Raises WrongRole, and WrongState when somebody deleted one of them meanwhile.
    """
    rows = locked_all([contact.company for contact in contacts], by=by)
    known: dict[object, dict[int, Contact]] = {row.pk: {} for row in rows}
    for line in Contact.objects.filter(company__in=rows):
        known[line.company_id][line.pk] = line
    told = [_counted(Edited([contact]).pairs(known[contact.company_id])) for contact in contacts]
    acts = [Told(row, "contacts", {"facts": facts}) for row, facts in zip(rows, told, strict=True)]
    record_all(acts, at=at, by=by)
    kept = [field.name for field in Contact._meta.concrete_fields if not field.primary_key]
    Contact.objects.bulk_create(contacts, update_conflicts=True, unique_fields=["id"], update_fields=kept)


@transaction.atomic
def change_establishments(company: Company, *, edited: Edited[Establishment], at: datetime, by: User) -> Company:
    """The same for the further establishments that the signature covers."""
    return _change(company, "etablissements", Establishment, edited, _named, at=at, by=by)


def _change(
    company: Company,
    act: str,
    model: type[Line],
    edited: Edited[Line],
    told: Callable[[list[Pair[Line]]], Facts],
    *,
    at: datetime,
    by: User,
) -> Company:
    row = locked(company, by=by)
    row.workflow.check_act(act, acting_as=row.acting_as(by))
    lines = model.objects.filter(company=row)
    if pairs := edited.pairs(lines.in_bulk()):
        record(row, act, at=at, by=by, facts=told(pairs))
    lines.filter(pk__in=[line.pk for line in edited.removed]).delete()
    for line in edited.written:
        line.company = row
        line.save()
    return row


def _counted(pairs: list[Pair[Contact]]) -> Facts:
    """How many are added, changed and removed, and what is changed of them: never what it was."""
    changed = [(before, after) for before, after in pairs if before and after]
    touched = {name for before, after in changed for name in changes_between(before, after, ABOUT_A_CONTACT)}
    return {
        "added": sum(before is None for before, _ in pairs),
        "changed": len(changed),
        "removed": sum(after is None for _, after in pairs),
        "touched": [name for name in ABOUT_A_CONTACT if name in touched],
    }


def _named(pairs: list[Pair[Establishment]]) -> Facts:
    """Each as it was and as it is; empty where it was not there, or is no more."""
    return {"establishments": [[_told(before), _told(after)] for before, after in pairs]}


def _told(line: Establishment | None) -> str:
    return f"{grouped(line.siret)} {line.label}".rstrip() if line else ""
