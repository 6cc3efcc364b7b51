"""The home of a company: the form that is open, what was achieved so far, the last receipt, whom to call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from companies.models import Company
from conventions.models import Campaign, Result, Submission, SubmissionVersion
from conventions.transitions import SubmissionState
from french.words import whole_percentage
from reporting.dashboards.progress import AxisProgress, progress_of
from reporting.dashboards.words import days_left
from reporting.selectors.ground import Rows
from territories.semester import Semester

ACTIONS: dict[str, str] = {
    SubmissionState.RETURNED: "Corriger ma saisie",
    SubmissionState.TRANSMITTED: "Relire ma remontée",
    SubmissionState.VALIDATED: "Relire ma remontée",
}


@dataclass(frozen=True)
class FormCard:
    """One submission of the open campaign, or one sent back: how far it is and the one button."""

    submission: Submission
    company: str
    due_on: date
    days_left: str
    answered: int
    asked: int
    action: str
    url: str
    is_open: bool
    """Whether something can be entered or corrected that day."""
    transmits: bool
    """Whether this person sends it, too."""

    @property
    def percent(self) -> int:
        """For the bar."""
        return whole_percentage(self.answered, self.asked)

    @property
    def progress(self) -> str:
        """« 12 sur 30 »."""
        return f"{self.answered} sur {self.asked}"

    @property
    def left(self) -> int:
        """How many answers are missing."""
        return self.asked - self.answered


@dataclass(frozen=True)
class CompanyHome:
    """Everything on the page."""

    companies: tuple[Company, ...]
    cards: tuple[FormCard, ...]
    silent: tuple[Submission, ...]
    """Of former campaigns, never transmitted, and closed."""
    reference: Semester | None
    axes: tuple[AxisProgress, ...]
    receipt: SubmissionVersion | None
    contacts: tuple[User, ...]

    @property
    def several(self) -> bool:
        """Whether a card must say whose it is."""
        return len(self.companies) > 1


def company_home(user: User, on: date) -> CompanyHome:
    """The home of a member, all their companies together; a constant number of queries."""
    companies = tuple(Company.objects.visible_to(user).select_related("department"))
    campaigns = list(Campaign.objects.opened_by(on).order_by("-semester"))
    sent_by = set(user.memberships.administrators().values_list("company", flat=True))
    cards, silent = form_cards(user, campaigns[:1], on, sent_by=sent_by)
    closed = [campaign.semester for campaign in campaigns if campaign.due_on < on]
    reference = closed[0] if closed else None
    versions = SubmissionVersion.objects.visible_to(user).select_related("submission__campaign", "by")
    return CompanyHome(
        companies=companies,
        cards=cards,
        silent=silent,
        reference=reference,
        axes=progress_of(Rows.seen_by(user), reference, on=on) if reference else (),
        receipt=versions.order_by("-at").first(),
        contacts=_contacts(companies),
    )


def form_cards(
    user: User, current: Sequence[Campaign], on: date, *, sent_by: Collection[UUID] | None = None
) -> tuple[tuple[FormCard, ...], tuple[Submission, ...]]:
    """The cards of the current campaign and of what can be done today, and what was never sent and is closed.

    `sent_by`: the companies for which this person transmits; all of them when None. Two queries.
    """
    rows = list(
        Submission.objects.visible_to(user)
        .filter(campaign__opens_on__lte=on)
        .with_progress()
        .select_related("campaign", "convention", "company")
    )
    semesters = {campaign.semester for campaign in current}
    shown = [row for row in rows if row.semester in semesters or _is_open(row, on)]
    silent = [row for row in rows if row not in shown and row.is_draft]
    steps = _first_unanswered(shown)
    cards = (
        _card(row, steps.get(row.pk, ""), on, transmits=sent_by is None or row.company_id in sent_by) for row in shown
    )
    return tuple(cards), tuple(silent)


def _is_open(row: Submission, on: date) -> bool:
    """Whether something is to be entered or corrected, and can be."""
    return (row.is_draft or row.is_returned) and not row.refusal_of_day(on)


def _card(row: Submission, step: str, on: date, *, transmits: bool) -> FormCard:
    is_open = _is_open(row, on)
    return FormCard(
        submission=row,
        company=row.company.name,
        due_on=row.due_on,
        days_left=days_left(row.due_on, on),
        answered=getattr(row, "answered", 0),
        asked=getattr(row, "asked", 0),
        action=_action(row, step, is_open=is_open, transmits=transmits),
        url=reverse("submission_step", args=[row.pk, step])
        if row.is_draft and is_open and step
        else row.get_absolute_url(),
        is_open=is_open,
        transmits=transmits,
    )


def _action(row: Submission, step: str, *, is_open: bool, transmits: bool) -> str:
    """The words of the one button: what this person can do that day."""
    if not row.is_draft:
        return ACTIONS[row.state]
    if not is_open:
        return "Voir cette remontée"
    if step:
        return "Continuer ma saisie" if getattr(row, "answered", 0) else "Commencer ma saisie"
    return "Relire et transmettre" if transmits else "Relire ma saisie"


def _first_unanswered(rows: Sequence[Submission]) -> dict[UUID, str]:
    """The step of the form on which each submission has its first gap."""
    gaps = (
        Result.objects.filter(submission__in=[row.pk for row in rows], status=Result.Status.UNANSWERED)
        .order_by("-indicator__position")
        .values_list("submission", "indicator__axis")
    )
    return {submission: axis or "specifiques" for submission, axis in gaps}


def _contacts(companies: Sequence[Company]) -> tuple[User, ...]:
    departments = {company.department_id for company in companies}
    return tuple(User.objects.referents().filter(department__in=departments))
