"""What the agency wrote, and what became of it."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import OutgoingMail, User
from french.numbers import counted
from national.models import Message

SENT, WAITING = OutgoingMail.Delivery.SENT, OutgoingMail.Delivery.WAITING


@dataclass(frozen=True)
class MessageLine:
    """One message in the list."""

    message: Message
    people: int
    sent: int
    waiting: int
    lost: int
    """Refused or given up."""

    @property
    def fate(self) -> str:
        """« 12 partis, 1 en échec »; empty when nothing is known any more."""
        words = (
            (self.sent, "parti", "partis"),
            (self.waiting, "en attente", "en attente"),
            (self.lost, "en échec", "en échec"),
        )
        return ", ".join(counted(number, one, several) for number, one, several in words if number)


def messages_of(user: User) -> "QuerySet[Message]":
    """Those that this person may read, the last ones first, each with its counts."""
    fate = "recipients__mail__delivery"
    return (
        Message.objects.visible_to(user)
        .select_related("by", "department")
        .annotate(
            people=Count("recipients"),
            sent=Count("recipients", filter=Q(**{fate: SENT})),
            waiting=Count("recipients", filter=Q(**{fate: WAITING})),
            known=Count("recipients__mail"),
        )
        .order_by("-at", "pk")
    )


def lines_of(messages: list[Message]) -> list[MessageLine]:
    """The lines of a page of the list; no query."""
    return [_line(message) for message in messages]


def _line(message: Message) -> MessageLine:
    people, sent, waiting, known = (getattr(message, name) for name in ("people", "sent", "waiting", "known"))
    return MessageLine(message, people=people, sent=sent, waiting=waiting, lost=known - sent - waiting)
