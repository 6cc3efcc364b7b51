"""The triennial convention between the préfet and a company, from draft to termination, and its journal."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from companies.models import Charter, Company
from conventions.expected import Period, last_day
from conventions.models.periods import SOON, Situation, in_force_between, last_day_of, situations_on
from conventions.signature import PROGRAMME_START, overlap_refusal, signature_window
from conventions.target_grid import remarks
from conventions.transitions import CONVENTION, SIGNED, ConventionState
from french.order import searched_words
from indicators.catalogue import Catalogue
from indicators.models import CatalogueVersion, catalogue_of
from indicators.specs import Axis
from territories.fields import NarrativeField
from territories.scoping import Paths, ScopedQuerySet
from territories.semester import Semester
from workflows.models import WorkflowModel, state_constraint
from workflows.tables import Workflow

TERMINATE = "la signature ne s’annule plus, résiliez la convention."
AXIS_CHOICES = [(axis.value, axis.label) for axis in Axis]


def axes_refusal(company: Company, axes: Collection[Axis]) -> str:
    """Why this company cannot keep these axes only, in French; empty when it can."""
    if company.may_choose_axes or len(axes) == len(Axis):
        return ""
    return "Une ETI ou une grande entreprise s’engage sur les quatre axes (circulaire, annexe 2 §2)."


def search_condition(text: str, *, convention: str = "", company: str = "company__") -> Q:
    """What `text` asks of rows that these paths lead from: each word, in the company or the convention's reference."""
    found = Q()
    for word in searched_words(text):
        found &= Q(**{f"{company}search_key__contains": word}) | Q(
            **{f"{convention}reference__icontains": word.strip()}
        )
    return found


class ConventionQuerySet(ScopedQuerySet["Convention"]):
    """Conventions, by the questions people ask. Running and expired come from dates and are never stored."""

    def search(self, text: str) -> "ConventionQuerySet":
        """Those whose company (its name, town, postcode, SIRET) or reference has every word of `text`."""
        return self.filter(search_condition(text))

    def in_situation(self, situation: Situation, day: date) -> "ConventionQuerySet":
        """Those that are, say, running that day: what `situation_on` answers, row by row."""
        return self.filter(situations_on(day)[situation])

    def signed(self) -> "ConventionQuerySet":
        """Signed one day, terminated since or not."""
        return self.filter(state__in=SIGNED)

    def overlapping(self, start: date, end: date) -> "ConventionQuerySet":
        """Those with at least one day between `start` and `end`, both included."""
        return self.annotate(last_day=last_day_of()).filter(in_force_between(start, end))

    def running_on(self, day: date) -> "ConventionQuerySet":
        """Signed and in force that day."""
        return self.signed().overlapping(day, day)

    def expected_in(self, semester: Semester) -> "ConventionQuerySet":
        """Signed and in force at least one day of the semester: those that report."""
        return self.signed().overlapping(semester.start, semester.end)

    def to_renew(self, day: date) -> "ConventionQuerySet":
        """Those that are running that day, end within six months, and that no renewal follows yet."""
        return self.in_situation(Situation.RUNNING, day).filter(ends_on__lte=day + SOON, renewal=None)


ConventionRows = models.Manager.from_queryset(ConventionQuerySet)


class ConventionManager(ConventionRows["Convention"]):
    """Every convention but the drafts deleted: of those, only the number and the journal are left."""

    def get_queryset(self) -> ConventionQuerySet:
        return ConventionQuerySet(self.model, using=self._db).exclude(state=ConventionState.DROPPED)


