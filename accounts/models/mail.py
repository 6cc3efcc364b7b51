"""The mails that wait in the outbox."""

import uuid

from django.db import models
from django.db.models import Q


class OutgoingMail(models.Model):
    """One mail to one recipient; a rolled-back transaction leaves none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField("destinataire", max_length=254)
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    holds_secret = models.BooleanField("porte un lien secret", default=False)
    """Its text is taken out once it left: a copy of the database must not open what a reader was sent."""
    created_at = models.DateTimeField("mis en file le", auto_now_add=True)
    sent_at = models.DateTimeField("parti le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.CharField("dernière erreur", max_length=300, blank=True)

    class Meta:
        verbose_name = "courriel"
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("created_at",), name="mail_to_send", condition=Q(sent_at__isnull=True)),)

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
