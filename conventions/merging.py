"""Pure: what two people said of one result since the same page, field by field; only the same field can conflict."""

from dataclasses import dataclass
from typing import TypeVar

from conventions.answers import Answer

Field = TypeVar("Field")


@dataclass(frozen=True)
class Merged:
    """Both answers in one: mine where I changed something, theirs elsewhere, mine where we differ."""

    answer: Answer
    said_twice: bool = False
    """Both of us changed the answer itself, to something else."""
    commented_twice: bool = False
    """Both of us changed the comment, to something else."""

    @property
    def conflicts(self) -> bool:
        """Whether somebody has to choose."""
        return self.said_twice or self.commented_twice


def merge(mine: Answer, *, base: Answer, theirs: Answer) -> Merged:
    """`base` is what my page was loaded with, `theirs` what is stored now."""
    (status, value, reason), said_twice = _merge(mine.said, base.said, theirs.said)
    comment, commented_twice = _merge(mine.comment, base.comment, theirs.comment)
    # « C’est exact » is said of one figure: it does not pass to another.
    judge = mine if mine.confirmed != base.confirmed else theirs
    confirmed = judge.confirmed and judge.said == (status, value, reason)
    answer = Answer(status=status, value=value, reason=reason, comment=comment, confirmed=confirmed)
    return Merged(answer, said_twice=said_twice, commented_twice=commented_twice)


def _merge(mine: Field, base: Field, theirs: Field) -> tuple[Field, bool]:
    """What stays of one field, and whether both changed it to something else."""
    if mine == base:
        return theirs, False
    return mine, theirs not in (base, mine)
