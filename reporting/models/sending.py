"""A transmission that somebody asked for: what was read, by whom and when; the worker carries it out."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from reporting.models.bilan import Bilan
from territories.fields import NarrativeField
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class SendingQuerySet(ScopedQuerySet["Sending"]):
    """Sendings, by the question the worker asks."""

    def waiting(self) -> "SendingQuerySet":
        """Those that neither left nor were refused yet."""
        return self.filter(finished_at=None)


class Sending(ScopedModel):
    """The wish that a version leaves as it was read. Answered once: it left, or it did not and says why."""

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="sendings", verbose_name="bilan")
    asked_at = models.DateTimeField("demandé le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    sending_note = NarrativeField("motif de l’envoi malgré les manques", max_length=1000, blank=True)
    fingerprint = models.CharField("empreinte de ce qui a été lu", max_length=64)
    """Of the value that leaves (`codec.fingerprint`); any other value is not sent."""
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    """How many times a worker began: one that dies in the middle of it each time is not called for ever."""
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    refusals = models.JSONField("pourquoi rien n’est parti", default=list, blank=True)
    """French sentences; none when it left."""

    objects = SendingQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(department="bilan__department")

    class Meta:
        verbose_name = "envoi demandé"
        verbose_name_plural = "envois demandés"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("bilan",),
                condition=Q(finished_at=None),
                name="sending_one_at_a_time",
                violation_error_message="Ce bilan est déjà en cours de transmission.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bilan_id} {self.asked_at:%Y-%m-%d %H:%M}"
