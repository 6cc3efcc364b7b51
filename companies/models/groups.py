"""What holds from a day until another: the base of such rows, and the group that a company belongs to."""

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from companies.models.signatory import Company, LegalUnit
from french.words import long_date
from territories.scoping import Paths, ScopedModel, ScopedQuerySet

Row = TypeVar("Row", bound="Dated", covariant=True)


class DatedQuerySet(ScopedQuerySet[Row]):
    """Rows that hold for a time."""

    def in_force_on(self, day: date) -> "DatedQuerySet[Row]":
        """Those that hold that day, the first and the last included."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Dated(ScopedModel):
    """A row that holds from a day until another, both included; without an end, until somebody says so."""

    since = models.DateField("premier jour")
    until = models.DateField("dernier jour", null=True, blank=True)

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        abstract = True
        ordering = ("-since", "pk")

    @property
    def days(self) -> str:
        """« depuis le 1er janvier 2019 » or « du 1er janvier 2019 au 30 juin 2020 »."""
        if self.until is None:
            return f"depuis le {long_date(self.since)}"
        return f"du {long_date(self.since)} au {long_date(self.until)}"


def dated_constraints(name: str, *, of: str, already: str) -> tuple[models.BaseConstraint, ...]:
    """What holds for every dated row: it ends after it starts, and `of` has one that is open at a time."""
    return (
        models.CheckConstraint(
            condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            name=f"{name}_ends_after_start",
            violation_error_message="Le dernier jour suit le premier.",
        ),
        models.UniqueConstraint(
            fields=(of,), condition=Q(until=None), name=f"{name}_one_open", violation_error_message=already
        ),
    )


class GroupLink(Dated):
    """A company is part of a group, a SIREN, for a time: one group at a time.

    A group that signs in the département itself is the company of that SIREN: it needs no link.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="group_links", verbose_name="entreprise"
    )
    group = models.ForeignKey(LegalUnit, on_delete=models.PROTECT, related_name="members", verbose_name="groupe")

    scope_paths = Paths(department="company__department", company="company")

    class Meta(Dated.Meta):
        verbose_name = "rattachement à un groupe"
        verbose_name_plural = "rattachements à un groupe"
        constraints = dated_constraints(
            "group_link", of="company", already="Cette entreprise est déjà rattachée à un groupe."
        )

    def __str__(self) -> str:
        return f"{self.group}, {self.days}"
