"""What a convention reports and another bilan counts too: said here, so that nobody adds it up twice unawares."""

from django.db import models
from django.db.models import Q

from companies.models.groups import Dated, dated_constraints
from conventions.models.convention import Convention
from territories.scoping import Paths


class ElsewhereFlag(Dated):
    """« Déjà comptée ailleurs »: where, and from when until when. It takes nothing away, it is said beside figures."""

    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, related_name="elsewhere", verbose_name="convention"
    )
    where = models.CharField("où elle est comptée", max_length=150)

    scope_paths = Paths(department="convention__company__department", company="convention__company")

    class Meta(Dated.Meta):
        verbose_name = "signalement « déjà comptée ailleurs »"
        verbose_name_plural = "signalements « déjà comptée ailleurs »"
        constraints = (
            models.CheckConstraint(
                condition=~Q(where=""),
                name="elsewhere_flag_says_where",
                violation_error_message="Dites où la convention est déjà comptée.",
            ),
            *dated_constraints(
                "elsewhere_flag",
                of="convention",
                already="Cette convention est déjà signalée comme comptée ailleurs.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.where}, {self.days}"
