"""Technical administration of conventions and results; their journals are read there and written nowhere."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.scoped_admin import LinesInline, ReadOnlyAdmin, ScopedAdmin
from conventions.models import (
    Campaign,
    Convention,
    ConventionAxis,
    ConventionLog,
    Result,
    SpecificCommitment,
    Submission,
    SubmissionLog,
    TargetSet,
)
from french.numbers import format_number


class AxisInline(LinesInline):
    """Axes kept."""

    model = ConventionAxis


class TargetSetInline(LinesInline):
    """Sets of targets, with what each promises."""

    model = TargetSet
    fields = ("number", "effective_on", "reason", "promised")
    readonly_fields = ("promised",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TargetSet]:
        rows: QuerySet[TargetSet] = super().get_queryset(request)
        return rows.prefetch_related("targets__indicator")

    @admin.display(description="objectifs")
    def promised(self, row: TargetSet) -> str:
        """Each figure with its indicator and its year."""
        targets = sorted(row.targets.all(), key=lambda target: (target.indicator.position, target.year))
        figures = (f"{one.indicator.code} année {one.year}\u00a0: {format_number(one.value)}" for one in targets)
        return " · ".join(figures)


class CommitmentInline(LinesInline):
    """Specific commitments."""

    model = SpecificCommitment


class ConventionLogInline(LinesInline):
    """The journal."""

    model = ConventionLog


class SubmissionLogInline(LinesInline):
    """The journal."""

    model = SubmissionLog


@admin.register(Convention)
class ConventionAdmin(ScopedAdmin[Convention]):
    """Conventions, to read, with what each promises."""

    list_display = ("reference", "company", "state", "starts_on", "ends_on", "signed_on")
    list_filter = ("state",)
    list_select_related = ("company",)
    search_fields = ("reference", "company__name")
    inlines = (AxisInline, TargetSetInline, CommitmentInline, ConventionLogInline)


@admin.register(Result)
class ResultAdmin(ScopedAdmin[Result]):
    """Results, to read."""

    list_display = ("submission", "indicator", "status", "value")
    list_filter = ("status",)
    list_select_related = ("submission__company", "indicator", "commitment")
    search_fields = ("submission__convention__reference", "company__name", "indicator__code")
    ordering = ("pk",)


@admin.register(Submission)
class SubmissionAdmin(ScopedAdmin[Submission]):
    """Submissions and their journal, to read."""

    list_display = ("convention", "campaign", "state", "transmitted_at", "validated_at")
    list_filter = ("state", "campaign")
    list_select_related = ("company", "convention")
    search_fields = ("convention__reference", "company__name")
    inlines = (SubmissionLogInline,)


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin[Campaign]):
    """Campaigns, to read: the CGET sets their dates in the portal."""

    list_display = ("semester", "opens_on", "due_on", "locks_on", "bilan_due_on")
