"""The examples of what was sent, apart from the document: what the agency gathers of them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from conventions.models.convention import AXIS_CHOICES
from french.order import searched_words
from reporting.models.bilan import Bilan, BilanDocument
from territories.fields import NarrativeField, SearchKeyField, SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet


class SentExampleQuerySet(ScopedQuerySet["SentExample"]):
    """Examples that were sent, by the questions people ask."""

    def of_last_versions(self) -> "SentExampleQuerySet":
        """Those of the last version of each bilan: one that a rectificatif drops is told no more."""
        later = Bilan.objects.transmitted().filter(
            department=OuterRef("department"),
            semester=OuterRef("semester"),
            version__gt=OuterRef("document__bilan__version"),
        )
        return self.filter(~Exists(later))

    def publishable(self) -> "SentExampleQuerySet":
        """Those whose people agreed that they are published."""
        return self.filter(consent=True)

    def search(self, text: str) -> "SentExampleQuerySet":
        """Those whose title, text or company has every word of `text`."""
        return self.filter(*(Q(search_key__contains=word) for word in searched_words(text)))


class SentExample(ScopedModel):
    """One example of a bilan as it was sent. Written once, in the transaction that sends, from the value frozen."""

    document = models.ForeignKey(
        BilanDocument, on_delete=models.PROTECT, related_name="examples", verbose_name="document transmis"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="sent_examples", verbose_name="département"
    )
    semester = SemesterField("semestre")
    rank = models.PositiveSmallIntegerField("rang dans le bilan")
    axis = models.CharField("axe", max_length=12, choices=AXIS_CHOICES)
    company = models.CharField("entreprise", max_length=255, blank=True)
    """Empty: the préfecture tells it."""
    title = models.CharField("titre", max_length=150)
    text = NarrativeField("récit", max_length=1500)
    consent = models.BooleanField("publication acceptée")
    search_key = SearchKeyField("ce qu’on y cherche", of=("title", "text", "company"))

    objects = SentExampleQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(department="department", national=Q())

    class Meta:
        verbose_name = "exemple transmis"
        verbose_name_plural = "exemples transmis"
        ordering = ("document", "rank")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "rank"),
                name="sent_example_once",
                violation_error_message="Cet exemple existe déjà.",
            ),
        )
        indexes = (models.Index(fields=("semester", "department"), name="sent_example_by_semester"),)

    def __str__(self) -> str:
        return self.title
