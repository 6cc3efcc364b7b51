"""One answer per submission and indicator, the numbered versions sent and the corrections asked for."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from accounts.models import User
from companies.models import Company
from conventions.answers import Answer
from conventions.models.commitments import SpecificCommitment
from conventions.models.convention import search_condition
from conventions.models.submission import Submission
from indicators.models import Indicator
from indicators.specs import IndicatorSpec
from territories.fields import NarrativeField, SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel, ScopedQuerySet
from territories.semester import Semester

SUBMISSION_PATHS = Paths(department="submission__company__department", company="submission__company")


class ResultQuerySet(ScopedQuerySet["Result"]):
    """Results, by the questions people ask."""

    def search(self, text: str) -> "ResultQuerySet":
        """Those of an indicator by its code, or of a company or convention that has every word of `text`."""
        of_convention = search_condition(text, convention="submission__convention__", company="company__")
        return self.filter(of_convention | Q(indicator__code__iexact=text.strip()))

    def up_to(self, semester: Semester) -> "ResultQuerySet":
        """Of this semester and all before."""
        return self.filter(semester__lte=semester)

    def count_in(self) -> None:
        """What these say now is what the figures count from now on, whatever is said later. One statement."""
        said = ~Q(status=Result.Status.UNANSWERED)
        self.update(counted_status=Case(When(said, then=F("status")), default=Value("")), counted_value=F("value"))

    def counted(self) -> "ResultQuerySet":
        """Those with an answer that was validated once, whatever was said since: they alone enter figures."""
        return self.exclude(counted_status="")

    def of_catalogue(self) -> "ResultQuerySet":
        """Those of indicators, without the specific commitments, which are never summed."""
        return self.filter(indicator__isnull=False)


class Result(ScopedModel):
    """A value, « sans objet » with a reason, or not answered: 0 is a value and never a blank."""

    class Status(models.TextChoices):
        """The three answers there are."""

        VALUE = "value", "valeur"
        NOT_APPLICABLE = "not_applicable", "sans objet"
        UNANSWERED = "unanswered", "non renseigné"

    COUNTED = ((Status.VALUE, "valeur"), (Status.NOT_APPLICABLE, "sans objet"))

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="results", verbose_name="remontée"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="results", verbose_name="indicateur"
    )
    commitment = models.ForeignKey(
        SpecificCommitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="engagement spécifique",
    )
    status = models.CharField("réponse", max_length=14, choices=Status.choices, default=Status.UNANSWERED)
    value = models.DecimalField("valeur", max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField("motif de « sans objet »", max_length=255, blank=True)
    comment = NarrativeField("commentaire", max_length=1000, blank=True)
    confirmed = models.BooleanField("valeur inhabituelle confirmée", default=False)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="results", verbose_name="entreprise")
    # No index of its own: that of the figures begins with it.
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name="département", db_index=False
    )
    semester = SemesterField("semestre")
    """These three are those of the submission, and the database refuses others: no question then joins to find them."""
    counted_status = models.CharField("réponse comptée", max_length=14, choices=COUNTED, default="", blank=True)
    counted_value = models.DecimalField("valeur comptée", max_digits=14, decimal_places=2, null=True, blank=True)
    """What the last validated version says, which alone enters the figures; empty before, and if it said nothing."""

    objects = ResultQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = Paths(department="department", company="company")

    class Meta:
        verbose_name = "résultat"
        ordering = ("indicator__position", "commitment_id", "pk")
        indexes = (models.Index(fields=("department", "semester"), name="result_of_department"),)
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "indicator"),
                condition=Q(indicator__isnull=False),
                name="result_once_per_indicator",
                violation_error_message="Ce résultat existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("submission", "commitment"),
                condition=Q(commitment__isnull=False),
                name="result_once_per_commitment",
                violation_error_message="Ce résultat existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, commitment__isnull=True)
                | Q(indicator__isnull=True, commitment__isnull=False),
                name="result_is_of_one_thing",
                violation_error_message="Un résultat répond à un indicateur ou à un engagement spécifique.",
            ),
            models.CheckConstraint(
                condition=Q(status="value", value__isnull=False)
                | Q(status__in=("not_applicable", "unanswered"), value__isnull=True),
                name="result_status_goes_with_value",
                violation_error_message="Une valeur, ou « sans objet », ou rien : pas deux à la fois.",
            ),
            models.CheckConstraint(
                condition=Q(counted_status="value", counted_value__isnull=False)
                | Q(counted_status__in=("", "not_applicable"), counted_value__isnull=True),
                name="result_counted_status_goes_with_value",
                violation_error_message="Une valeur comptée, ou « sans objet », ou rien\u00a0: pas deux à la fois.",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_applicable") | ~Q(reason=""),
                name="result_not_applicable_has_reason",
                violation_error_message="Dites pourquoi cet indicateur est sans objet.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="result_not_negative",
                violation_error_message="Un résultat ne peut pas être négatif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} : {self.get_status_display()}"

    @property
    def code(self) -> str:
        """SEN-01, or LIB-<n> for a specific commitment; the indicator must be loaded."""
        return self.indicator.code if self.indicator else f"LIB-{self.commitment_id}"

    @property
    def label(self) -> str:
        """What is asked, in French."""
        subject = self.indicator or self.commitment
        return subject.label if subject else ""

    @property
    def spec(self) -> IndicatorSpec | None:
        """The catalogue's line; None for a specific commitment."""
        return self.indicator.spec if self.indicator else None

    @property
    def answer(self) -> Answer:
        """What is said."""
        return Answer(self.status, self.value, self.reason, self.comment, self.confirmed)

    @property
    def kept(self) -> dict[str, str]:
        """What a version keeps of this answer."""
        return {
            "code": self.code,
            "label": self.label,
            "status": self.status,
            "value": "" if self.value is None else f"{Decimal(self.value).normalize():f}",
            "reason": self.reason,
            "comment": self.comment,
        }


