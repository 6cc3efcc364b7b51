"""The mails of the outbox: what waits, what left, what was refused."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

KEPT_TRYING = timedelta(hours=24)
"""How long a mail that cannot leave is tried again."""

LONGEST_DELAY = timedelta(hours=4)

LOST = Q(delivery__in=["refused", "given_up"])


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Mails, by what is left to do with them."""

    def due(self, *, at: datetime) -> "OutgoingMailQuerySet":
        """Those that wait, and whose next try has come."""
        return self.filter(delivery=OutgoingMail.Delivery.WAITING, next_try_at__lte=at)

    def settled(self) -> "OutgoingMailQuerySet":
        """Those that will not be tried again."""
        return self.exclude(delivery=OutgoingMail.Delivery.WAITING)

    def lost(self) -> "OutgoingMailQuerySet":
        """Those that never arrived: refused, or given up."""
        return self.filter(LOST)

    def not_made_up_for(self) -> "OutgoingMailQuerySet":
        """Of these, the last that was written to each address, unless a later one left: one row per address."""
        later = OutgoingMail.objects.settled().filter(to=OuterRef("to"), created_at__gt=OuterRef("created_at"))
        return self.filter(~Exists(later))


class OutgoingMail(models.Model):
    """One mail to one recipient; a rolled-back transaction leaves none."""

    class Delivery(models.TextChoices):
        """What became of it, as far as the portal knows: nobody is told that a mail was read."""

        WAITING = "waiting", "en attente"
        SENT = "sent", "parti"
        REFUSED = "refused", "refusé"
        GIVEN_UP = "given_up", "abandonné"

    PROBLEMS = {
        Delivery.REFUSED.value: "Courriel refusé\u00a0: vérifiez l’adresse.",
        Delivery.GIVEN_UP.value: "Courriel jamais parti, malgré 24 heures d’essais.",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField("destinataire", max_length=254)
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    purpose = models.CharField("usage", max_length=120, blank=True)
    """What it is for, told apart from everything else: the same reminder is never queued twice. Empty: as often."""
    holds_secret = models.BooleanField("porte un lien secret", default=False)
    """Its text is taken out once it left: a copy of the database must not open what a reader was sent."""
    created_at = models.DateTimeField("mis en file le", auto_now_add=True)
    delivery = models.CharField("sort", max_length=8, choices=Delivery, default=Delivery.WAITING)
    next_try_at = models.DateTimeField("prochain essai le", default=timezone.now)
    sent_at = models.DateTimeField("parti le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.CharField("dernière erreur", max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("purpose",),
                condition=~Q(purpose=""),
                name="mail_once_per_purpose",
                violation_error_message="Ce courriel est déjà en file.",
            ),
            models.CheckConstraint(
                condition=Q(delivery="sent", sent_at__isnull=False)
                | Q(delivery__in=["waiting", "given_up"], sent_at__isnull=True)
                | Q(delivery="refused"),
                name="mail_delivery_goes_with_date",
                violation_error_message="Un courriel parti a une date de départ.",
            ),
        )
        indexes = (
            models.Index(fields=("next_try_at",), name="mail_to_send", condition=Q(delivery="waiting")),
            models.Index(fields=("created_at",), name="mail_lost", condition=LOST),
            models.Index(fields=("to", "created_at"), name="mail_of_an_address"),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def problem(self) -> str:
        """What whoever caused it should know, in French; empty while it waits or once it left."""
        return self.PROBLEMS.get(self.delivery, "")

    @property
    def message_id(self) -> str:
        """The same at every try, so that two tries are one mail; a delivery notice names it."""
        return f"<{self.pk}@paqte>"

    def left(self, *, at: datetime) -> None:
        """It was handed over."""
        self.delivery, self.sent_at, self.last_error = self.Delivery.SENT, at, ""

    def put_off(self, *, at: datetime, error: str) -> None:
        """It could not leave: later, and later each time, then never."""
        self.last_error = error[:300]
        end = self.created_at + KEPT_TRYING
        if at >= end:
            self.delivery = self.Delivery.GIVEN_UP
            return
        # The exponent stops where the longest delay is passed: a mail may have been tried a thousand times.
        delay = min(timedelta(minutes=2 ** min(self.attempts - 1, 10)), LONGEST_DELAY)
        self.next_try_at = min(at + delay, end)

    def refused(self, *, error: str) -> None:
        """Its address, or its text, is refused for good."""
        self.delivery, self.last_error = self.Delivery.REFUSED, error[:300]
