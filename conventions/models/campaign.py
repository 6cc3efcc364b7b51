"""The six-monthly campaign: when companies are asked, by when they answer, on which days they are to be reminded."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from territories.fields import SemesterField

TO_WRITE_A_BILAN = timedelta(days=45)
"""What a préfecture has after the last day of the companies, unless the agency says another day."""


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by date."""

    def opened_by(self, day: date) -> "CampaignQuerySet":
        """Those that have begun."""
        return self.filter(opens_on__lte=day)


class Campaign(models.Model):
    """The collection of one semester, the same for the whole country; the CGET sets its dates."""

    semester = SemesterField("semestre", unique=True)
    opens_on = models.DateField("ouvre le")
    due_on = models.DateField("à transmettre avant le", help_text="Dernier jour, inclus, à l’heure du département.")
    locks_on = models.DateField("se ferme le", help_text="Après ce jour, seul un délai accordé permet de transmettre.")
    bilan_due_on = models.DateField(
        "bilans dus le",
        help_text="Dernier jour, inclus. Laissé vide\u00a0: 45 jours après l’échéance des remontées.",
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        ordering = ("-semester",)
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("locks_on")),
                name="campaign_dates_in_order",
                violation_error_message="L’ouverture précède l’échéance, qui précède la fermeture.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__lte=F("bilan_due_on")),
                name="campaign_bilan_due_after_answers",
                violation_error_message="Les bilans sont dus après les remontées, au plus tôt le même jour.",
            ),
        )

    def __str__(self) -> str:
        return f"Campagne {self.semester}"

    def get_absolute_url(self) -> str:
        """The campaign's page."""
        return reverse("campaign_update", args=[self.semester])

    def is_open_on(self, day: date) -> bool:
        """Whether companies answer that day; some may still do afterwards, who were given a delay."""
        return self.opens_on <= day <= self.locks_on

    def status_on(self, day: date) -> str:
        """What it is that day, in French."""
        if self.is_open_on(day):
            return "ouverte"
        return "à venir" if day < self.opens_on else "close"

    def refusal_to_extend(self, until: date) -> str:
        """Why this day gives a company no delay; empty when it does."""
        return "" if until > self.due_on else f"Indiquez un jour après le {self.due_on:%d/%m/%Y}."

    def bilans_are_late(self, on: date) -> bool:
        """Whether a bilan that did not arrive by that day is late: its own last day is past."""
        return on > self.bilan_due_on


class CampaignReminder(models.Model):
    """A day on which somebody is to remind silent companies: the portal keeps the day, and sends nothing."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reminders", verbose_name="campagne")
    on = models.DateField("relance le")

    class Meta:
        verbose_name = "relance"
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "on"),
                name="campaign_reminder_once_a_day",
                violation_error_message="Une relance est déjà prévue ce jour-là.",
            ),
        )

    def __str__(self) -> str:
        return f"Relance du {self.on:%d/%m/%Y}"
