"""What is done in the background for the agency: files of a consolidated bilan. Asked again, each does nothing more."""

import logging

from django_tasks import task

from documents import filing
from national import files
from national.actions import editions
from national.models import Edition
from national.selection import Selection, chosen
from national.selectors.total import consolidated
from reporting.tasks import MOST_ATTEMPTS, Making, ask_for, listed_again
from territories.clock import now
from territories.semester import Semester
from workflows.tables import TransitionRefused

logger = logging.getLogger(__name__)

FAILED = "Une raison technique a empêché de figer cette version\u00a0: rien n’est figé. Recommencez."
GIVEN_UP = "Cette version n’a pas abouti après plusieurs essais\u00a0: rien n’est figé. Prévenez le support."


@task()
def make_file(semester: str, region: str, departments: list[str], kind: str, key: str) -> None:
    """Make a file of what is sent now. `key` is that of the value which was asked for, to find the task by."""
    if not filing.stored(key):
        files.make(consolidated(Semester.parse(semester), chosen(region, departments)), kind)


def ask_for_file(semester: Semester, selection: Selection, kind: str, key: str, *, again: bool = False) -> Making:
    """Have a file of the country, of a région or of a choice of départements made."""
    return ask_for(
        make_file,
        key,
        again=again,
        semester=str(semester),
        region=selection.region,
        departments=[*selection.departments],
        kind=kind,
    )


# --- Frozen versions -------------------------------------------------------------------------------------------


@task(priority=5)
def freeze(key: str) -> None:
    """Freeze what was asked for, or write down why it is not. `key` is that of the edition."""
    row = Edition.objects.waiting().select_related("by").filter(pk=key).first()
    if row is None:
        return
    row.attempts += 1
    row.save(update_fields=["attempts"])
    if row.attempts > MOST_ATTEMPTS:
        _refuse(row, GIVEN_UP)
        return
    try:
        editions.freeze(
            row,
            gather=consolidated,
            fingerprint=lambda data: files.fingerprint(data.total),
            render=files.make_all,
            by=row.by,
        )
    except TransitionRefused as refusal:
        _refuse(row, *refusal.reasons)
    except Exception:
        logger.exception("edition %s failed", key)
        _refuse(row, FAILED)


def tell_worker(edition: Edition) -> None:
    """Put a version on the worker's list, unless it is there."""
    ask_for(freeze, str(edition.pk), again=True)


def list_again() -> int:
    """Put back on the worker's list the versions that fell off it; how many."""
    return listed_again(Edition.objects.waiting(), freeze, "key", tell_worker)


def _refuse(row: Edition, *reasons: str) -> None:
    Edition.objects.waiting().filter(pk=row.pk).update(finished_at=now(), refusals=list(reasons))
