"""What each company submits in a six-monthly campaign."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.models import Company
from conventions import issues
from conventions.issues import History
from conventions.models.campaign import Campaign
from conventions.models.convention import Convention
from conventions.models.submission_rows import ORDER, SubmissionQuerySet
from conventions.transitions import HANDED_IN, SUBMISSION, SubmissionState
from territories.fields import NarrativeField, SemesterField
from territories.scoping import Paths
from workflows.models import WorkflowModel, state_constraint
from workflows.tables import Workflow

EDITORS = frozenset({CompanyRole.ADMINISTRATOR, CompanyRole.CONTRIBUTOR, Role.ANIMATEUR})
"""Who enters figures: the members of the company, or the animateur to whom it is entrusted."""

FILE_EDITORS = EDITORS | {Role.REFERENT}
"""Who brings them in a file: the référent too, for companies that answered on paper or in a workbook."""


class Submission(WorkflowModel):
    """What one company reports for one semester, whatever conventions are in force in it. It exists when expected."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of its own: the one that keeps a submission unique per semester begins with it.
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="submissions", verbose_name="entreprise", db_index=False
    )
    semester = SemesterField("semestre")
    """That of its campaign: the database refuses another one, as it refuses a company other than the convention's."""
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, related_name="submissions", verbose_name="convention"
    )
    """The one in force on the last day of the semester on which the company is engaged."""
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="submissions", verbose_name="campagne"
    )
    state = models.CharField("état", max_length=12, default=SubmissionState.DRAFT, choices=SubmissionState)
    version = models.PositiveIntegerField("version de la saisie", default=0)
    """Counts the saves: a page loaded before the last one is told so instead of overwriting it."""
    transmitted_at = models.DateTimeField("transmise le", null=True, blank=True)
    first_transmitted_on = models.DateField("transmise la première fois le", null=True, blank=True)
    returned_at = models.DateTimeField("renvoyée le", null=True, blank=True)
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    counted_at = models.DateTimeField("comptée depuis le", null=True, blank=True)
    """The last validation, which a reopening leaves: what was validated then still counts."""
    extended_until = models.DateField("délai accordé jusqu’au", null=True, blank=True)
    extension_reason = models.CharField("motif du délai", max_length=255, blank=True)
    message = NarrativeField("message au référent", max_length=2000, blank=True)

    objects = SubmissionQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    workflow: ClassVar[Workflow] = SUBMISSION
    scope_paths = Paths(department="company__department", company="company")

    class Meta:
        verbose_name = "remontée semestrielle"
        verbose_name_plural = "remontées semestrielles"
        ordering = ORDER
        constraints = (
            state_constraint(SUBMISSION),
            models.UniqueConstraint(
                fields=("company", "semester"),
                name="submission_once_per_semester",
                violation_error_message="Une remontée existe déjà pour ce semestre.",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.DRAFT, transmitted_at__isnull=True)
                | (
                    ~Q(state=SubmissionState.DRAFT)
                    & Q(transmitted_at__isnull=False, first_transmitted_on__isnull=False)
                ),
                name="submission_transmitted_goes_with_date",
                violation_error_message="Une remontée transmise a une date de transmission.",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.RETURNED, returned_at__isnull=False)
                | (~Q(state=SubmissionState.RETURNED) & Q(returned_at__isnull=True)),
                name="submission_returned_goes_with_date",
                violation_error_message="Une remontée à corriger a une date de renvoi.",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.VALIDATED, validated_at__isnull=False)
                | (~Q(state=SubmissionState.VALIDATED) & Q(validated_at__isnull=True)),
                name="submission_validated_goes_with_date",
                violation_error_message="Une remontée validée a une date de validation.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.VALIDATED) | Q(counted_at__isnull=False),
                name="submission_validated_is_counted",
                violation_error_message="Une remontée validée compte dans le bilan.",
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | ~Q(extension_reason=""),
                name="submission_extension_goes_with_reason",
                violation_error_message="Indiquez pourquoi un délai est accordé.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.company} – {self.semester}"

    def get_absolute_url(self) -> str:
        """The submission's page: entry for the company, review for the référent."""
        return reverse("submission_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Never transmitted: the company still enters it."""
        return self.state == SubmissionState.DRAFT

    @property
    def is_returned(self) -> bool:
        """Sent back: the company corrects what was pointed out."""
        return self.state == SubmissionState.RETURNED

    @property
    def is_validated(self) -> bool:
        """Its last version is validated."""
        return self.state == SubmissionState.VALIDATED

    @property
    def is_received(self) -> bool:
        """Transmitted once, as `received` says of several."""
        return self.first_transmitted_on is not None

    @property
    def is_counted(self) -> bool:
        """A version of it was validated, as `validated` says of several: its figures count in the bilan."""
        return self.counted_at is not None

    @property
    def due_on(self) -> date:
        """The last day to transmit in time, the extension included."""
        return max(self.campaign.due_on, self.extended_until or self.campaign.due_on)

    @property
    def closes_on(self) -> date:
        """The last day on which the company may still transmit."""
        return max(self.campaign.locks_on, self.extended_until or self.campaign.locks_on)

    @property
    def is_late(self) -> bool:
        """First transmitted after the due day; a correction asked for later does not make it late."""
        return self.first_transmitted_on is not None and self.first_transmitted_on > self.due_on

    def is_overdue(self, *, on: date) -> bool:
        """Never transmitted although its last day is past, as `overdue` says of several."""
        return not self.is_received and self.due_on < on

    def acting_as(self, user: User) -> str:
        """In what capacity `user` acts on this submission."""
        return self.company.acting_as(user)

    def stamp(self, transition: str, at: datetime) -> list[str]:
        """State and timestamps move together; the database holds them to it."""
        self.returned_at = at if transition in {"renvoyer", "rouvrir"} else None
        self.validated_at = at if transition == "valider" else None
        if transition == "valider":
            self.counted_at = at
        if transition == "transmettre":
            self.transmitted_at = at
            self.first_transmitted_on = self.first_transmitted_on or at.date()
        return ["returned_at", "validated_at", "counted_at", "transmitted_at", "first_transmitted_on"]

    def refusal_to_edit(self, *, acting_as: str, on: date, by_file: bool = False) -> str:
        """Why these figures cannot be changed now, in French; empty when they can. Page, autosave and file ask here."""
        if acting_as not in (FILE_EDITORS if by_file else EDITORS):
            return "Seule l’entreprise, ou son animateur, saisit ses résultats."
        if self.state in HANDED_IN:
            return f"Cette remontée est {self.state_label} : elle ne se modifie plus."
        return self.refusal_of_day(on)

    def refusal_of_day(self, on: date) -> str:
        """Why nothing is entered or transmitted that day, in French; a correction has no last day."""
        if on < self.campaign.opens_on:
            return f"La saisie ouvre le {self.campaign.opens_on:%d/%m/%Y}."
        if self.is_draft and on > self.closes_on:
            return f"La saisie est fermée depuis le {self.closes_on:%d/%m/%Y} : demandez un délai à la préfecture."
        return ""

    def history(self) -> History:
        """What this company reported before, renewals included: one query. Only what was transmitted counts."""
        earlier = (
            Submission.objects.received()
            .filter(company=self.company_id, semester__lt=self.semester, results__indicator__isnull=False)
            .values_list("semester", "results__indicator__code", "results__value")
        )
        previous: dict[str, Decimal] = {}
        before: dict[str, Decimal] = {}
        for semester, code, value in earlier:
            if value is None:
                continue
            before[code] = before.get(code, Decimal(0)) + value
            if semester == self.semester.previous:
                previous[code] = value
        return History(previous=previous, before=before)

    def findings(self, answers: Sequence[issues.AnsweredLine], history: History) -> issues.Findings:
        """What the rules say of these answers; no query."""
        return issues.examine(self.convention.specification, answers, history, self.company.headcount)

    def missing_to_transmit(self) -> list[str]:
        """What stands in the way of transmission: unanswered indicators, impossible figures, unanswered questions."""
        answers = list(self.results.select_related("indicator", "commitment"))
        found = [issue.sentence for issue in self.findings(answers, self.history()).in_the_way]
        return [*found, issues.UNCHANGED] if self.repeats([answer.kept for answer in answers]) else found

    def repeats(self, answers: list[dict[str, str]]) -> bool:
        """Whether these answers are exactly those that were sent back: that would correct nothing."""
        if not self.is_returned:
            return False
        last = self.versions.order_by("-number").first()
        return last is not None and last.answers == answers

    def corrections_asked(self) -> dict[int, str]:
        """What the référent asks to correct since the last return, by result; nothing unless it was returned."""
        if not self.is_returned:
            return {}
        return dict(self.corrections.outstanding([self.pk]).values_list("result_id", "comment"))

    def reopened(self, asked: Collection[int]) -> set[int]:
        """The results that a return opens: those asked, and with each its total and its other parts. One query.

        A part alone could not be corrected: it would have to stay below a total that is closed.
        """
        codes = dict(self.results.values_list("pk", "indicator__code")) if asked else {}
        return self.opened_by(asked, codes)

    def opened_by(self, asked: Collection[int], codes: Mapping[int, str]) -> set[int]:
        """The same from the codes of its results, by key; no query."""
        family = self.convention.specification.family
        tied = {other for pk in asked if (code := codes.get(pk)) for other in family(code)}
        return {pk for pk, code in codes.items() if pk in asked or code in tied}
