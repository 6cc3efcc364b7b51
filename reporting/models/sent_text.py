"""What préfectures wrote and listed in what was sent, apart from the document: what the agency reads side by side."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from french.order import searched_words
from reporting.models.bilan import Bilan, BilanDocument
from territories.fields import NarrativeField, SearchKeyField, SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class SentTextQuerySet(ScopedQuerySet["SentText"]):
    """Texts that were sent, by the questions people ask."""

    def of_last_versions(self) -> "SentTextQuerySet":
        """Those of the last version of each bilan."""
        later = Bilan.objects.transmitted().filter(
            department=OuterRef("department"),
            semester=OuterRef("semester"),
            version__gt=OuterRef("document__bilan__version"),
        )
        return self.filter(~Exists(later))

    def search(self, text: str) -> "SentTextQuerySet":
        """Those that have every word of `text`."""
        return self.filter(*(Q(search_key__contains=word) for word in searched_words(text)))


class SentText(ScopedModel):
    """One box that was written, one partner or one signatory. Written once, in the transaction that sends."""

    class Box(models.TextChoices):
        """What it is; the first four are boxes of the same name."""

        ESSENTIALS = "essentials", "l’essentiel"
        ORGANISATION = "organisation", "organisation du suivi"
        STRATEGY = "strategy", "stratégie"
        OBSTACLES = "obstacles", "obstacles rencontrés"
        PARTNERS = "partners", "partenaires"
        SIGNATORIES = "signatories", "signataires"

    document = models.ForeignKey(
        BilanDocument, on_delete=models.PROTECT, related_name="texts", verbose_name="document transmis"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="sent_texts", verbose_name="département"
    )
    semester = SemesterField("semestre")
    box = models.CharField("rubrique", max_length=12, choices=Box.choices)
    rank = models.PositiveSmallIntegerField("rang dans le bilan")
    title = models.CharField("nom", max_length=255, blank=True)
    """Of a partner or a company."""
    text = NarrativeField("texte", max_length=5000)
    search_key = SearchKeyField("ce qu’on y cherche", of=("title", "text"))

    objects = SentTextQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(department="department", national=Q())

    class Meta:
        verbose_name = "texte transmis"
        verbose_name_plural = "textes transmis"
        ordering = ("document", "rank")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "rank"),
                name="sent_text_once",
                violation_error_message="Ce texte existe déjà.",
            ),
        )
        indexes = (models.Index(fields=("semester", "box", "department"), name="sent_text_by_box"),)

    def __str__(self) -> str:
        return f"{self.department_id} {self.semester} {self.box}"
