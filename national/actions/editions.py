"""Freeze a version of the consolidated bilan: somebody asks, having read it; the worker makes and keeps its files."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from conventions.models import Campaign
from documents.models import StoredFile
from national.acts import EDITIONS
from national.models import Edition, EditionFile
from national.models.edition import EditionQuerySet
from national.selection import Selection
from national.value import Consolidated
from territories.clock import now
from territories.semester import Semester
from workflows.tables import CREATION, Incomplete, WrongState

Files = Mapping[str, StoredFile]
"""What is kept, by format; « pdf » at least."""

Render = Callable[[Consolidated], Files]
"""Makes the files, or finds them: `files.make_all`, given by whoever calls."""

Read = Callable[[Semester, Selection], str]
"""The fingerprint of what is sent now: as `files.fingerprint` makes it: given by whoever calls."""

Gather = Callable[[Semester, Selection], Consolidated]

CHANGED = "Ce qui est transmis a changé depuis que vous l’avez lu\u00a0: rien n’est figé. Relisez, puis recommencez."


@transaction.atomic
def ask_to_freeze(
    *,
    semester: Semester,
    selection: Selection,
    reason: str,
    shown: str,
    read: Read,
    enqueue: Callable[[Edition], None],
    at: datetime,
    by: User,
) -> Edition:
    """Record that what is sent is to be frozen as it was read, dated of this instant. Raises TransitionRefused.

    `shown` is the fingerprint of what was read. Asked again alike while one is on its way, that one is the answer.
    """
    _check(by)
    # One at a time for a semester: numbers follow one another.
    Campaign.objects.select_for_update().get(semester=semester)
    former = Edition.objects.of(semester, selection.text)
    if under_way := former.waiting().select_related("by").first():
        _check_alike(under_way, reason=reason.strip(), shown=shown, by=by)
        enqueue(under_way)
        return under_way
    _check_new(former, reason=reason.strip(), shown=shown, current=lambda: read(semester, selection))
    edition = Edition.objects.create(
        semester=semester,
        query=selection.text,
        name=selection.name,
        reason=reason.strip(),
        fingerprint=shown,
        asked_at=at,
        by=by,
    )
    enqueue(edition)
    return edition


def _check_new(former: EditionQuerySet, *, reason: str, shown: str, current: Callable[[], str]) -> None:
    """Raises Incomplete without a reason, WrongState when what was read has changed or was frozen already."""
    if not reason:
        raise Incomplete(["Dites ce que l’on publie."])
    if current() != shown:
        raise WrongState([CHANGED])
    last = former.frozen().first()
    if last and last.fingerprint == shown:
        raise WrongState([f"La version {last.number} dit déjà la même chose\u00a0: rien n’a été transmis depuis."])


def _check_alike(under_way: Edition, *, reason: str, shown: str, by: User) -> None:
    """Raises WrongState when what is on its way is not what this person asks for."""
    if (under_way.by, under_way.reason, under_way.fingerprint) != (by, reason, shown):
        raise WrongState([f"{under_way.by} fait déjà figer une version de ce bilan\u00a0: attendez qu’elle le soit."])


def freeze(
    edition: Edition, *, gather: Gather, fingerprint: Callable[[Consolidated], str], render: Render, by: User
) -> None:
    """Make the files of a version that was asked for, and keep them under its number. Raises TransitionRefused.

    The files are made before anything is locked: it takes seconds. They are those of the very value that was read.
    """
    _check(by)
    data = gather(edition.semester, edition.selection)
    if fingerprint(data) != edition.fingerprint:
        raise WrongState([CHANGED])
    _keep(edition, render(data))


def _check(by: User) -> None:
    """Raises WrongRole for whoever is not at the agency any more."""
    EDITIONS.check_act(CREATION, acting_as=by.role_today)


@transaction.atomic
def _keep(edition: Edition, files: Files) -> None:
    Campaign.objects.select_for_update().get(semester=edition.semester)
    row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if row.finished_at:
        return
    last = Edition.objects.of(row.semester, row.query).frozen().order_by("-number").first()
    row.number = (last.number or 0) + 1 if last else 1
    row.sha256, row.finished_at = files["pdf"].sha256, now()
    row.save(update_fields=["number", "sha256", "finished_at"])
    EditionFile.objects.bulk_create(EditionFile(edition=row, kind=kind, file=file) for kind, file in files.items())