class SubmissionVersion(ScopedModel):
    """What was sent, each time it was: numbered, never changed, so that receipt and diff tell the truth later."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="versions", verbose_name="remontée"
    )
    number = models.PositiveSmallIntegerField("numéro")
    at = models.DateTimeField("transmise le")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    answers = models.JSONField("réponses")

    scope_paths = SUBMISSION_PATHS

    class Meta:
        verbose_name = "version transmise"
        verbose_name_plural = "versions transmises"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "number"),
                name="submission_version_once",
                violation_error_message="Cette version existe déjà.",
            ),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"


class CorrectionQuerySet(ScopedQuerySet["Correction"]):
    """Corrections, by the question of which ones are still asked."""

    def outstanding(self, submissions: Collection[UUID]) -> "CorrectionQuerySet":
        """Those of the last version sent of these submissions."""
        sent = SubmissionVersion.objects.filter(submission=OuterRef("submission")).order_by("-number")
        return self.filter(submission__in=submissions, version=Subquery(sent.values("number")[:1]))


class Correction(ScopedModel):
    """What the référent asks to correct, indicator by indicator; these fields reopen, with their totals and parts."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="corrections", verbose_name="remontée"
    )
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="corrections", verbose_name="résultat")
    version = models.PositiveSmallIntegerField("version concernée")
    comment = NarrativeField("à corriger", max_length=1000)

    objects = CorrectionQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    scope_paths = SUBMISSION_PATHS

    class Meta:
        verbose_name = "demande de correction"
        verbose_name_plural = "demandes de correction"
        ordering = ("version", "result__indicator__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("result", "version"),
                name="correction_once_per_version",
                violation_error_message="Une correction est déjà demandée pour cet indicateur.",
            ),
            models.CheckConstraint(
                condition=~Q(comment=""),
                name="correction_has_comment",
                violation_error_message="Dites ce qui est à corriger.",
            ),
        )

    def __str__(self) -> str:
        return self.comment
