"""Say which group a company belongs to, from which day until which: its référent does, and nobody else."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from companies.models import Company, GroupLink, LegalUnit
from companies.selectors import refusals_to_join
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongState

GONE = "Ce rattachement vient d’être changé par quelqu’un d’autre\u00a0: rien n’a changé."


@transaction.atomic
def join_group(company: Company, *, siren: str, name: str, since: date, at: datetime, by: User) -> GroupLink:
    """Link a company to the group of this SIREN from that day on; `name` is for a SIREN that is not known yet.

    Raises TransitionRefused when another link holds that day or later, and for the company's own SIREN.
    """
    row = locked(company, by=by)
    group = LegalUnit.objects.filter(pk=siren).first() or LegalUnit(siren=siren, name=name)
    link = GroupLink(company=row, group=group, since=since)
    record(row, "rattacher", at=at, by=by, facts=_facts(link))
    if refusals := refusals_to_join(row, siren=siren, since=since):
        raise TransitionRefused([*refusals.values()])
    # No `save` of a row that another département may be writing: whoever names it first wins.
    LegalUnit.objects.bulk_create([group], ignore_conflicts=True)
    link.save()
    return link


@transaction.atomic
def leave_group(link: GroupLink, *, until: date, at: datetime, by: User) -> GroupLink:
    """End a link; `until` is the last day on which it holds. Raises TransitionRefused."""
    company, row = _locked(link, by=by)
    if row.until is not None:
        raise WrongState([GONE])
    row.until = until
    record(company, "detacher", at=at, by=by, facts=_facts(row))
    if until < row.since:
        raise TransitionRefused([f"Le dernier jour suit le premier, le {row.since:%d/%m/%Y}."])
    row.save(update_fields=["until"])
    return row


@transaction.atomic
def forget_group(link: GroupLink, *, at: datetime, by: User) -> None:
    """Take away a link that should never have been; what was sent with it stays as it was. Raises TransitionRefused."""
    company, row = _locked(link, by=by)
    record(company, "delier", at=at, by=by, facts=_facts(row))
    row.delete()


def _locked(link: GroupLink, *, by: User) -> tuple[Company, GroupLink]:
    """The locked company, and the link as the database has it now."""
    company = locked(link.company, by=by)
    row = company.group_links.select_related("group").filter(pk=link.pk).first()
    if row is None:
        raise WrongState([GONE])
    return company, row


def _facts(link: GroupLink) -> dict[str, str]:
    return {"group": str(link.group), "days": link.days}
