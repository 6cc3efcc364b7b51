"""What « À traiter » says of bilans: what was sent and is no longer true, what the agency asks, what is to be sent."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from conventions.models import Campaign, Submission
from french.numbers import counted
from french.words import long_date
from reporting.dashboards.counting import day_of
from reporting.dashboards.words import Task, Urgency, bilan_due
from reporting.models import Bilan
from reporting.selectors import alarm_for
from reporting.transitions import ASK
from territories.models import DepartmentFigures
from territories.semester import Semester

LONGEST = 120
"""Characters of a text that changed, old or new."""


def untrue(user: User, on: date) -> Iterator[Task]:
    """The last bilan sent, when it is no longer true."""
    alarm = alarm_for(user, on)
    if alarm is None:
        return
    sent_on = alarm.bilan.transmitted_on
    others = counted(alarm.others, "autre changement", "autres changements")
    yield Task(
        f"Bilan du {alarm.bilan.semester.label}\u00a0: {alarm.sentence}",
        alarm.bilan.get_absolute_url(),
        Urgency.WAITING,
        sent_on,
        f"transmis le {long_date(sent_on)}" if sent_on else "",
        (
            *(f"{change.label}\u00a0: {_short(change.old)} → {_short(change.new)}" for change in alarm.first),
            *([f"et {others}"] if alarm.others else []),
        ),
    )


def questions(user: User) -> Iterator[Task]:
    """One line per bilan of which the agency waits for an answer. One query."""
    rows = Bilan.objects.visible_to(user).latest_transmitted().asked_about().order_by("semester")
    dated = rows.annotate(asked_at=Max("logs__at", filter=Q(logs__transition=ASK)))
    for department, semester, moment in dated.values_list("department", "semester", "asked_at"):
        day = day_of(moment, user)
        yield Task(
            f"L’agence pose une question sur le bilan du {semester.label}",
            reverse("bilan_exchange", args=[department, semester]),
            Urgency.WAITING,
            day,
            f"le {long_date(day)}",
        )


def bilans(user: User, campaigns: Sequence[Campaign], on: date) -> Iterator[Task]:
    """One line per semester whose bilan is still to be written: those whose campaign is over, and the drafts."""
    expected = set(Submission.objects.visible_to(user).order_by().values_list("semester", flat=True).distinct())
    last: dict[Semester, Bilan] = {}
    for bilan in Bilan.objects.visible_to(user).order_by("version"):
        last[bilan.semester] = bilan
    figures = {row.semester: row for row in DepartmentFigures.objects.visible_to(user)}
    for campaign in reversed(campaigns):
        semester = campaign.semester
        if semester in last and last[semester].is_draft:
            yield _draft(user, last[semester], figures.get(semester), campaign, on)
        elif semester not in last and semester in expected and campaign.due_on < on:
            yield _due(f"Bilan du {semester.label} à commencer", reverse("bilan_list"), campaign, on)


def _draft(user: User, bilan: Bilan, figures: DepartmentFigures | None, campaign: Campaign, on: date) -> Task:
    writes = user.role == Role.REFERENT
    missing = len(bilan.missing_boxes(figures))
    if missing:
        # Only the page on which one writes lists them.
        state = counted(missing, "rubrique à compléter", "rubriques à compléter") if writes else "en préparation"
    else:
        state = "transmission en cours" if bilan.leaving_since else "rempli, à transmettre"
    page = bilan.edit_url if writes else bilan.get_absolute_url()
    if bilan.is_due:
        return _due(f"Bilan du {bilan.semester.label}\u00a0: {state}", page, campaign, on)
    return Task(f"Bilan rectificatif du {bilan.semester.label}\u00a0: {state}", page)


def _due(sentence: str, page: str, campaign: Campaign, on: date) -> Task:
    urgency = Urgency.LATE if campaign.bilans_are_late(on) else Urgency.AHEAD
    return Task(sentence, page, urgency, campaign.bilan_due_on, bilan_due(campaign.bilan_due_on, on))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
