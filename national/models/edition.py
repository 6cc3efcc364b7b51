"""A version of the consolidated bilan that the agency froze when it published: numbered, dated, and never changed."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from documents.models import StoredFile
from national.selection import Selection, selection_of
from territories.clock import zone_of
from territories.fields import NarrativeField, SemesterField
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class EditionQuerySet(ScopedQuerySet["Edition"]):
    """Editions, by the questions people ask."""

    def of(self, semester: object, query: str) -> "EditionQuerySet":
        """Those of one semester and one choice of territory, the last one first."""
        return self.filter(semester=semester, query=query).order_by("-asked_at")

    def waiting(self) -> "EditionQuerySet":
        """Those that were neither frozen nor refused yet."""
        return self.filter(finished_at=None)

    def frozen(self) -> "EditionQuerySet":
        """Those that have a number."""
        return self.exclude(number=None)


class Edition(ScopedModel):
    """The wish that what is sent be frozen as it was read. Answered once: frozen, or not and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    semester = SemesterField("semestre")
    query = models.TextField("territoire, comme dans les adresses", blank=True)
    """« region=32 », « departement=59&departement=62 »; empty for the country."""
    name = models.TextField("territoire")
    reason = NarrativeField("ce que l’on publie", max_length=300)
    fingerprint = models.CharField("empreinte de ce qui a été lu", max_length=64)
    """Of the sums (`files.fingerprint`), which name every version that they count: nothing else is frozen."""
    asked_at = models.DateTimeField("demandé le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    refusals = models.JSONField("pourquoi rien n’est figé", default=list, blank=True)
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    sha256 = models.CharField("empreinte SHA-256 du PDF", max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "version figée"
        verbose_name_plural = "versions figées"
        ordering = ("-asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("semester", "query", "number"),
                name="edition_number_once",
                violation_error_message="Cette version figée existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("semester", "query"),
                condition=Q(finished_at=None),
                name="edition_one_at_a_time",
                violation_error_message="Une version de ce bilan est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(number=None, sha256="") | (Q(number__gt=0, finished_at__isnull=False) & ~Q(sha256="")),
                name="edition_number_goes_with_its_file",
                violation_error_message="Une version figée a un numéro et une empreinte.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.semester} {self.query or 'France'} {self.number or ''}".rstrip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("edition_detail", args=[self.pk])

    @property
    def selection(self) -> Selection:
        """What part of the country it is of. One query at most."""
        return selection_of(QueryDict(self.query))

    @property
    def title(self) -> str:
        """« Version 2 du bilan consolidé, France »; without a number while it is not frozen."""
        number = f"Version {self.number}" if self.number else "Version"
        return f"{number} du bilan consolidé, {self.name}"

    @property
    def at(self) -> datetime:
        """When it was asked, on the clock of the agency."""
        return self.asked_at.astimezone(zone_of(None))

    def kept(self, kind: str) -> StoredFile | None:
        """Its file of this format. One query."""
        found = self.files.select_related("file").filter(kind=kind).first()
        return found.file if found else None


class EditionFile(ScopedModel):
    """One file of a frozen version, as it was made then."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", verbose_name="version figée")
    kind = models.CharField("format", max_length=4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")

    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "fichier figé"
        verbose_name_plural = "fichiers figés"
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "kind"),
                name="edition_file_once_per_kind",
                violation_error_message="Ce fichier existe déjà.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.kind}"
