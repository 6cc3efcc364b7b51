"""What was sent and is no longer true: a transmitted bilan against what would be sent today.

The page of a bilan compares it each time. Lists compare those that an act could have moved since, and the home of a
préfecture its last one only: every act on a submission, a convention, a company or a double count leaves a dated line,
and the latest of them are asked for by date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from companies.models import CompanyLog
from conventions.models import ConventionLog
from conventions.models.submission_log import SubmissionLog
from french.words import NOT_GIVEN
from reporting.bilan import SCHEMA, Revision
from reporting.changes import Drift, drift
from reporting.codec import from_json_value
from reporting.entries import NOBODY, NOTHING
from reporting.models import Arbitration, Bilan, BilanDocument
from reporting.selectors.bilan import bilan_for

HELD_UP = timedelta(hours=1)
"""An act is dated when it is asked for: it may have waited behind the transmission that did not count it."""

MOVING = ("corriger", "charte", "retirer-charte", "rattacher", "detacher", "delier", "renommer", "denommer")
"""What is done to a company that a bilan shows: who works there is not in it."""

UNSAID = frozenset({NOT_GIVEN, NOBODY, NOTHING})


@dataclass(frozen=True)
class Alarm:
    """A transmitted bilan that is no longer true, and why."""

    bilan: Bilan
    drift: Drift

    @property
    def sentence(self) -> str:
        """« 3 chiffres ont changé depuis la transmission »."""
        return f"{self.drift.sentence} depuis la transmission"

    @property
    def first(self) -> tuple[Revision, ...]:
        """Enough to know what it is about."""
        return self.drift.revisions[:3]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.drift.revisions) - len(self.first)


def alarm_of(bilan: Bilan, on: date) -> Alarm | None:
    """Of a transmitted version, the last of its semester; None while what was sent is true."""
    found = changed_since(bilan, on)
    return Alarm(bilan, found) if found.revisions else None


def alarm_for(user: User, on: date) -> Alarm | None:
    """Of the last bilan that somebody's préfecture sent; None as well while a rectificatif of it is being written."""
    bilans = Bilan.objects.visible_to(user).select_related("department")
    sent = bilans.latest_transmitted().order_by("-semester").first()
    if sent is None or bilans.filter(semester=sent.semester, version__gt=sent.version).exists():
        return None
    return alarm_if_moved(sent, on)


def alarm_if_moved(bilan: Bilan, on: date) -> Alarm | None:
    """Of a transmitted version, compared only when an act that may move it was written since."""
    return alarm_of(bilan, on) if _has_moved(bilan) else None


def changed_since(bilan: Bilan, on: date) -> Drift:
    """What differs today from what was sent as this version.

    A bilan sent under an older schema did not say everything: what it did not say has not changed.
    """
    snapshot = BilanDocument.objects.values_list("snapshot", flat=True).get(bilan=bilan)
    found = drift(from_json_value(snapshot), bilan_for(bilan, on))
    if snapshot["schema"] == SCHEMA:
        return found
    return replace(found, figures=_said(found.figures), lists=_said(found.lists))


def _said(revisions: tuple[Revision, ...]) -> tuple[Revision, ...]:
    return tuple(item for item in revisions if item.old not in UNSAID)


def _has_moved(bilan: Bilan) -> bool:
    """Whether an act that may move this bilan was written since it was sent. Four queries at most."""
    sent_at = bilan.transmitted_at
    return sent_at is not None and any(acts.exists() for acts in _acts_since(bilan, sent_at - HELD_UP))


def _acts_since(
    bilan: Bilan, moment: datetime
) -> Iterator[QuerySet[SubmissionLog | ConventionLog | CompanyLog | Arbitration]]:
    department, semester, since = bilan.department_id, bilan.semester, {"at__gte": moment}
    yield SubmissionLog.objects.filter(
        submission__company__department=department, submission__semester__lte=semester, **since
    )
    yield ConventionLog.objects.filter(
        convention__company__department=department, convention__starts_on__lte=semester.end, **since
    )
    yield CompanyLog.objects.filter(company__department=department, transition__in=MOVING, **since)
    yield Arbitration.objects.filter(department=department, semester=semester, **since)
