"""What the agency wrote to référents: the journal of its desk, and what became of each mail."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import OutgoingMail, User
from national.acts import DESK, REMIND
from territories.fields import NarrativeField
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet
from workflows.models import Journal, journal_constraints
from workflows.tables import ActTable


class MessageQuerySet(ScopedQuerySet["Message"]):
    """Messages, by the questions people ask."""

    def reminders(self) -> "MessageQuerySet":
        """Those that ask a préfecture for its bilans."""
        return self.filter(transition=REMIND)

    def latest_reminders(self) -> "MessageQuerySet":
        """The last one of each préfecture."""
        later = Message.objects.reminders().filter(
            department=models.OuterRef("department"), on__gt=models.OuterRef("on")
        )
        return self.reminders().filter(~models.Exists(later))


class Message(Journal):
    """One text sent to référents: of a département, when it reminds, or of those whom the agency chose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField("jour")
    """Of the agency, in Paris: a préfecture is reminded once a day."""
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name="préfecture relancée",
    )
    subject = models.CharField("objet", max_length=150)
    body = NarrativeField("texte", max_length=5000)

    objects = MessageQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    workflow: ClassVar[ActTable] = DESK
    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "message aux référents"
        verbose_name_plural = "messages aux référents"
        ordering = ("-at", "pk")
        constraints = (
            *journal_constraints(DESK),
            models.CheckConstraint(
                condition=Q(transition=REMIND, department__isnull=False)
                | (~Q(transition=REMIND) & Q(department__isnull=True)),
                name="message_reminder_has_department",
                violation_error_message="Une relance s’adresse à une préfecture.",
            ),
            models.UniqueConstraint(
                fields=("department", "on"),
                name="message_reminder_once_a_day",
                violation_error_message="Cette préfecture est déjà relancée aujourd’hui.",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Its page, with what became of each mail."""
        return reverse("message_detail", args=[self.pk])

    @property
    def detail(self) -> str:
        return self.subject


class Recipient(ScopedModel):
    """One référent to whom a message went, in what post, and the mail that carried it."""

    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="recipients", verbose_name="message aux référents"
    )
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="référent")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name="département")
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="courriel"
    )
    """Kept six months, as every mail: what became of it is not known any more afterwards."""

    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "destinataire d’un message"
        verbose_name_plural = "destinataires des messages"
        ordering = ("department", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("message", "account"),
                name="recipient_once",
                violation_error_message="Ce référent est déjà destinataire.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.message_id} {self.account_id}"

    @property
    def delivery(self) -> str:
        """What became of its mail: « parti », « refusé »…"""
        return self.mail.get_delivery_display() if self.mail else "effacé après six mois"

    @property
    def address(self) -> str:
        """Where it went; empty once the mail is gone."""
        return self.mail.to if self.mail else ""

    @property
    def problem(self) -> str:
        """Why it did not arrive, in French; empty otherwise."""
        return self.mail.problem if self.mail else ""

    @property
    def tone(self) -> str:
        """Of the badge that says it."""
        return TONES.get(self.mail.delivery, "") if self.mail else ""


TONES = {
    OutgoingMail.Delivery.SENT.value: "success",
    OutgoingMail.Delivery.WAITING.value: "info",
    OutgoingMail.Delivery.REFUSED.value: "error",
    OutgoingMail.Delivery.GIVEN_UP.value: "error",
}
