"""What the agency made public of a semester: chosen once, kept for ever."""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from territories.fields import SemesterField
from territories.scoping import Paths, ScopedModel


class Publication(ScopedModel):
    """The public figures of the nation for one semester. Rows are only ever added, one for a semester.

    A second one, with a département more, would give by subtraction what that département hides.
    """

    semester = SemesterField("semestre")
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    content: "models.JSONField[Any, Any]" = models.JSONField("chiffres")
    """As `national.selectors.publication` makes them; nothing hidden is in it."""
    sha256 = models.CharField("empreinte SHA-256 des chiffres", max_length=64)

    scope_paths = Paths(national=Q())

    class Meta:
        verbose_name = "chiffres publics d’un semestre"
        verbose_name_plural = "chiffres publics des semestres"
        constraints = (
            models.UniqueConstraint(
                fields=("semester",),
                name="publication_once_a_semester",
                violation_error_message="Les chiffres de ce semestre sont déjà publiés.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.semester}"
