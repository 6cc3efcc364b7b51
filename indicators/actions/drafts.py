"""Begin a version of the catalogue, change what it says, publish it for good or give it up."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from indicators import editing
from indicators.actions.catalogues import written as published
from indicators.catalogue import drafted
from indicators.comparison import Comparison, compared
from indicators.document import CatalogueError, Table, read_document, written
from indicators.models import CatalogueDraft, CatalogueVersion
from indicators.models.catalogue import content_of
from indicators.selectors import review
from indicators.transitions import ADD, CHANGE, DROP, FRAME, IMPORT, PUBLISH, REMOVE
from territories.clock import zone_of
from workflows.actions import begin, locked, move, record
from workflows.tables import Incomplete, TransitionRefused, WrongState

LONGEST_STORY = 2000
"""Characters of a line of the journal."""


@transaction.atomic
def begin_version(*, code: str, title: str, published_on: date, at: datetime, by: User) -> CatalogueDraft:
    """A version that says what the last one says, under its own name. Raises TransitionRefused."""
    former = read_document(content_of(CatalogueVersion.objects.newest().code))
    document = editing.begun(former, version=code, title=title, published_on=published_on)
    draft = CatalogueDraft(content=_readable(document))
    draft.save()
    return begin(draft, at=at, by=by)


@transaction.atomic
def change_frame(
    draft: CatalogueDraft, *, code: str, title: str, published_on: date, shown: str, at: datetime, by: User
) -> None:
    """Give it another name, title or day. `shown`: the fingerprint that the page was loaded with, here as below."""

    def renamed(document: Table) -> Table:
        return editing.framed(document, version=code, title=title, published_on=published_on)

    _edit(draft, FRAME, renamed, shown=shown, at=at, by=by)


@transaction.atomic
def add_indicator(draft: CatalogueDraft, *, said: Mapping[str, object], shown: str, at: datetime, by: User) -> None:
    """One indicator more, at the end of its axis; `said` is a row of the file. Raises TransitionRefused."""

    def more(document: Table) -> Table:
        if editing.row_of(document, str(said["code"])):
            raise TransitionRefused([f"{said['code']}\u00a0: ce code existe déjà dans cette version."])
        return editing.added(document, said)

    _edit(draft, ADD, more, shown=shown, at=at, by=by)


@transaction.atomic
def change_indicator(
    draft: CatalogueDraft, *, code: str, said: Mapping[str, object], shown: str, at: datetime, by: User
) -> None:
    """Say something else of an indicator, another code included. Raises TransitionRefused."""

    def changed(document: Table) -> Table:
        if not editing.row_of(document, code):
            raise WrongState([f"{code} n’est plus dans cette version\u00a0: relisez-la, puis recommencez."])
        if code != said["code"] and editing.row_of(document, str(said["code"])):
            raise TransitionRefused([f"{said['code']}\u00a0: ce code existe déjà dans cette version."])
        return editing.changed(document, code, said)

    _edit(draft, CHANGE, changed, shown=shown, at=at, by=by)


@transaction.atomic
def remove_indicator(draft: CatalogueDraft, *, code: str, shown: str, at: datetime, by: User) -> None:
    """One indicator less: nothing published changes. Raises TransitionRefused."""
    _edit(draft, REMOVE, lambda document: editing.removed(document, code), shown=shown, at=at, by=by)


@transaction.atomic
def import_file(draft: CatalogueDraft, *, content: bytes, shown: str, at: datetime, by: User) -> None:
    """Take all that a file says in place of the draft. Raises TransitionRefused with all that cannot be read in it."""
    try:
        document = read_document(content)
    except CatalogueError as error:
        raise TransitionRefused(str(error).splitlines()) from error
    _edit(draft, IMPORT, lambda _: document, shown=shown, at=at, by=by)


@transaction.atomic
def publish(draft: CatalogueDraft, *, shown: str, at: datetime, by: User) -> CatalogueVersion:
    """Make it a version like the others, for good. Raises Incomplete with all that stands in the way."""
    row = _open(draft, by=by)
    catalogue = row.catalogue
    _refuse_older(catalogue.fingerprint, shown)
    if obstacles := review(row, on=at.astimezone(zone_of(None)).date()).obstacles:
        raise Incomplete(obstacles)
    row.version = published(catalogue)
    move(row, PUBLISH, at=at, by=by)
    return row.version


@transaction.atomic
def drop(draft: CatalogueDraft, *, at: datetime, by: User) -> None:
    """Give it up; its file and its journal stay. Raises TransitionRefused."""
    move(_open(draft, by=by), DROP, at=at, by=by)


def _edit(
    draft: CatalogueDraft, name: str, edit: Callable[[Table], Table], *, shown: str, at: datetime, by: User
) -> None:
    """Under the lock: what is there already is not written again, what somebody else changed is not overwritten."""
    row = _open(draft, by=by)
    before = row.catalogue
    content = _readable(edit(row.document))
    if content == row.content:
        return
    _refuse_older(before.fingerprint, shown)
    record(row, name, at=at, by=by, reason=_story(compared(drafted(content.encode()), before)))
    row.content = content
    row.save(update_fields=["content"])


def _open(draft: CatalogueDraft, *, by: User) -> CatalogueDraft:
    row = locked(draft, by=by)
    row.refuse_closed()
    return row


def _refuse_older(now: str, shown: str) -> None:
    if now != shown:
        raise WrongState(["Cette version a changé depuis que la page est ouverte\u00a0: relisez-la, puis recommencez."])


def _readable(document: Table) -> str:
    """The file of these tables. Raises TransitionRefused when it could not be read again."""
    content = written(document)
    try:
        read_document(content)
    except CatalogueError as error:
        raise TransitionRefused(str(error).splitlines()) from error
    return content.decode()


def _story(comparison: Comparison) -> str:
    """« SEN-01 : définition, plafond ; SEN-13 ajouté », as long as a line of the journal may be."""
    told = [
        *(f"{item.line.name}\u00a0: {', '.join(edit.name for edit in item.edits)}" for item in comparison.changed),
        *(f"{line.name} ajouté" for line in comparison.added),
        *(f"{line.name} retiré" for line in comparison.removed),
    ]
    story = "\u00a0; ".join(told)
    return story if len(story) <= LONGEST_STORY else f"{story[: LONGEST_STORY - 1]}…"
