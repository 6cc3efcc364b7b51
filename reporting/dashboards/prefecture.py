"""The home of a préfecture: what waits for it, who answered, and where the promises of its companies stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from companies.models import Company
from companies.selectors import unanswered
from conventions.lists.companies import UNANSWERED
from conventions.lists.conventions import EXPIRING
from conventions.models import Campaign, Convention, Submission
from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import SOON
from conventions.selectors.returns import Returns, returns_by_axis, returns_of
from conventions.transitions import ConventionState, SubmissionState
from french.numbers import counted
from french.words import long_date, whole_percentage
from reporting.dashboards.progress import AxisProgress, progress_of
from reporting.dashboards.words import Task, bilan_due, days_left
from reporting.models import Bilan
from reporting.selectors import alarm_for
from reporting.selectors.alarm import Alarm
from reporting.selectors.ground import Rows
from territories.models import DepartmentFigures
from territories.semester import Semester

NAMED = 5
"""How many conventions about to end the home names one by one."""

OVERDUE = ("remontée silencieuse, délai dépassé", "remontées silencieuses, délai dépassé")


@dataclass(frozen=True)
class Answered:
    """How many companies answered out of those asked."""

    label: str
    returns: Returns

    @property
    def percent(self) -> int:
        """For the bar."""
        return whole_percentage(self.returns.received, self.returns.asked)

    @property
    def value(self) -> str:
        """« 28 sur 33 »."""
        return self.returns.share


@dataclass(frozen=True)
class Collection:
    """The last campaign that opened, as this département answers it."""

    semester: Semester
    on: date
    """The day of its figures."""
    due_on: date
    days_left: str
    answered: Answered
    by_axis: tuple[Answered, ...]


@dataclass(frozen=True)
class PrefectureHome:
    """Everything on the page."""

    alarm: Alarm | None
    """The last bilan sent, when it is no longer true."""
    tasks: tuple[Task, ...]
    collection: Collection | None
    signatories: int
    reference: Semester | None
    """The last semester whose due day is past: results up to its end are drawn."""
    axes: tuple[AxisProgress, ...]


def prefecture_home(user: User, on: date, *, at: datetime) -> PrefectureHome:
    """The home of a référent or a lecteur; a constant number of queries. Invitations are judged at the hour `at`."""
    campaigns = list(Campaign.objects.opened_by(on).order_by("-semester"))
    closed = [campaign.semester for campaign in campaigns if campaign.due_on < on]
    reference = closed[0] if closed else None
    return PrefectureHome(
        alarm=alarm_for(user, on),
        tasks=(
            *_access_tasks(user, on, at),
            *_submission_tasks(user, on),
            *_convention_tasks(user, on),
            *_question_tasks(user),
            *_bilan_tasks(user, campaigns, on),
        ),
        collection=_collection(user, campaigns[0], on) if campaigns else None,
        signatories=Convention.objects.visible_to(user).running_on(on).count(),
        reference=reference,
        axes=progress_of(Rows.seen_by(user), reference, on=on) if reference else (),
    )


def _access_tasks(user: User, on: date, at: datetime) -> list[Task]:
    """First of all: a company that nobody can answer for stays mute, semester after semester."""
    mute = unanswered(Company.objects.visible_to(user), on=on, at=at).count()
    sentence = counted(
        mute,
        "entreprise signataire n’a personne pour répondre",
        "entreprises signataires n’ont personne pour répondre",
    )
    return [Task(sentence, f"{reverse('company_list')}?acces={UNANSWERED}")] if mute else []


def _submission_tasks(user: User, on: date) -> list[Task]:
    rows = Submission.objects.visible_to(user).filter(campaign__opens_on__lte=on)
    counts = rows.aggregate(
        to_validate=Count("pk", filter=Q(state=SubmissionState.TRANSMITTED)),
        returned=Count("pk", filter=Q(state=SubmissionState.RETURNED)),
    )
    page = reverse("submission_list")
    lines = (
        (counts["to_validate"], "remontée à valider", "remontées à valider", "a-valider"),
        (rows.overdue(on=on).count(), *OVERDUE, "delai-depasse"),
        (counts["returned"], "remontée en attente de correction", "remontées en attente de correction", "a-corriger"),
    )
    return [
        Task(counted(number, one, several), f"{page}?etat={state}") for number, one, several, state in lines if number
    ]


def _convention_tasks(user: User, on: date) -> list[Task]:
    rows = Convention.objects.visible_to(user)
    counts = rows.aggregate(
        ready=Count("pk", filter=Q(state=ConventionState.READY)),
        draft=Count("pk", filter=Q(state=ConventionState.DRAFT)),
    )
    page = reverse("convention_list")
    lines = (
        (counts["ready"], "convention prête à signer", "conventions prêtes à signer", "prete"),
        (counts["draft"], "convention en brouillon", "conventions en brouillon", "brouillon"),
    )
    waiting = [
        Task(counted(number, one, several), f"{page}?situation={situation}")
        for number, one, several, situation in lines
        if number
    ]
    return waiting + _expiring_tasks(rows.expiring_soon(on), on)


def _expiring_tasks(rows: ConventionQuerySet, on: date) -> list[Task]:
    """A few conventions about to end are named; more are counted, and their list is one click away."""
    ending = list(rows.select_related("company").order_by("ends_on", "reference")[: NAMED + 1])
    if len(ending) > NAMED:
        expiring = counted(rows.count(), "convention expire", "conventions expirent")
        sentence = f"{expiring} d’ici le {long_date(on + SOON)}, la première le {long_date(ending[0].ends_on)}"
        return [Task(sentence, f"{reverse('convention_list')}?situation={EXPIRING}")]
    return [
        Task(
            f"La convention de {row.company.name} expire dans {counted((row.ends_on - on).days, 'jour', 'jours')}",
            row.get_absolute_url(),
        )
        for row in ending
    ]


def _question_tasks(user: User) -> list[Task]:
    """One line per bilan of which the agency waits for an answer. One query."""
    rows = Bilan.objects.visible_to(user).latest_transmitted().asked_about().order_by("semester")
    return [
        Task(
            f"L’agence pose une question sur le bilan du {row.semester.label}",
            reverse("bilan_exchange", args=[row.department_id, row.semester]),
        )
        for row in rows
    ]


def _bilan_tasks(user: User, campaigns: Sequence[Campaign], on: date) -> list[Task]:
    """One line per semester whose bilan is still to be written: those whose campaign is over, and the drafts."""
    expected = set(Submission.objects.visible_to(user).order_by().values_list("semester", flat=True).distinct())
    last: dict[Semester, Bilan] = {}
    for bilan in Bilan.objects.visible_to(user).order_by("version"):
        last[bilan.semester] = bilan
    figures = {row.semester: row for row in DepartmentFigures.objects.visible_to(user)}
    lines = []
    for campaign in reversed(campaigns):
        semester, due = campaign.semester, bilan_due(campaign.bilan_due_on, on)
        if semester in last and last[semester].is_draft:
            lines.append(_draft_task(user, last[semester], figures.get(semester), due))
        elif semester not in last and semester in expected and campaign.due_on < on:
            lines.append(Task(f"Bilan du {semester.label} à commencer, {due}", reverse("bilan_list")))
    return lines


def _draft_task(user: User, bilan: Bilan, figures: DepartmentFigures | None, due: str) -> Task:
    missing = len(bilan.missing_boxes(figures))
    if missing:
        state = counted(missing, "rubrique à compléter", "rubriques à compléter")
    else:
        state = "transmission en cours" if bilan.leaving_since else "rempli, à transmettre"
    page = bilan.edit_url if user.role == Role.REFERENT else bilan.get_absolute_url()
    kind, when = ("Bilan", f", {due}") if bilan.is_due else ("Bilan rectificatif", "")
    sentence = f"{kind} du {bilan.semester.label}\u00a0: {state}{when}"
    return Task(sentence, page)


def _collection(user: User, campaign: Campaign, on: date) -> Collection:
    """Two queries."""
    conventions, semester = Convention.objects.visible_to(user), campaign.semester
    by_axis = returns_by_axis(conventions, semester)
    return Collection(
        semester=semester,
        on=on,
        due_on=campaign.due_on,
        days_left=days_left(campaign.due_on, on),
        answered=Answered("Remontées reçues", returns_of(conventions, semester)),
        by_axis=tuple(Answered(axis.label, returns) for axis, returns in by_axis.items()),
    )
