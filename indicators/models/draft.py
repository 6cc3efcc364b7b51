"""The version of the catalogue that the agency prepares, as the file that it will be."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from indicators.catalogue import Catalogue, drafted
from indicators.document import Table, read_document
from indicators.models.catalogue import CatalogueVersion
from indicators.transitions import CATALOGUE, DraftState
from territories.scoping import Paths, ScopedQuerySet
from workflows.models import WorkflowJournal, WorkflowModel, journal_constraints, state_constraint
from workflows.tables import Workflow, WrongState


class CatalogueDraftQuerySet(ScopedQuerySet["CatalogueDraft"]):
    """Versions that were begun, by the questions people ask."""

    def open(self) -> "CatalogueDraftQuerySet":
        """Neither published nor given up: there is one at most."""
        return self.filter(state=DraftState.DRAFT)


class CatalogueDraft(WorkflowModel):
    """One file that can always be read, and that may contradict itself until it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.TextField("fichier du catalogue")
    state = models.CharField("état", max_length=12, default=DraftState.DRAFT, choices=DraftState)
    version = models.OneToOneField(
        CatalogueVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name="version publiée",
    )

    objects = CatalogueDraftQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    workflow: ClassVar[Workflow] = CATALOGUE
    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "version du catalogue en préparation"
        verbose_name_plural = "versions du catalogue en préparation"
        ordering = ("pk",)
        constraints = (
            state_constraint(CATALOGUE),
            models.UniqueConstraint(
                fields=("state",),
                condition=Q(state=DraftState.DRAFT),
                name="catalogue_one_draft",
                violation_error_message="Une version du catalogue est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.PUBLISHED, version__isnull=False)
                | (~Q(state=DraftState.PUBLISHED) & Q(version__isnull=True)),
                name="catalogue_published_is_a_version",
                violation_error_message="Ce qui est publié est une version du catalogue.",
            ),
        )

    def __str__(self) -> str:
        return self.catalogue.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("draft_detail", args=[self.pk])

    @property
    def document(self) -> Table:
        """The tables of its file."""
        return read_document(self.content.encode())

    @property
    def catalogue(self) -> Catalogue:
        """What its file says, which may contradict itself; its fingerprint tells one writing of it from another."""
        return drafted(self.content.encode())

    @property
    def is_open(self) -> bool:
        """Neither published nor given up: it can change."""
        return self.state == DraftState.DRAFT

    def refuse_closed(self) -> None:
        """Raises WrongState once it is published or given up."""
        if not self.is_open:
            raise WrongState([f"Cette version du catalogue est {self.state_label}\u00a0: elle ne change plus."])

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on it; empty for whoever does not see it."""
        return user.role if self.is_visible_to(user) else ""

    def stamp(self, _transition: str, _at: datetime) -> list[str]:
        """The journal says when; a version that is published is named by its action."""
        return ["version"]


class CatalogueDraftLog(WorkflowJournal):
    """The journal of a version: its comment says which lines changed, and of what."""

    cataloguedraft = models.ForeignKey(
        CatalogueDraft, on_delete=models.PROTECT, related_name="logs", verbose_name="version"
    )

    workflow: ClassVar[Workflow] = CATALOGUE
    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "journal d’une version du catalogue"
        verbose_name_plural = "journal des versions du catalogue"
        ordering = ("pk",)
        constraints = journal_constraints(CATALOGUE)

    def __str__(self) -> str:
        return f"{self.cataloguedraft_id} {self.transition}"


CatalogueDraft.journal = CatalogueDraftLog
