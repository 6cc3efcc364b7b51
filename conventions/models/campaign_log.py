"""The journal of a campaign: which dates the agency set, and what they were before."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from conventions.models.campaign import Campaign
from conventions.transitions import CAMPAIGN
from territories.scoping import Paths
from workflows.models import Journal, journal_constraints
from workflows.tables import ActTable


class CampaignLog(Journal):
    """One line of it. `facts`: by the name of a date of the campaign, or `reminders`, days before and after.

    {"due_on": [["2019-07-31"], ["2019-08-15"]]}: a list has one day, several for reminders, none before the opening.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="logs", verbose_name="campagne")
    facts = models.JSONField("dates avant et après", default=dict, blank=True)

    workflow: ClassVar[ActTable] = CAMPAIGN
    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "journal de campagne"
        verbose_name_plural = "journal des campagnes"
        ordering = ("pk",)
        constraints = journal_constraints(CAMPAIGN)

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.transition}"

    @property
    def detail(self) -> str:
        return "\u00a0; ".join(self._said())

    def _said(self) -> Iterator[str]:
        """« à transmettre avant le : 31/07/2019 → 15/08/2019 », in the words of the form."""
        labels = {field.name: str(field.verbose_name) for field in Campaign._meta.concrete_fields}
        for name, label in {**labels, "reminders": "relances"}.items():
            if name in self.facts:
                before, after = self.facts[name]
                yield f"{label}\u00a0: {f'{_days(before)} → ' if before else ''}{_days(after)}"


def _days(days: list[str]) -> str:
    return ", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in days) or "aucune"
