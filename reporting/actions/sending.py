"""What sends a bilan for good: somebody asks, having read it; the worker makes its files and freezes it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import OperationalError, transaction

from accounts.models import User
from accounts.uniqueness import is_busy
from documents.models import StoredFile
from reporting import notifications
from reporting.actions.writing import refuse_others
from reporting.bilan import BilanData
from reporting.changes import reads_the_same
from reporting.codec import fingerprint, to_json_value
from reporting.models import Bilan, BilanDocument, BilanFile, Sending, SentAnswers, SentExample, SentLine, SentText
from reporting.selectors import bilan_for, missing_to_send
from reporting.selectors.answers import answers_of
from reporting.sent_lines import counts_of, examples_sent, lines_of, texts_sent
from territories.clock import now
from territories.locks import writes_of_others
from workflows.actions import locked, move
from workflows.tables import Incomplete, TransitionRefused, WrongState

HELD = "Ce bilan ne peut pas partir à cet instant\u00a0: on l’envoie, ou on change une convention. Réessayez."

Files = Mapping[str, StoredFile]
"""What is sent, by format; « pdf » at least."""

Render = Callable[[BilanData], Files]
"""Makes the files to freeze, or finds them: `files.make_all`, given by whoever calls."""

Enqueue = Callable[[Sending], None]
"""Tells the worker of a sending: `tasks.tell_worker`, given by whoever calls."""


class Held(WrongState):
    """Somebody else holds the bilan at this instant; nothing was sent."""


class Outdated(TransitionRefused):
    """What would leave is no longer what was read or rendered; nothing was sent."""


def ask_to_transmit(
    bilan: Bilan, *, at: datetime, by: User, shown: BilanData, enqueue: Enqueue, sending_note: str = ""
) -> Sending:
    """Record that a bilan is to leave as its sender read it; the worker sends it, dated of this instant.

    `shown` is what was read. What can be refused already is refused now: raises TransitionRefused, Outdated when what
    would leave is not what was read. Asked again while it is on its way, the sending under way is the answer.
    """
    data = _leaving(Bilan.objects.get(pk=bilan.pk), at=at, by=by, sending_note=sending_note)
    if not reads_the_same(shown, data):
        raise Outdated(["Le bilan a changé depuis que cette page est affichée\u00a0: rien n’est parti."])
    return _record(bilan, fingerprint(data), at=at, by=by, sending_note=sending_note, enqueue=enqueue)


@transaction.atomic
def _record(bilan: Bilan, read: str, *, at: datetime, by: User, sending_note: str, enqueue: Enqueue) -> Sending:
    row = locked(bilan, by=by)
    row.workflow.check("transmettre", state=row.state, acting_as=row.acting_as(by), comment="")
    if under_way := row.sendings.waiting().first():
        return under_way
    sending = Sending.objects.create(bilan=row, asked_at=at, by=by, sending_note=sending_note.strip(), fingerprint=read)
    # In the same transaction: a wish that is kept is on somebody's list.
    enqueue(sending)
    return sending


def transmit(
    bilan: Bilan,
    *,
    at: datetime,
    by: User,
    render: Render,
    sending_note: str | None = None,
    read: str = "",
) -> BilanDocument:
    """Send a bilan to the CGET: state, journal, frozen value, files, fingerprint and the mail stand or fall together.

    `sending_note` says why it leaves although companies are silent or not validated; None keeps the one written.
    `read` is the fingerprint of the value that the sender read; without it nothing is compared. The files are made
    before anything is locked: it takes seconds, and nobody else's work waits for it. Raises TransitionRefused: Held at
    once when somebody else is sending the same bilan or changing a convention it counts; Outdated when what would leave
    is not what was read, or not what was rendered.
    """
    data = _leaving(Bilan.objects.get(pk=bilan.pk), at=at, by=by, sending_note=sending_note)
    if read and fingerprint(data) != read:
        raise Outdated(["Le bilan a changé pendant qu’il partait\u00a0: rien n’est parti. Relisez ce qui part."])
    files, seen = render(data), writes_of_others()
    if seen is not None:
        _check_unchanged(Bilan.objects.get(pk=bilan.pk), data, at=at, by=by, sending_note=sending_note)
    try:
        return _freeze(bilan, data, files, seen, at=at, by=by, sending_note=sending_note)
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise Held([HELD]) from error


@transaction.atomic
def _freeze(
    bilan: Bilan, data: BilanData, files: Files, seen: int | None, *, at: datetime, by: User, sending_note: str | None
) -> BilanDocument:
    # Without waiting: the second of two clicks must hear no, not stand in a queue.
    row = Bilan.objects.select_for_update(of=("self",), no_key=True, nowait=True).get(pk=bilan.pk)
    if seen is None or writes_of_others() != seen:
        _check_unchanged(row, data, at=at, by=by, sending_note=sending_note)
    row.sending_note = data.sending_note
    row.save(update_fields=["sending_note"])
    move(row, "transmettre", at=at, by=by)
    document = BilanDocument.objects.create(
        bilan=row, snapshot=to_json_value(data), sha256=files["pdf"].sha256, **counts_of(data)
    )
    BilanFile.objects.bulk_create(BilanFile(document=document, kind=kind, file=file) for kind, file in files.items())
    SentLine.objects.bulk_create(lines_of(document, data))
    SentExample.objects.bulk_create(examples_sent(document, data))
    SentText.objects.bulk_create(texts_sent(document, data))
    SentAnswers.of(document, answers_of(row, data)).save()
    row.sendings.waiting().update(finished_at=now(row.department))
    notifications.bilan_transmitted(data, document)
    return document


def _check_unchanged(row: Bilan, data: BilanData, *, at: datetime, by: User, sending_note: str | None) -> None:
    """Raises Outdated when what would leave now is not what was rendered."""
    if _leaving(row, at=at, by=by, sending_note=sending_note) != data:
        raise Outdated(["Le bilan a changé pendant sa mise en page\u00a0: rien n’est parti."])


def _leaving(row: Bilan, *, at: datetime, by: User, sending_note: str | None) -> BilanData:
    """The value that leaves if the bilan is sent at this instant; writes nothing. Raises TransitionRefused.

    The row takes in memory what the transmission will save, so that the value is the same before and after the move.
    """
    refuse_others(row.department_id, by)
    row.workflow.check("transmettre", state=row.state, acting_as=row.acting_as(by), comment="")
    row.transmitted_at = at
    if sending_note is not None:
        row.sending_note = sending_note.strip()
    data = bilan_for(row, on=row.department.local(at).date(), leaving=True)
    if missing := missing_to_send(row, data):
        raise Incomplete(missing)
    return data
