"""Pure: what a delivery notice (RFC 3464) says of a mail of ours. Anything else in the mailbox says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@paqte>")


@dataclass(frozen=True)
class Bounce:
    """A mail that came back, and why, in the words of the server that refused it."""

    mail: UUID
    reason: str


def bounce_of(notice: Message) -> Bounce | None:
    """The mail that this notice says was not delivered; None for a delay, an answer, or somebody else's mail."""
    if notice.get_content_type() != "multipart/report":
        return None
    parts = list(notice.walk())
    failed = next((block for block in _statuses(parts) if _word(block, "Action").lower() == "failed"), None)
    ours = next((found for part in parts if (found := OURS.search(_word(part, "Message-ID")))), None)
    quoted = ours or next((found for part in parts if (found := OURS.search(_quoted(part)))), None)
    if failed is None or quoted is None:
        return None
    reason = f"{_word(failed, 'Status')} {_word(failed, 'Diagnostic-Code')}"
    return Bounce(UUID(quoted[1]), " ".join(reason.split())[:300])


def _statuses(parts: list[Message]) -> Iterator[Message]:
    """The blocks of the machine-readable part: the first is about the mail, then one per recipient."""
    for part in parts:
        blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
        yield from (block for block in blocks if isinstance(block, Message))


def _word(part: Message, header: str) -> str:
    return str(part.get(header, ""))


def _quoted(part: Message) -> str:
    """The headers of the mail that came back, where the server gives them as text."""
    return str(part.get_payload()) if part.get_content_type() == "text/rfc822-headers" else ""