class Convention(WorkflowModel):
    """One triennial convention per company at a time (circulaire, annexe 2 §2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=30, unique=True)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="conventions", verbose_name="entreprise"
    )
    catalogue = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, related_name="conventions", verbose_name="catalogue d’indicateurs"
    )
    state = models.CharField("état", max_length=12, default=ConventionState.DRAFT, choices=ConventionState)
    starts_on = models.DateField("date d’effet")
    ends_on = models.DateField("dernier jour")
    axes_reason = NarrativeField("motif du choix des axes", max_length=2000, blank=True)
    signed_on = models.DateField("date de signature", null=True, blank=True)
    signed_at = models.CharField("lieu de signature", max_length=150, blank=True)
    terminated_on = models.DateField("dernier jour avant résiliation", null=True, blank=True)
    charter = models.OneToOneField(
        Charter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="convention",
        verbose_name="charte Entreprises et Quartiers d’origine",
    )
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewal", verbose_name="renouvelle"
    )
    created_at = models.DateTimeField("créée le")

    objects = ConventionManager()  # type: ignore[misc]  # richer than the base's
    everything = ConventionQuerySet.as_manager()
    """The deleted drafts too, whose numbers are never given again."""

    workflow: ClassVar[Workflow] = CONVENTION
    scope_paths = Paths(department="company__department", company="company", national=Q(state__in=SIGNED))

    class Meta:
        verbose_name = "convention"
        ordering = ("-starts_on", "reference")
        constraints = (
            state_constraint(CONVENTION),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="convention_ends_after_start",
                violation_error_message="La fin doit suivre le début.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SIGNED, signed_on__isnull=False)
                | (~Q(state__in=SIGNED) & Q(signed_on__isnull=True)),
                name="convention_signed_goes_with_date",
                violation_error_message="Une convention signée a une date de signature, une autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(signed_on__gte=PROGRAMME_START, signed_on__lte=F("ends_on")),
                name="convention_signed_in_its_time",
                violation_error_message="La signature a lieu depuis 2018 et avant la fin de la convention.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | ~Q(signed_at=""),
                name="convention_signed_goes_with_place",
                violation_error_message="Indiquez le lieu de signature.",
            ),
            models.CheckConstraint(
                condition=Q(state=ConventionState.TERMINATED, terminated_on__isnull=False)
                | (~Q(state=ConventionState.TERMINATED) & Q(terminated_on__isnull=True)),
                name="convention_terminated_goes_with_date",
                violation_error_message="Une convention résiliée a une date de résiliation, une autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True)
                | Q(terminated_on__gte=F("starts_on"), terminated_on__lte=F("ends_on")),
                name="convention_terminated_while_running",
                violation_error_message="La résiliation tombe pendant la convention.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} – {self.company}"

    def get_absolute_url(self) -> str:
        """The convention's page."""
        return reverse("convention_detail", args=[self.pk])

    @property
    def effective_end(self) -> date:
        """The last day in force: the end, or the termination when it came first."""
        return self.terminated_on or self.ends_on

    @property
    def specification(self) -> Catalogue:
        """The catalogue this convention is pinned to; no query."""
        return catalogue_of(self.catalogue_id)

    def situation_on(self, day: date) -> Situation:
        """What is said of it that day; running and expired come from the dates."""
        if self.state != ConventionState.SIGNED:
            return Situation[ConventionState(self.state).name]
        if day < self.starts_on:
            return Situation.COMING
        return Situation.RUNNING if day <= self.ends_on else Situation.EXPIRED

    def status_on(self, day: date) -> str:
        """The same in French words."""
        return self.situation_on(day).label

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this convention."""
        return self.company.acting_as(user)

    def stamp(self, transition: str, at: datetime) -> list[str]:
        """The dates of signature and termination are given, not stamped: the actions set them; taking back erases."""
        if transition == "annuler":
            self.signed_on, self.signed_at = None, ""
        if transition == "retablir":
            self.terminated_on = None
        of_signature, of_end = ["signed_on", "signed_at"], ["terminated_on"]
        given = {"signer": of_signature, "annuler": of_signature, "resilier": of_end, "retablir": of_end}
        return given.get(transition, [])

    def signed_axes(self) -> list[Axis]:
        """The axes kept, in the order of the circular; one query unless prefetched."""
        kept = {row.axis for row in self.axes.all()}
        return [axis for axis in Axis if axis.value in kept]

    def refusal_to_edit(self) -> str:
        """Why its frame and its commitments cannot change any more, in French; empty for a draft."""
        if self.state == ConventionState.DRAFT:
            return ""
        return f"Cette convention est {self.state_label} : ses engagements ne se modifient plus."

    def refusal_to_renew(self) -> str:
        """Why no convention can follow this one, in French; empty when one can."""
        if self.state != ConventionState.SIGNED:
            return "Seule une convention signée se renouvelle."
        start = self.ends_on + timedelta(days=1)
        follows = Q(renews=self) | in_force_between(start, last_day(start))
        after = self.company.conventions.annotate(last_day=last_day_of()).filter(follows).first()
        if after and after.renews_id == self.pk:
            return "Le renouvellement de cette convention est déjà préparé."
        return overlap_refusal(after.reference, after.starts_on, after.effective_end) if after else ""

    def missing_to_prepare(self) -> list[str]:
        """What stands in the way of « prête à signer », in French; two queries."""
        axes = self.signed_axes()
        if not axes:
            return ["Choisissez au moins un axe."]
        missing = []
        if refusal := axes_refusal(self.company, axes):
            missing.append(refusal)
        elif len(axes) < len(Axis) and not self.axes_reason.strip():
            missing.append("Indiquez pourquoi seuls certains axes sont retenus.")
        drafted = self.target_sets.filter(number=0, targets__isnull=False)
        targets = list(
            drafted.values_list(
                "targets__indicator__axis", "targets__indicator__code", "targets__year", "targets__value"
            )
        )
        targeted = {axis for axis, *_ in targets}
        missing += [
            f"Fixez au moins un objectif pour l’axe « {axis.label} »." for axis in axes if axis.value not in targeted
        ]
        return missing + remarks(self.specification, {(code, year): value for _, code, year, value in targets})

    def missing_to_sign(self) -> list[str]:
        """The same list, plus the date and place of signature."""
        missing = self.missing_to_prepare()
        if not self.signed_on or not self.signed_at.strip():
            missing.append("Indiquez la date et le lieu de signature.")
        return missing

    def signature_window(self, today: date) -> Period:
        """The days on which it may have been signed."""
        drafted_on = self.created_at.date()
        return signature_window(starts_on=self.starts_on, ends_on=self.ends_on, drafted_on=drafted_on, today=today)

    def obstacles_to_cancel(self) -> list[str]:
        """Why the signature stands, in French: figures or a bilan left because of it, or a renewal stands on it."""
        found = []
        asked = self.company.submissions.asked_by(self)
        if asked.filter(Q(first_transmitted_on__isnull=False) | Q(logs__isnull=False)).exists():
            found.append(f"Une remontée a déjà été transmise, a reçu un délai ou une relance\u00a0: {TERMINATE}")
        if self._counted_in_bilan():
            found.append(f"Un bilan transmis la compte déjà\u00a0: {TERMINATE}")
        if self.target_sets.filter(number__gt=0).exists():
            found.append(f"Un avenant a changé ses objectifs\u00a0: {TERMINATE}")
        renewal = Convention.objects.filter(renews=self).first()
        if renewal:
            found.append(f"Son renouvellement {renewal.reference} est préparé\u00a0: supprimez d’abord ce brouillon.")
        return found

    def obstacles_to_drop(self) -> list[str]:
        """Why a draft stays, in French: what was signed once is part of the register."""
        if self.logs.filter(transition="signer").exists():
            return ["Cette convention a été signée, puis sa signature annulée\u00a0: elle reste au registre."]
        return []

    def _counted_in_bilan(self) -> bool:
        """Whether a bilan was sent, since the signature was recorded, for a semester in which it reports."""
        recorded = self.logs.filter(transition="signer").order_by("-pk").values("at")[:1]
        return self.company.department.bilans.filter(
            state="transmitted",
            transmitted_at__gte=Coalesce(models.Subquery(recorded), self.created_at),
            semester__gte=Semester.containing(self.starts_on),
            semester__lte=Semester.containing(self.effective_end),
        ).exists()
