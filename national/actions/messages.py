"""Remind a préfecture of what it owes, write to référents: a line in the journal and the mails, or nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from national.acts import DESK, REMIND, WRITE
from national.models import Message, Recipient
from national.notifications import reminder_text, send
from national.selectors.board import board
from national.selectors.referents import referents
from territories.clock import zone_of
from territories.locks import lock_departments
from territories.models import Department
from workflows.tables import Incomplete, WrongState


@transaction.atomic
def remind(department: Department, *, at: datetime, by: User) -> Message:
    """Ask the référents of a late préfecture for its bilans, once a day. Raises TransitionRefused."""
    _check(REMIND, by=by)
    lock_departments([department.pk])
    on = at.astimezone(zone_of(None)).date()
    owed = board(by, on, department=department.pk).owed(department)
    if not owed:
        raise WrongState([f"{department}\u00a0: aucun bilan dont l’échéance est passée n’est attendu."])
    if former := Message.objects.reminders().filter(department=department, on=on).first():
        raise WrongState([f"{department}\u00a0: la préfecture est déjà relancée aujourd’hui, par {former.by}."])
    people = list(referents(by).filter(department=department))
    if not people:
        raise Incomplete([f"{department}\u00a0: la préfecture n’a aucun compte de référent. Invitez-en un d’abord."])
    subject, body = reminder_text(department, owed)
    return _sent(people, Message(transition=REMIND, department=department, subject=subject, body=body), at=at, by=by)


@transaction.atomic
def write(*, to: Collection[User], subject: str, body: str, at: datetime, by: User) -> Message:
    """Send a text to these référents. Raises TransitionRefused: also when one of them is no référent any more."""
    _check(WRITE, by=by)
    people = list(referents(by).filter(pk__in=[person.pk for person in to]))
    if not people:
        raise Incomplete(["Choisissez au moins un référent."])
    if len(people) < len(to):
        raise WrongState(["L’un des destinataires n’est plus référent\u00a0: rien n’est parti. Relisez la liste."])
    return _sent(people, Message(transition=WRITE, subject=subject, body=body), at=at, by=by)


def _check(name: str, *, by: User) -> None:
    """The agency's acts are those of whoever is at the agency today. Raises WrongRole."""
    DESK.check_act(name, acting_as=by.role_today)


def _sent(people: Sequence[User], message: Message, *, at: datetime, by: User) -> Message:
    message.at, message.by, message.on = at, by, at.astimezone(zone_of(None)).date()
    message.save()
    Recipient.objects.bulk_create(
        Recipient(message=message, account=person, department=person.department, mail=mail)
        for person, mail in zip(people, send(message, people), strict=True)
    )
    return message
