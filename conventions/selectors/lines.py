"""The values of the pages of entry and review: a line with what stands beside its field, a step, the whole."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from conventions import answers
from conventions.models import Result, Submission
from french.numbers import counted
from indicators.specs import IndicatorSpec, Kind, Unit


@dataclass(frozen=True)
class Question:
    """A surprising figure, as a question; settled once confirmed or explained."""

    sentence: str
    settled: bool


@dataclass(frozen=True)
class Line:
    """One thing asked, its stored answer, and what helps to judge it."""

    result: Result
    spec: IndicatorSpec | None
    unit: str
    depth: int
    target: Decimal | None
    expected: Decimal | None
    previous: Decimal | None
    correction: str
    is_open: bool
    family: tuple[str, ...] = ()
    """The codes that reopen with this one when it is sent back: its total, its parts, the other parts."""
    questions: tuple[Question, ...] = ()
    impossible: tuple[str, ...] = ()

    @property
    def pk(self) -> int:
        """Of the result: what names the fields of this line."""
        return self.result.pk

    @property
    def family_said(self) -> str:
        """The same in words: « REC-01, REC-03 et REC-04 »."""
        *others, last = self.family or ("",)
        return f"{', '.join(others)} et {last}" if others else last

    @property
    def anchor(self) -> str:
        """The id of the line on its page; a link of the list of what is missing leads there."""
        return self.result.code.lower()

    @property
    def is_yes_no(self) -> bool:
        """Whether the answer is yes or no."""
        return self.spec is not None and self.spec.kind is Kind.YES_NO

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """Value, label and end of the id of each radio button: the first one is where a link leads."""
        return (("1", "Oui", ""), ("0", "Non", "-0"), ("", "Pas encore de réponse", "-none"))

    @property
    def is_integer(self) -> bool:
        """Whether a fraction makes no sense."""
        return self.spec is not None and self.spec.unit.integer

    @property
    def said(self) -> str:
        """The stored answer in words."""
        return answers.answer_text(self.result.status, self.result.value, self.result.reason, self._unit)

    @property
    def target_said(self) -> str:
        """The target of the year in words; empty without one."""
        return self._figure(self.target)

    @property
    def expected_said(self) -> str:
        """What the target expects of the semester, in words."""
        return self._figure(self.expected)

    @property
    def previous_said(self) -> str:
        """The previous semester in words."""
        return self._figure(self.previous)

    @property
    def variation(self) -> Decimal | None:
        """The difference with the previous semester; None when either is unknown or it is a yes or no."""
        if self.result.value is None or self.previous is None or self.is_yes_no:
            return None
        return self.result.value - self.previous

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is impossible or still a question, as sentences."""
        return (*self.impossible, *(question.sentence for question in self.questions if not question.settled))

    @property
    def is_flux(self) -> bool:
        """Whether values add up over time, so that a share of the yearly target is expected."""
        return self.spec is not None and self.spec.kind is Kind.FLUX

    @property
    def _unit(self) -> Unit | None:
        return self.spec.unit if self.spec else None

    def _figure(self, value: Decimal | None) -> str:
        return "" if value is None else answers.figure(value, self._unit)


@dataclass(frozen=True)
class SheetSection:
    """One step of the entry: an axis, or the commitments of the company's own."""

    slug: str
    title: str
    sentence: str
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        """How many lines have an answer."""
        return sum(line.result.status != Result.Status.UNANSWERED for line in self.lines)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The lines that may change now."""
        return tuple(line for line in self.lines if line.is_open)


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of transmission, and where to settle it: a step and a line of it, or nowhere."""

    sentence: str
    step: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class SubmissionSheet:
    """A submission with all its lines."""

    submission: Submission
    sections: tuple[SheetSection, ...]
    obstacles: tuple[Obstacle, ...]
    year: int
    """Of the convention: the one in which the semester ends."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order of the pages."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def answered(self) -> int:
        """How many lines have an answer."""
        return sum(section.answered for section in self.sections)

    @property
    def is_returned(self) -> bool:
        """Whether it came back for correction."""
        return self.submission.is_returned

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of transmission."""
        return not self.obstacles

    @property
    def progress(self) -> str:
        """How far the entry is, as a sentence."""
        left = len(self.lines) - self.answered
        if self.is_returned:
            return f"{counted(len(self.to_correct), 'réponse est à revoir', 'réponses sont à revoir')}."
        if left == 0:
            return f"Les {len(self.lines)} indicateurs ont une réponse."
        return f"Il vous reste {counted(left, 'indicateur', 'indicateurs')} à renseigner sur {len(self.lines)}."

    @property
    def to_correct(self) -> tuple[Line, ...]:
        """The lines that the référent sent back."""
        return tuple(line for line in self.lines if line.correction)

    @property
    def surprising(self) -> tuple[Line, ...]:
        """The lines that raise a question or cannot be true: the référent reads them first."""
        return tuple(line for line in self.lines if line.questions or line.impossible)

    def section(self, slug: str) -> SheetSection | None:
        """The step of this address."""
        return next((section for section in self.sections if section.slug == slug), None)
