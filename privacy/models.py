"""The one thing this room writes down: who was told that their account would be anonymised."""

from django.db import models

from accounts.models import User


class InactivityNotice(models.Model):
    """The mail that precedes an anonymisation by a month; signing in since makes it void."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name="compte"
    )
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "avis d’inactivité"
        verbose_name_plural = "avis d’inactivité"

    def __str__(self) -> str:
        return f"{self.user_id}, {self.sent_at:%Y-%m-%d}"
