"""What one came for: signing in, files taken and brought, doors that stayed closed. Security's own journal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models.user import User
from accounts.roles import Role
from territories.models import Department
from territories.scoping import Paths, ScopedModel


class Trace(ScopedModel):
    """One of these events. Rows are only ever added, and leave after a year (`accounts.retention`).

    The network is kept without its end. What was typed in a sign-in form is not: it may be a password.
    """

    class Kind(models.TextChoices):
        """What happened, as a journal says it."""

        SIGN_IN = "connexion", "Connexion"
        SIGN_IN_REFUSED = "echec", "Échec de connexion"
        SIGN_OUT = "deconnexion", "Déconnexion"
        REFUSAL = "refus", "Accès refusé"
        EXPORT = "export", "Fichier téléchargé"
        IMPORT = "import", "Fichier importé"

    at = models.DateTimeField("le", db_index=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="traces", verbose_name="par"
    )
    """Whose account it was about, when a sign-in was refused; nobody when no account has the address."""
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="département"
    )
    """Where this person worked then; none for the agency."""
    kind = models.CharField("événement", max_length=12, choices=Kind.choices)
    what = models.CharField("fichier ou page", max_length=200, blank=True)
    rows = models.PositiveIntegerField("nombre de lignes", null=True, blank=True)
    network = models.CharField("réseau", max_length=40, blank=True)

    scope_paths: ClassVar[Paths] = Paths(department="department", national=Q(by__role=Role.CGET.value))

    class Meta:
        verbose_name = "trace d’accès"
        verbose_name_plural = "traces d’accès"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["connexion", "echec", "deconnexion", "refus", "export", "import"]),
                name="trace_kind_known",
                violation_error_message="Cet événement n’existe pas.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.what}".rstrip()
