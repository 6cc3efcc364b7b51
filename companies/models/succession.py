"""What becomes of a company at a date, without rewriting what was before: another name, or its end."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from companies.models.signatory import Company
from companies.siret import grouped
from french.words import long_date
from territories.fields import OrderKeyField
from territories.scoping import Paths, ScopedModel


class FormerName(ScopedModel):
    """The name that a company had until a day, included; the one on its sheet is the one it has since.

    A mistake of typing is corrected on the sheet: the company never had that name.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="former_names", verbose_name="entreprise"
    )
    name = models.CharField("ancien nom", max_length=255)
    until = models.DateField("dernier jour sous ce nom")
    recorded_at = models.DateTimeField("enregistré le")
    name_key = OrderKeyField("rang alphabétique", of=("name",))

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "ancien nom"
        verbose_name_plural = "anciens noms"
        ordering = ("-until",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "until"),
                name="former_name_once_a_day",
                violation_error_message="Un autre changement de nom porte déjà cette date.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, jusqu’au {long_date(self.until)}"


def name_on(day: date, *, company: str = "company__", field: str = "name") -> Coalesce:
    """In a query, the name of a company that day, or its place in alphabetical order; `company` leads to it."""
    of_company = OuterRef(company.removesuffix("__") or "pk")
    then = FormerName.objects.filter(company=of_company, until__gte=day).order_by("until").values(field)[:1]
    return Coalesce(Subquery(then), F(f"{company}{field}"))


class Succession(ScopedModel):
    """The end of a company as a signatory: its last day, why, and who goes on, when that is a company of the portal.

    Its figures stay its own up to that day; those of its successor are the successor's.
    """

    class Kind(models.TextChoices):
        """The circular speaks of none of these: they are what happens in three years."""

        MERGED = "absorbee", "absorbée par une autre entreprise"
        TRANSFERRED = "transferee", "reprise sous un autre SIRET"
        MOVED = "partie", "partie dans un autre département"
        CLOSED = "fermee", "fermée"

    CONTINUED = (Kind.MERGED, Kind.TRANSFERRED)
    """Those after which another company of the département goes on."""

    company = models.OneToOneField(
        Company, on_delete=models.PROTECT, related_name="succession", verbose_name="entreprise"
    )
    kind = models.CharField("ce qui lui arrive", max_length=10, choices=Kind.choices)
    last_day = models.DateField("dernier jour")
    successor = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="entreprise qui prend la suite",
    )
    recorded_at = models.DateTimeField("enregistrée le")

    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "fin d’une entreprise"
        verbose_name_plural = "fins d’entreprises"
        ordering = ("-last_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["absorbee", "transferee"], successor__isnull=False)
                | Q(kind__in=["partie", "fermee"], successor__isnull=True),
                name="succession_kind_goes_with_successor",
                violation_error_message="Une entreprise absorbée ou reprise a un successeur, une autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("company")),
                name="succession_by_another",
                violation_error_message="Une entreprise ne se succède pas à elle-même.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.company} : {self.sentence}"

    @property
    def first_day(self) -> date:
        """The first day on which the company is no signatory any more: its successor's first, when there is one."""
        return self.last_day + timedelta(days=1)

    @property
    def sentence(self) -> str:
        """« fermée, dernier jour le 30 juin 2020 », « absorbée par la Fonderie (732…) depuis le 1er juillet 2020 »."""
        if self.successor is None:
            return f"{self.get_kind_display()}, dernier jour le {long_date(self.last_day)}"
        verb = "absorbée" if self.kind == self.Kind.MERGED else "reprise"
        other = f"{self.successor} ({grouped(self.successor.siret)})"
        return f"{verb} par {other} depuis le {long_date(self.first_day)}"

    def told_to(self, reader: Company) -> dict[str, str]:
        """What the journal of either company holds of it."""
        other = self.successor if reader == self.company else self.company
        named = f"{other} ({grouped(other.siret)})" if other else ""
        return {"end": str(self.kind), "other": named, "last_day": self.last_day.isoformat()}

    @property
    def refusal(self) -> str:
        """Why nothing new is signed with it."""
        return f"{self.company} est {self.sentence}\u00a0: aucune convention ne s’y prépare ni ne s’y signe plus."
