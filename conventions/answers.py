"""Pure: one answer, how it is said in French, and what changed between two versions of a submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from french.words import NO, NOT_APPLICABLE, NOT_GIVEN, YES, quantity
from indicators.specs import Unit

Kept = Mapping[str, str]
"""One answer as a version keeps it: code, label, status, value, reason, comment."""


@dataclass(frozen=True)
class Answer:
    """What is said of one result: a figure (0 is one), « sans objet » with its reason, or nothing yet."""

    status: str = "unanswered"
    value: Decimal | None = None
    reason: str = ""
    comment: str = ""
    confirmed: bool = False

    @property
    def said(self) -> tuple[str, Decimal | None, str]:
        """The three fields that make one answer: nobody changes one of them without the others."""
        return self.status, self.value, self.reason

    def tidied(self) -> "Answer":
        """Without spaces around its texts, and without a reason where none is asked."""
        reason = self.reason.strip() if self.status == "not_applicable" else ""
        return replace(self, reason=reason, comment=self.comment.strip())


@dataclass(frozen=True)
class AnswerChange:
    """One answer that differs between two versions."""

    code: str
    label: str
    before: str
    after: str


def figure(value: Decimal, unit: Unit | None = None) -> str:
    """A figure with its unit: « 12 », « 1 500 € », « oui »."""
    if unit is Unit.YES_NO:
        return YES if value else NO
    return quantity(value, unit.symbol if unit else "")


def answer_text(status: str, value: Decimal | None, reason: str, unit: Unit | None = None) -> str:
    """An answer in words; 0 is « 0 », never « non renseigné »."""
    if status == "value" and value is not None:
        return figure(value, unit)
    return f"{NOT_APPLICABLE} ({reason})" if status == "not_applicable" else NOT_GIVEN


def kept_text(answer: Kept, unit: Unit | None = None) -> str:
    """The same for an answer kept in a version, its comment included."""
    value = Decimal(answer["value"]) if answer["value"] else None
    text = answer_text(answer["status"], value, answer["reason"], unit)
    return f"{text} – « {answer['comment']} »" if answer["comment"] else text


def changes(before: Sequence[Kept], after: Sequence[Kept], units: Mapping[str, Unit]) -> tuple[AnswerChange, ...]:
    """What differs between two versions, in the order of the second; `units` by code of indicator."""
    former = {answer["code"]: answer for answer in before}
    return tuple(
        AnswerChange(
            code=answer["code"],
            label=answer["label"],
            before=kept_text(former[answer["code"]], units.get(answer["code"])) if answer["code"] in former else "",
            after=kept_text(answer, units.get(answer["code"])),
        )
        for answer in after
        if dict(former.get(answer["code"], {})) != dict(answer)
    )
