"""What was done about an account, by whom and why: who left, who came back, who took over. Rows are only ever added."""

from django.db import models
from django.db.models import Q

from accounts.models.user import User
from accounts.roles import Role
from territories.scoping import Paths, ScopedModel


class AccountAct(ScopedModel):
    """One act on an account."""

    class Kind(models.TextChoices):
        """What can be done, as the list of a team says it."""

        DEACTIVATE = "desactiver", "désactivé"
        REACTIVATE = "reactiver", "réactivé"
        HAND_OVER = "confier", "portefeuille confié"
        JOIN = "arriver", "arrivé"
        PASSWORD = "secret", "mot de passe changé"
        ADDRESS = "adresse", "adresse changée"
        FACTOR = "facteur", "second facteur activé"
        NO_FACTOR = "defacteur", "second facteur désactivé"

    at = models.DateTimeField("le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acts", verbose_name="compte")
    kind = models.CharField("action", max_length=10, choices=Kind.choices)
    successor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="successeur"
    )
    reason = models.TextField("motif", blank=True)

    # The agency sees what happens to those it manages, never to the others of a préfecture.
    scope_paths = Paths(
        department="account__department", national=Q(account__role__in=[Role.REFERENT.value, Role.CGET.value])
    )

    class Meta:
        verbose_name = "acte sur un compte"
        verbose_name_plural = "actes sur les comptes"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "desactiver",
                        "reactiver",
                        "confier",
                        "arriver",
                        "secret",
                        "adresse",
                        "facteur",
                        "defacteur",
                    ]
                ),
                name="account_act_kind_known",
                violation_error_message="Cette action n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(kind="confier", successor__isnull=False) | (~Q(kind="confier") & Q(successor__isnull=True)),
                name="account_act_successor_goes_with_handover",
                violation_error_message="Un portefeuille se confie à quelqu’un.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.account_id}"
