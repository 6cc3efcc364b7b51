"""The counters of what may be guessed or sends mails."""

from datetime import datetime

from django.db import models


class BucketQuerySet(models.QuerySet["Bucket"]):
    """Counters, by what they still say."""

    def forgettable(self, *, at: datetime) -> "BucketQuerySet":
        """Those that are full again: without them nothing would be answered differently."""
        return self.filter(full_at__lte=at)


class Bucket(models.Model):
    """What one address, network or account has left of one purpose. Whose it is cannot be read from the row."""

    purpose = models.CharField("usage", max_length=30)
    digest = models.CharField("empreinte", max_length=64)
    full_at = models.DateTimeField("de nouveau entier le")

    objects = BucketQuerySet.as_manager()

    class Meta:
        verbose_name = "compteur d’essais"
        constraints = (models.UniqueConstraint(fields=("purpose", "digest"), name="bucket_once"),)
        indexes = (models.Index(fields=("full_at",), name="bucket_full_at"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.digest[:8]}"
