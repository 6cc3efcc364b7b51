"""One submission as the pages of entry and of review show it: every line with what stands beside its field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from conventions.expected import (
    DatedTargets,
    Period,
    flux_expected,
    last_target,
    sets_of,
    year_of,
)
from conventions.issues import UNCHANGED, Findings
from conventions.models import Convention, Result, Submission, Target
from conventions.models.periods import last_day_of
from conventions.selectors.lines import Line, Obstacle, Question, SheetSection, SubmissionSheet
from french.numbers import rounded
from indicators.checks import Finding
from indicators.specs import Axis, IndicatorSpec

SPECIFIC = "specifiques"
EXAMPLES = "exemples"
TENTH = Decimal("0.1")


def submission_sheet(submission: Submission) -> SubmissionSheet:
    """Read the whole submission: results, targets, earlier semesters, and corrections once returned.

    The campaign, the convention and its company must be loaded. Three queries, three more after a return.
    """
    results = list(submission.results.select_related("indicator", "commitment"))
    history = submission.history()
    findings = submission.findings(results, history)
    lines = _Lines(submission, history.previous, submission.corrections_asked()).of(results)
    judged = _judged(lines, findings)
    sections = tuple(_sections(judged))
    repeats = submission.repeats([result.kept for result in results])
    return SubmissionSheet(
        submission=submission,
        sections=sections,
        obstacles=(*_obstacles(findings, sections), *([Obstacle(UNCHANGED)] if repeats else [])),
        year=year_of(submission.convention.starts_on, submission.semester.end),
    )


@dataclass(frozen=True)
class ConventionTargets:
    """The targets of one indicator in one convention of the company that is in force during the semester."""

    convention: UUID
    starts_on: date
    ends_on: date
    sets: Sequence[DatedTargets]


class _Lines:
    """Puts beside each result what the convention promised and what the company said before."""

    def __init__(self, submission: Submission, previous: Mapping[str, Decimal], corrections: Mapping[int, str]) -> None:
        self.submission, self.previous, self.corrections = submission, previous, corrections
        self.reopened = submission.reopened(corrections)
        self.semester = Period(submission.semester.start, submission.semester.end)
        self.promises = _promises(submission, self.semester)

    def of(self, results: Sequence[Result]) -> list[Line]:
        """One line per result, in the same order."""
        self.present = {result.code for result in results}
        return [self._line(result) for result in results]

    def _line(self, result: Result) -> Line:
        spec = result.spec
        promises = self.promises.get(result.code, ())
        commitment = result.commitment
        returned = self.submission.is_returned
        return Line(
            result=result,
            spec=spec,
            unit=spec.unit.label if spec else commitment.unit if commitment else "",
            depth=0,
            target=commitment.target if commitment else self._target(promises),
            expected=self._expected(spec, promises) if spec and promises else None,
            previous=self.previous.get(result.code),
            correction=self.corrections.get(result.pk, ""),
            is_open=not returned or result.pk in self.reopened,
            family=self._family(result),
        )

    def _family(self, result: Result) -> tuple[str, ...]:
        """The other codes of the form whose figures must agree with this one."""
        tied = self.submission.convention.specification.family(result.code) - {result.code}
        return tuple(sorted(tied & self.present))

    def _target(self, promises: Sequence[ConventionTargets]) -> Decimal | None:
        """The target of the year in which the semester, or the convention of the submission, ends."""
        own = self._own(promises)
        if own is None:
            return None
        return last_target(own.sets, starts_on=own.starts_on, ends_on=own.ends_on, on=self.semester.end)

    def _expected(self, spec: IndicatorSpec, promises: Sequence[ConventionTargets]) -> Decimal | None:
        """What the targets expect of this semester; of a flux, of both conventions when one was renewed in it."""
        if spec.proratable:
            parts = (
                flux_expected(one.sets, starts_on=one.starts_on, ends_on=one.ends_on, within=self.semester)
                for one in promises
            )
            return rounded(sum(parts, Fraction(0)), TENTH)
        target = self._target(promises)
        return None if target is None else rounded(target)

    def _own(self, promises: Sequence[ConventionTargets]) -> ConventionTargets | None:
        return next((one for one in promises if one.convention == self.submission.convention_id), None)


def _promises(submission: Submission, semester: Period) -> dict[str, list[ConventionTargets]]:
    """The targets that count on a day of the semester, by code, convention after convention. One query."""
    conventions = Convention.objects.filter(company=submission.company_id).signed()
    running = conventions.overlapping(semester.start, semester.end)
    rows = (
        Target.objects.filter(target_set__convention__in=running.values("pk"))
        .in_effect_between(semester.start, semester.end)
        .annotate(last_day=last_day_of("target_set__convention__"))
        .order_by("target_set__convention__starts_on")
        .values_list(
            *("indicator__code", "target_set__convention", "target_set__convention__starts_on", "last_day"),
            *("since", "until", "year", "value"),
        )
    )
    keyed = (
        ((code, pk, starts, ends), since, until, year, value)
        for code, pk, starts, ends, since, until, year, value in rows
    )
    found: dict[str, list[ConventionTargets]] = {}
    for (code, pk, starts_on, ends_on), sets in sets_of(keyed).items():
        found.setdefault(code, []).append(ConventionTargets(pk, starts_on, ends_on, sets))
    return found


def _judged(lines: Sequence[Line], findings: Findings) -> list[Line]:
    """The lines with the remarks about them, each under the line where it can be settled."""
    unresolved = set(findings.unresolved)
    questions: dict[str, list[Question]] = {}
    impossible: dict[str, list[str]] = {}
    by_code = {line.result.code: line for line in lines}
    for issue in findings.questions:
        place = _place(issue, by_code)
        questions.setdefault(place, []).append(Question(issue.sentence, issue not in unresolved))
    for issue in findings.impossible:
        for code in issue.codes:
            impossible.setdefault(code, []).append(issue.sentence)
    return [
        replace(
            line,
            questions=tuple(questions.get(line.result.code, ())),
            impossible=tuple(impossible.get(line.result.code, ())),
        )
        for line in lines
    ]


def _place(issue: Finding, by_code: Mapping[str, Line]) -> str:
    """The first line of the issue that is open, so that it can be settled after a return too."""
    known = [code for code in issue.codes if code in by_code]
    return next((code for code in known if by_code[code].is_open), known[0] if known else "")


def _sections(lines: Sequence[Line]) -> Iterable[SheetSection]:
    """The steps, in the order of the circular, then the specific commitments."""
    for axis in Axis:
        of_axis = [line for line in lines if line.spec and line.spec.axis is axis]
        if of_axis:
            yield SheetSection(axis.value, axis.label, axis.sentence, tuple(_nested(of_axis)))
    own = tuple(line for line in lines if line.spec is None)
    if own:
        yield SheetSection(SPECIFIC, "Engagements spécifiques", "Les engagements propres à votre entreprise.", own)


def _nested(lines: Sequence[Line]) -> Iterable[Line]:
    """Each total, then its parts with one more step of depth."""
    present = {line.result.code for line in lines}
    children: dict[str, list[Line]] = {}
    for line in lines:
        wholes = [code for code in (line.spec.part_of if line.spec else ()) if code in present]
        children.setdefault(wholes[0] if wholes else "", []).append(line)

    def below(code: str, depth: int) -> Iterable[Line]:
        for line in children.get(code, ()):
            yield replace(line, depth=depth)
            yield from below(line.result.code, depth + 1)

    return below("", 0)


def _obstacles(findings: Findings, sections: Sequence[SheetSection]) -> Iterable[Obstacle]:
    """What stands in the way, in the order of the pages when the rules have none."""
    steps = {line.result.code: section.slug for section in sections for line in section.lines}
    by_code = {line.result.code: line for section in sections for line in section.lines}
    for issue in findings.in_the_way:
        place = _place(issue, by_code)
        yield Obstacle(issue.sentence, steps.get(place, ""), by_code[place].anchor if place else "")
