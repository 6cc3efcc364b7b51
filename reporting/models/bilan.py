"""The bilan of a département and semester: its texts while it is written, its frozen document once it is sent."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from documents.models import StoredFile
from reporting.bilan import numbered
from reporting.boxes import TYPED, Missing, missing
from reporting.transitions import ASK, BILAN, WORDS, BilanState, Standing, standing_after
from territories.fields import NarrativeField, SemesterField
from territories.models import Department, DepartmentFigures
from territories.scoping import Paths, ScopedModel, ScopedQuerySet
from territories.semester import Semester
from workflows.models import WorkflowJournal, WorkflowModel, journal_constraints, state_constraint
from workflows.tables import Workflow

CONTEXT_DUE = "Indiquez les demandeurs d’emploi des QPV, ou dites pourquoi ils ne sont pas donnés."


class BilanQuerySet(ScopedQuerySet["Bilan"]):
    """Bilans, by the questions people ask."""

    def of(self, department: str, semester: Semester) -> "BilanQuerySet":
        """Every version of one bilan, the last one first."""
        return self.filter(department=department, semester=semester).order_by("-version")

    def transmitted(self) -> "BilanQuerySet":
        """Those sent to the CGET."""
        return self.filter(state=BilanState.TRANSMITTED)

    def latest_transmitted(self) -> "BilanQuerySet":
        """The last transmitted version of each département and semester: what the nation adds up."""
        later = Bilan.objects.transmitted().filter(
            department=models.OuterRef("department"),
            semester=models.OuterRef("semester"),
            version__gt=models.OuterRef("version"),
        )
        return self.transmitted().filter(~models.Exists(later))

    def with_last_word(self) -> "BilanQuerySet":
        """Each with the last thing that was said of it: what `standing` reads."""
        said = BilanLog.objects.filter(bilan=models.OuterRef("pk"), transition__in=WORDS).order_by("-pk")
        return self.annotate(last_word=models.Subquery(said.values("transition")[:1]))

    def asked_about(self) -> "BilanQuerySet":
        """The versions of which the agency asked something that nobody answered yet."""
        return self.with_last_word().filter(last_word=ASK)  # type: ignore[misc]  # annotated


class Bilan(WorkflowModel):
    """One version of the bilan of a département and semester (circulaire, annexe 2 §2).

    The texts are editable in « draft » only. A rectificatif is a new row with the next version number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="bilans", verbose_name="département"
    )
    semester = SemesterField("semestre")
    version = models.PositiveSmallIntegerField("version", default=1)
    state = models.CharField("état", max_length=12, default=BilanState.DRAFT, choices=BilanState)
    referent_name = models.CharField("référent PAQTE", max_length=150, blank=True)
    referent_job_title = models.CharField("fonction du référent", max_length=150, blank=True)
    referent_email = models.EmailField("courriel du référent", blank=True)
    referent_phone = models.CharField("téléphone du référent", max_length=20, blank=True)
    organisation = NarrativeField("organisation du suivi et de l’animation", max_length=5000, blank=True)
    strategy = NarrativeField("stratégie", max_length=5000, blank=True)
    obstacles = NarrativeField("obstacles rencontrés", max_length=5000, blank=True)
    essentials = NarrativeField("l’essentiel, en trois phrases", max_length=1000, blank=True)
    rectification_reason = NarrativeField("motif de la rectification", max_length=1000, blank=True)
    sending_note = NarrativeField("motif de l’envoi malgré les manques", max_length=1000, blank=True)
    carried = models.JSONField("rubriques reprises, à relire", default=list, blank=True)
    """The names of the boxes taken over from the last bilan that nobody has touched or read again yet."""
    transmitted_at = models.DateTimeField("transmis le", null=True, blank=True)

    objects = BilanQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    workflow: ClassVar[Workflow] = BILAN
    scope_paths = Paths(department="department", national=Q(state=BilanState.TRANSMITTED))

    class Meta:
        verbose_name = "bilan"
        ordering = ("-semester", "department", "-version")
        constraints = (
            state_constraint(BILAN),
            models.UniqueConstraint(
                fields=("department", "semester", "version"),
                name="bilan_version_once",
                violation_error_message="Cette version du bilan existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("department", "semester"),
                condition=Q(state=BilanState.DRAFT),
                name="bilan_one_draft",
                violation_error_message="Un bilan de ce semestre est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=Q(state=BilanState.TRANSMITTED, transmitted_at__isnull=False)
                | Q(state=BilanState.DRAFT, transmitted_at__isnull=True),
                name="bilan_transmitted_goes_with_date",
                violation_error_message="Un bilan transmis a une date de transmission.",
            ),
            models.CheckConstraint(
                condition=Q(version=1, rectification_reason="")
                | (Q(version__gt=1) & (Q(state=BilanState.DRAFT) | ~Q(rectification_reason=""))),
                name="bilan_rectification_has_reason",
                violation_error_message="Dites pourquoi le bilan est rectifié.",
            ),
        )

    def __str__(self) -> str:
        return f"Bilan {self.department_id} {self.semester} v{self.version}"

    def get_absolute_url(self) -> str:
        """The page of the bilan: its last version."""
        return reverse("bilan_detail", args=[self.department_id, self.semester])

    @property
    def edit_url(self) -> str:
        """The page where its texts are written."""
        return reverse("bilan_edit", args=[self.department_id, self.semester])

    @property
    def numbered(self) -> str:
        """« version 2 »; empty for a first draft."""
        return numbered(self.version, is_draft=self.is_draft)

    @property
    def leaving_since(self) -> datetime | None:
        """When its transmission was asked, on the clock of its département, while it is not done. One query."""
        asked = self.sendings.waiting().values_list("asked_at", flat=True).first()
        return self.department.local(asked) if asked else None

    @property
    def is_draft(self) -> bool:
        """Being prepared: its texts can change."""
        return self.state == BilanState.DRAFT

    @property
    def standing(self) -> Standing:
        """Where the agency and the préfecture stand on it; asked `with_last_word`."""
        return standing_after(self.last_word)  # type: ignore[attr-defined]  # annotated

    @property
    def is_due(self) -> bool:
        """Whether it leaves by a day that the agency set; a rectificatif leaves when it is ready."""
        return self.version == 1

    @property
    def transmitted_on(self) -> date | None:
        """The day it was sent, as the préfecture lived it; the département must be loaded."""
        return self.department.local(self.transmitted_at).date() if self.transmitted_at else None

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this bilan; empty for whoever does not see it."""
        return user.role if self.is_visible_to(user) else ""

    def stamp(self, transition: str, at: datetime) -> list[str]:
        """The only transition stamps the day it is sent."""
        self.transmitted_at = at
        return ["transmitted_at"]

    def missing_to_transmit(self) -> list[str]:
        """The sentences of what this bilan waits for before it leaves; one query."""
        figures = DepartmentFigures.objects.filter(department=self.department_id, semester=self.semester).first()
        return [item.sentence for item in self.missing_boxes(figures)]

    def missing_boxes(self, figures: DepartmentFigures | None) -> tuple[Missing, ...]:
        """What this bilan waits for, given the figures of context of its semester: the one list, for every page."""
        told = figures is not None and (figures.defm is not None or bool(figures.defm_reason))
        carried = [*self.carried, "context"] if figures and not figures.confirmed else self.carried
        return missing(self.texts, version=self.version, carried=carried, context="" if told else CONTEXT_DUE)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the name of the box."""
        return {box.name: getattr(self, box.name) for box in TYPED}


