"""The examples of actions that a préfecture tells itself."""

from django.db import models

from conventions.models.convention import AXIS_CHOICES
from territories.fields import NarrativeField, SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel


class PrefectureExample(ScopedModel):
    """A concrete action of a semester, told by the préfecture; it is in the bilan as long as its row is there."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="examples", verbose_name="département"
    )
    semester = SemesterField("semestre")
    axis = models.CharField("axe", max_length=12, choices=AXIS_CHOICES)
    title = models.CharField("titre", max_length=150)
    text = NarrativeField("récit", max_length=1500, help_text="Quelques lignes. Aucun nom de bénéficiaire.")
    publishable = models.BooleanField("publication acceptée", default=False)
    """Whether those it tells of agree that it is published."""

    scope_paths = Paths(department="department")

    class Meta:
        verbose_name = "exemple de la préfecture"
        verbose_name_plural = "exemples de la préfecture"
        ordering = ("semester", "axis", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "semester", "title"),
                name="prefecture_example_once",
                violation_error_message="Un exemple de ce semestre porte déjà ce titre.",
            ),
        )

    def __str__(self) -> str:
        return self.title
