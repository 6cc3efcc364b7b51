"""The keys of the forms that were sent: what makes a second click the same sending as the first."""

from datetime import datetime, timedelta

from django.db import models

from accounts.models.user import User

KEPT = timedelta(days=2)
"""How long a key is remembered: more than any page stays open."""


LONGEST_ANSWER = 500
"""Characters of the address of a page that follows."""


class UsedKeyQuerySet(models.QuerySet["UsedKey"]):
    """Keys by age."""

    def forgotten_at(self, moment: datetime) -> "UsedKeyQuerySet":
        """Those that serve no purpose any more."""
        return self.filter(at__lt=moment - KEPT)


class UsedKey(models.Model):
    """A form that somebody sent and that was kept, with the page to which it led. Written with what it created."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="used_keys", verbose_name="compte")
    key = models.UUIDField("clé de l’envoi")
    fingerprint = models.CharField("empreinte de ce qui fut envoyé", max_length=64)
    answer = models.CharField("page qui a suivi", max_length=LONGEST_ANSWER)
    at = models.DateTimeField("envoyé le")

    objects = UsedKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "clé d’envoi"
        verbose_name_plural = "clés d’envoi"
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"), name="used_key_once", violation_error_message="Cette page est déjà envoyée."
            ),
        )
        indexes = (models.Index(fields=("user", "at"), name="used_key_by_age"),)

    def __str__(self) -> str:
        return str(self.key)
