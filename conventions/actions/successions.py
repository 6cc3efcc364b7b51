"""End a company at a date, for whatever reason, and take that back: its conventions follow, its past stays."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from companies.models import Company, Succession
from conventions.actions.bilans import hold_bilans
from conventions.actions.conventions import terminate
from conventions.actions.opening import open_submissions_of
from conventions.models import Convention
from conventions.models.convention import ConventionQuerySet
from conventions.signature import PROGRAMME_START
from conventions.transitions import ConventionState
from territories.locks import lock_departments
from territories.semester import Semester
from workflows.actions import locked_all, move, record
from workflows.tables import TransitionRefused, WrongState

AHEAD = timedelta(days=366)
"""How early an end that is decided may be recorded."""

GONE = "La fin de cette entreprise vient d’être annulée par quelqu’un d’autre\u00a0: rien n’a changé."


@transaction.atomic
def end_company(
    company: Company,
    *,
    kind: Succession.Kind,
    last_day: date,
    successor: Company | None = None,
    at: datetime,
    by: User,
) -> Succession:
    """Record the last day of a company; the convention in force that day ends with it, as a termination does.

    Nothing is carried to the successor: its own convention says what it promises. Raises TransitionRefused.
    """
    lock_departments([company.department_id])
    row, *others = locked_all([company, successor] if successor else [company], by=by)
    end = Succession(company=row, kind=kind, last_day=last_day, successor=next(iter(others), None), recorded_at=at)
    record(row, "finir", at=at, by=by, facts=end.told_to(row))
    around = [*_of_the_successor(end), *_of_those_it_follows(end), *_of_conventions(end)]
    if obstacles := [*_of_the_day(end, at.date()), *around]:
        raise TransitionRefused(obstacles)
    end.save()
    for other in others:
        record(other, "succeder", at=at, by=by, facts=end.told_to(other))
    for convention in _cut_short(end):
        terminate(convention, on=last_day, comment=f"Entreprise {end.sentence}.", at=at, by=by)
    return end


@transaction.atomic
def restore_company(succession: Succession, *, at: datetime, by: User) -> Company:
    """Take back the end of a company, with that of its conventions; what later semesters ask is asked again.

    Raises WrongState when something relies on that end (see `obstacles_to_restore`).
    """
    lock_departments([succession.company.department_id])
    row, *others = locked_all(list(filter(None, (succession.company, succession.successor))), by=by)
    end = Succession.objects.filter(pk=succession.pk).select_related("company__department", "successor").first()
    if end is None:
        raise WrongState([GONE])
    record(row, "retablir", at=at, by=by, facts=end.told_to(row))
    for other in others:
        record(other, "laisser", at=at, by=by, facts=end.told_to(other))
    ended = list(ended_by(end).select_for_update(of=("self",), no_key=True).order_by("pk"))
    hold_bilans(row)
    if obstacles := obstacles_to_restore(end):
        raise WrongState(obstacles)
    end.delete()
    for convention in ended:
        open_submissions_of(move(convention, "retablir", at=at, by=by))
    return row


def ended_by(end: Succession) -> ConventionQuerySet:
    """The conventions that this end terminated: by the same act, hence at the same instant."""
    return Convention.objects.filter(
        company=end.company_id,
        state=ConventionState.TERMINATED,
        terminated_on=end.last_day,
        logs__transition="resilier",
        logs__at=end.recorded_at,
    )


def obstacles_to_restore(end: Succession) -> list[str]:
    """What relies on the end of a company, in French: a bilan that counted it, a convention of who goes on."""
    found = []
    sent = end.company.department.bilans.filter(
        state="transmitted", transmitted_at__gte=end.recorded_at, semester__gte=Semester.containing(end.last_day)
    )
    if bilan := sent.order_by("semester").first():
        found.append(f"Le bilan du {bilan.semester.label}, transmis depuis, la compte comme partie.")
    since = Convention.objects.signed().filter(
        company=end.successor_id, starts_on__gt=end.last_day, created_at__gte=end.recorded_at
    )
    if end.successor and (convention := since.order_by("starts_on").first()):
        found.append(f"{end.successor} a signé depuis la convention {convention.reference} pour prendre la suite.")
    return found


def _of_the_day(end: Succession, today: date) -> Iterator[str]:
    if other := Succession.objects.filter(company=end.company).select_related("successor").first():
        raise WrongState([f"Cette entreprise est déjà {other.sentence}\u00a0: rien n’a changé."])
    if not PROGRAMME_START <= end.last_day <= today + AHEAD:
        yield f"Le dernier jour tombe entre le {PROGRAMME_START:%d/%m/%Y} et le {today + AHEAD:%d/%m/%Y}."


def _of_the_successor(end: Succession) -> Iterator[str]:
    if end.successor is None:
        return
    if end.successor == end.company:
        yield "Une entreprise ne prend pas la suite d’elle-même\u00a0: indiquez l’autre."
    elif end.successor.department_id != end.company.department_id:
        yield "L’entreprise qui prend la suite est d’un autre département\u00a0: choisissez « partie »."
    elif its_own := Succession.objects.filter(company=end.successor, last_day__lte=end.last_day).first():
        yield f"{end.successor} est elle-même {its_own.sentence}\u00a0: indiquez l’entreprise qui continue."


def _of_those_it_follows(end: Succession) -> Iterator[str]:
    """Whatever the order in which ends are recorded, who goes on does so for a day at least."""
    later = Succession.objects.filter(successor=end.company, last_day__gte=end.last_day)
    for other in later.select_related("company", "successor").order_by("pk"):
        yield f"{other.company} est {other.sentence}\u00a0: {end.company} finit après."


def _of_conventions(end: Succession) -> Iterator[str]:
    """What was signed, terminated or reported after that day contradicts it."""
    own = Convention.objects.filter(company=end.company)
    for convention in own.filter(state=ConventionState.READY):
        yield f"La convention {convention.reference} attend sa signature\u00a0: reprenez d’abord son brouillon."
    for convention in own.filter(state=ConventionState.SIGNED, starts_on__gt=end.last_day):
        yield f"La convention {convention.reference} prend effet après ce jour\u00a0: annulez d’abord sa signature."
    for convention in own.filter(state=ConventionState.TERMINATED, terminated_on__gt=end.last_day):
        yield f"La convention {convention.reference} a été résiliée avec un dernier jour plus tardif."
    later = end.company.submissions.filter(semester__gt=Semester.containing(end.last_day))
    if answered := later.filter(first_transmitted_on__isnull=False).order_by("semester").first():
        yield f"La remontée du {answered.semester.label}, après ce jour, est déjà transmise\u00a0: vérifiez la date."


def _cut_short(end: Succession) -> ConventionQuerySet:
    """Those that would have gone on after the last day."""
    running = Convention.objects.running_on(end.last_day).filter(company=end.company, ends_on__gt=end.last_day)
    return running.filter(state=ConventionState.SIGNED).select_related("company")
