"""Pure: what still stands between a submission and its transmission, as sentences tied to their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from conventions.figures import FREE_CEILING, refusal_of
from french.numbers import format_number
from indicators.catalogue import Catalogue
from indicators.checks import Finding, blocking, warnings

UNCHANGED = "Rien n’a changé depuis le renvoi : corrigez les indicateurs signalés ou ajoutez un commentaire."


class AnsweredLine(Protocol):
    """One line of the form, as far as the rules need it."""

    @property
    def code(self) -> str:
        """SEN-01, or LIB-3 for a specific commitment."""

    @property
    def label(self) -> str:
        """What is asked."""

    @property
    def status(self) -> str:
        """value, not_applicable or unanswered."""

    @property
    def value(self) -> Decimal | None:
        """The figure; None unless the status is value."""

    @property
    def comment(self) -> str:
        """What the company says of it."""

    @property
    def confirmed(self) -> bool:
        """The company said that an unusual figure is right."""


@dataclass(frozen=True)
class History:
    """What earlier semesters said, by code: the last one's values, and the sums since the launch."""

    previous: Mapping[str, Decimal]
    before: Mapping[str, Decimal]


@dataclass(frozen=True)
class Findings:
    """What the rules say of one set of answers. `questions` holds the settled ones too: the référent reads them all."""

    unanswered: tuple[Finding, ...]
    impossible: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    unresolved: tuple[Finding, ...]

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """Everything that must be settled before the submission is transmitted."""
        return (*self.unanswered, *self.impossible, *self.unresolved)


def examine(catalogue: Catalogue, answers: Sequence[AnsweredLine], history: History, headcount: int | None) -> Findings:
    """Apply every rule to the answers of one submission."""
    questions = unusual(catalogue, answers, history, headcount)
    return Findings(
        unanswered=tuple(unanswered(answers)),
        impossible=tuple(impossible(catalogue, answers)),
        questions=tuple(questions),
        unresolved=tuple(unresolved(questions, answers)),
    )


def unanswered(answers: Sequence[AnsweredLine]) -> list[Finding]:
    """One finding per indicator without an answer."""
    return [
        Finding(
            f"unanswered:{answer.code}", (answer.code,), f"{answer.label} ({answer.code})\u00a0: pas encore de réponse."
        )
        for answer in answers
        if answer.status == "unanswered"
    ]


def impossible(catalogue: Catalogue, answers: Sequence[AnsweredLine]) -> list[Finding]:
    """One finding per hard rule broken: a part above its whole, a fraction of a person, a figure out of reach."""
    free = [
        _free(answer, "too_much", refusal) for answer, value in _own(answers) if (refusal := refusal_of(value, None))
    ]
    return blocking(catalogue, _values(answers)) + free


def unusual(
    catalogue: Catalogue, answers: Sequence[AnsweredLine], history: History, headcount: int | None
) -> list[Finding]:
    """One question per soft rule, answered or not: the référent reads them all."""
    values = _values(answers)
    cumulated = {code: value + history.before.get(code, Decimal(0)) for code, value in values.items()}
    found = warnings(catalogue, values, previous=history.previous, headcount=headcount, cumulated=cumulated)
    return found + [
        _free(answer, "ceiling", f"{format_number(value)} en un semestre. Est-ce exact\u00a0?")
        for answer, value in _own(answers)
        if value > FREE_CEILING and not refusal_of(value, None)
    ]


def unresolved(questions: Sequence[Finding], answers: Sequence[AnsweredLine]) -> list[Finding]:
    """The questions to which the company has neither said yes nor left a comment."""
    settled = {answer.code for answer in answers if answer.confirmed or answer.comment.strip()}
    return [finding for finding in questions if not settled.intersection(finding.codes)]


def _free(answer: AnsweredLine, name: str, sentence: str) -> Finding:
    """A remark on a commitment of the company's own."""
    return Finding(f"{name}:{answer.code}", (answer.code,), f"{answer.label} ({answer.code})\u00a0: {sentence}")


def _own(answers: Sequence[AnsweredLine]) -> list[tuple[AnsweredLine, Decimal]]:
    """The figures given for specific commitments, which no catalogue knows."""
    return [(answer, answer.value) for answer in answers if answer.value is not None and answer.code.startswith("LIB-")]


def _values(answers: Sequence[AnsweredLine]) -> dict[str, Decimal]:
    """The figures given, by code, specific commitments left out: the catalogue's rules do not know them."""
    return {
        answer.code: answer.value
        for answer in answers
        if answer.value is not None and not answer.code.startswith("LIB-")
    }
