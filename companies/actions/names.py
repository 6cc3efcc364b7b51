"""Give a company another name from a day on: what was before that day keeps the old one."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from companies.models import Company, FormerName
from french.words import long_date
from territories.semester import Semester
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongState

GONE = "Ce changement de nom vient d’être retiré par quelqu’un d’autre\u00a0: rien n’a changé."
NOT_LAST = "Un autre changement de nom l’a suivi\u00a0: retirez d’abord le dernier."


@transaction.atomic
def rename(company: Company, *, name: str, since: date, at: datetime, by: User) -> FormerName:
    """Call the company `name` from that day on; a bilan of an earlier semester keeps the old name.

    Raises TransitionRefused for a day to come, or before the last change.
    """
    row = locked(company, by=by)
    former = FormerName(company=row, name=row.name, until=since - timedelta(days=1), recorded_at=at)
    record(row, "renommer", at=at, by=by, facts={"old": row.name, "new": name, "since": since.isoformat()})
    if refusal := _refusal(row, name, since, at.date()):
        raise TransitionRefused([refusal])
    former.save()
    row.name = name
    row.save()
    return former


@transaction.atomic
def forget_name(former: FormerName, *, at: datetime, by: User) -> Company:
    """Take back the last change of name, while no bilan was sent under the new one. Raises TransitionRefused."""
    company = locked(former.company, by=by)
    names = list(company.former_names.order_by("-until"))
    row = next((item for item in names if item.pk == former.pk), None)
    if row is None:
        raise WrongState([GONE])
    since = (row.until + timedelta(days=1)).isoformat()
    record(company, "denommer", at=at, by=by, facts={"old": company.name, "new": row.name, "since": since})
    if row != names[0]:
        raise WrongState([NOT_LAST])
    if _printed(row):
        raise WrongState([f"Un bilan transmis depuis imprime «\u00a0{company.name}\u00a0»\u00a0: ce nom reste."])
    company.name = row.name
    company.save()
    row.delete()
    return company


def _refusal(row: Company, name: str, since: date, today: date) -> str:
    """Why it cannot be called so from that day on, in French; empty when it can."""
    if name == row.name:
        return "L’entreprise porte déjà ce nom."
    if since > today:
        return "Un nom s’enregistre une fois qu’il est pris\u00a0: indiquez un jour passé, ou aujourd’hui."
    last = row.former_names.order_by("-until").first()
    if last and since <= last.until + timedelta(days=1):
        return f"Le changement précédent date du {long_date(last.until + timedelta(days=1))}\u00a0: celui-ci le suit."
    return ""


def _printed(former: FormerName) -> bool:
    """Whether a bilan was sent, since the change was recorded, for a semester that it touches."""
    return former.company.department.bilans.filter(
        state="transmitted",
        transmitted_at__gte=former.recorded_at,
        semester__gte=Semester.containing(former.until + timedelta(days=1)),
    ).exists()
