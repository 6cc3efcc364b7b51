"""Who enters, renews, ends or is terminated in a semester. Pure."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from conventions.expected import last_day
from reporting.method.ground import Company, Ground, Term


class MovementKind(StrEnum):
    """What happens to the engagement of a company; the value is what a page prints."""

    ENTERED = "entrée"
    RENEWED = "renouvelée"
    ENDED = "échue"
    TERMINATED = "résiliée"


@dataclass(frozen=True)
class Move:
    """One convention that begins or ends: its first day, or its last."""

    convention: Hashable
    """The key of a term."""
    company: Company
    kind: MovementKind
    on: date


def movements_of(ground: Ground) -> Iterator[Move]:
    """The movements of the semester, convention by convention in the order of their first day."""
    for term in ground.terms:
        if term.starts_on in ground.semester:
            kind = MovementKind.RENEWED if _continues(term, ground) else MovementKind.ENTERED
            yield Move(term.key, term.company, kind, term.starts_on)
        if term.ends_on in ground.semester and not _is_continued(term, ground):
            whole = term.ends_on == last_day(term.starts_on)
            yield Move(term.key, term.company, MovementKind.ENDED if whole else MovementKind.TERMINATED, term.ends_on)


def since_launch(ground: Ground, company: Company, code: str) -> Decimal | None:
    """What one company brought since the launch; None when it never gave this figure."""
    given = (said.get(company) for said in ground.by_code.get(code, {}).values())
    known = [value for value in given if value is not None]
    return sum(known, Decimal(0)) if known else None


def _continues(term: Term, ground: Ground) -> bool:
    """Whether it starts the day after another of the same company ends: a renewal, whoever typed it."""
    eve = term.starts_on - timedelta(days=1)
    return any(other.ends_on == eve for other in ground.terms_of(term.company))


def _is_continued(term: Term, ground: Ground) -> bool:
    morrow = term.ends_on + timedelta(days=1)
    return any(other.starts_on == morrow for other in ground.terms_of(term.company))