class BilanDocument(ScopedModel):
    """What was sent: the value, its files and the fingerprint of its PDF, in the database so that one commit holds all.

    Each file is a row of `BilanFile`: what was sent is served as it was, whatever the portal prints since.
    """

    bilan = models.OneToOneField(Bilan, on_delete=models.PROTECT, related_name="document", verbose_name="bilan")
    snapshot = models.JSONField("valeur figée")
    sha256 = models.CharField("empreinte SHA-256 du PDF", max_length=64, db_index=True)
    signatories = models.PositiveIntegerField("signataires")
    expected = models.PositiveIntegerField("remontées attendues")
    received = models.PositiveIntegerField("remontées reçues")
    validated = models.PositiveIntegerField("remontées validées")
    silent = models.JSONField("entreprises silencieuses")
    pending = models.JSONField("entreprises non validées")
    """Names of companies, apart of the value like the lines of figures: the nation reads no snapshot."""

    scope_paths = Paths(department="bilan__department", national=Q())

    class Meta:
        verbose_name = "document transmis"
        verbose_name_plural = "documents transmis"

    def __str__(self) -> str:
        return self.sha256

    def kept(self, kind: str) -> StoredFile | None:
        """The file of this format as it was sent; None for a format that did not exist then. One query."""
        found = self.files.select_related("file").filter(kind=kind).first()
        return found.file if found else None


class BilanFile(ScopedModel):
    """One file of what was sent, as it was made that day."""

    document = models.ForeignKey(
        BilanDocument, on_delete=models.PROTECT, related_name="files", verbose_name="document transmis"
    )
    kind = models.CharField("format", max_length=4)
    """The end of its address: pdf, xlsx, ods, csv, json; « html » is the body of its page."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")

    scope_paths = Paths(department="document__bilan__department", national=Q())

    class Meta:
        verbose_name = "fichier transmis"
        verbose_name_plural = "fichiers transmis"
        constraints = (
            models.UniqueConstraint(
                fields=("document", "kind"),
                name="bilan_file_once_per_kind",
                violation_error_message="Ce fichier existe déjà.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id}.{self.kind}"


class BilanLog(WorkflowJournal):
    """The journal of a bilan."""

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="logs", verbose_name="bilan")

    workflow: ClassVar[Workflow] = BILAN
    scope_paths = Paths(department="bilan__department", national=Q(transition__in=WORDS))

    class Meta:
        verbose_name = "journal de bilan"
        verbose_name_plural = "journal des bilans"
        ordering = ("pk",)
        constraints = journal_constraints(BILAN)

    def __str__(self) -> str:
        return f"{self.bilan_id} {self.transition}"


Bilan.journal = BilanLog


class SeededAccount(models.Model):
    """An account that the demonstration made: the only ones it may touch, and the mark of a base that is its own."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name="compte"
    )

    class Meta:
        verbose_name = "compte de démonstration"
        verbose_name_plural = "comptes de démonstration"

    def __str__(self) -> str:
        return str(self.user_id)
