"""Concrete actions told by companies: what they say now, and what they said when they were last validated."""

from django.db import models
from django.db.models import F, Q

from conventions.models.convention import AXIS_CHOICES
from conventions.models.result import SUBMISSION_PATHS
from conventions.models.submission import Submission
from territories.fields import NarrativeField
from territories.scoping import ScopedModel, ScopedQuerySet


class ActionExampleQuerySet(ScopedQuerySet["ActionExample"]):
    """Examples, as their company tells them or as they were validated."""

    def told(self) -> "ActionExampleQuerySet":
        """Those that their company tells now."""
        return self.filter(withdrawn=False)

    def counted(self) -> "ActionExampleQuerySet":
        """Those that were validated once, whatever is said since: they alone are offered to the bilan."""
        return self.exclude(counted_title="")

    def count_in(self) -> None:
        """What these say now is what a bilan may print from now on; those taken back go. Two statements."""
        self.filter(withdrawn=True).delete()
        self.update(counted_axis=F("axis"), counted_title=F("title"), counted_text=F("text"))

    def take_back(self) -> None:
        """Their company drops them: one that a bilan may print stays there until the submission is validated again."""
        self.filter(counted_title="").delete()
        self.update(withdrawn=True)


class ActionExample(ScopedModel):
    """A concrete action told by the company, no beneficiary named; the référent may take it into the bilan."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="examples", verbose_name="remontée"
    )
    axis = models.CharField("axe", max_length=12, choices=AXIS_CHOICES)
    title = models.CharField("titre", max_length=150)
    text = NarrativeField("récit", max_length=1500, help_text="Quelques lignes. Aucun nom de bénéficiaire.")
    withdrawn = models.BooleanField("retiré par l’entreprise", default=False)
    counted_axis = models.CharField("axe validé", max_length=12, choices=AXIS_CHOICES, blank=True)
    counted_title = models.CharField("titre validé", max_length=150, blank=True)
    counted_text = NarrativeField("récit validé", max_length=1500, blank=True)
    in_bilan = models.BooleanField("repris dans le bilan", default=False)
    publishable = models.BooleanField("publication acceptée", default=False)
    """Whether those it tells of agree that it is published; the référent asks them."""

    objects = ActionExampleQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = SUBMISSION_PATHS

    class Meta:
        verbose_name = "exemple d’action"
        verbose_name_plural = "exemples d’actions"
        ordering = ("axis", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(counted_axis="", counted_title="", counted_text="")
                | ~(Q(counted_axis="") | Q(counted_title="") | Q(counted_text="")),
                name="action_example_counted_whole",
                violation_error_message="Un exemple validé l’est en entier.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(counted_title=""),
                name="action_example_withdrawn_was_counted",
                violation_error_message="Un exemple jamais validé s’efface.",
            ),
        )

    def __str__(self) -> str:
        return self.title
