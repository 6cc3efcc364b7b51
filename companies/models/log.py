"""The journal of a company."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from accounts.roles import CompanyRole
from companies.acts import COMPANY
from companies.models.people import Contact
from companies.models.signatory import Charter, Company
from companies.models.succession import Succession
from french.numbers import counted
from french.words import long_date
from territories.scoping import Paths
from workflows.changes import changes_said
from workflows.models import Journal, journal_constraints
from workflows.tables import ActTable


class CompanyLog(Journal):
    """One line of it. No free text: whom it is about is an account, and `facts` says to what as data.

    {"fields": what changed of the company} | {"reference": of a charte, "fields": what changed of it}
    | {"role": a CompanyRole, "former": the one before} | {"group": name and SIREN, "days": when it is the company's}
    | {"old", "new": names, "since": a day}
    | {"end": a Succession.Kind, "other": name and SIRET of another company or empty, "last_day": a day}
    | {"establishments": each as it was and is} | {"added", "changed", "removed": numbers of contacts, "touched": the
    names of their fields that changed}, or nothing. What the contacts are is theirs, and is kept in no journal.
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
        return _said_of_the_sheet(self.facts) or _said_of_lineage(self.facts) or _said_of_people(self.facts)


def _said_of_the_sheet(facts: Mapping[str, Any]) -> list[str]:  # Any: what JSON holds
    match facts:
        case {"reference": reference, "fields": changes}:
            return [reference, *changes_said(Charter, changes)]
        case {"reference": reference}:
            return [reference]
        case {"fields": changes}:
            return ["\u00a0; ".join(changes_said(Company, changes))]
        case {"group": group, "days": days}:
            return [group, days]
        case {"establishments": pairs}:
            return ["\u00a0; ".join(_establishment_said(before, after) for before, after in pairs)]
    return []


def _said_of_lineage(facts: Mapping[str, Any]) -> list[str]:  # Any: as above
    match facts:
        case {"old": old, "new": new, "since": since}:
            return [f"{old} → {new}", f"depuis le {long_date(date.fromisoformat(since))}"]
        case {"end": kind, "other": other, "last_day": day}:
            last = f"dernier jour le {long_date(date.fromisoformat(day))}"
            return [str(Succession.Kind(kind).label), other, last]
    return []


def _said_of_people(facts: Mapping[str, Any]) -> list[str]:  # Any: as above
    match facts:
        case {"role": role, "former": former}:
            return [f"{CompanyRole(former).label} → {CompanyRole(role).label}"]
        case {"role": role}:
            return [str(CompanyRole(role).label)]
        case {"added": added, "changed": changed, "removed": removed, "touched": touched}:
            words = (
                (added, "ajout", "ajouts"),
                (changed, "modification", "modifications"),
                (removed, "retrait", "retraits"),
            )
            numbers = [counted(number, one, several) for number, one, several in words if number]
            return [*numbers, *_touched(touched)]
    return []


def _establishment_said(before: str, after: str) -> str:
    if not after:
        return f"retrait\u00a0: {before}"
    return f"{before} → {after}" if before else f"ajout\u00a0: {after}"


def _touched(names: list[str]) -> list[str]:
    """« changé : téléphone, fonction »."""
    labels = [str(Contact._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
    return [f"changé\u00a0: {', '.join(labels)}"] if labels else []


Company.journal = CompanyLog
