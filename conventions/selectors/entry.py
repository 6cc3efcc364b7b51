"""One submission as the pages of entry and of review show it: every line with what stands beside its field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from conventions.expected import (
    DatedTargets,
    Period,
    flux_expected,
    sets_of,
    stock_expected,
    target_on,
    year_of,
)
from conventions.issues import UNCHANGED, Findings
from conventions.models import Convention, Result, Submission, Target
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


class _Lines:
    """Puts beside each result what the convention promised and what the company said before."""

    def __init__(self, submission: Submission, previous: Mapping[str, Decimal], corrections: Mapping[int, str]) -> None:
        self.submission, self.previous, self.corrections = submission, previous, corrections
        self.reopened = submission.reopened(corrections)
        convention, semester = submission.convention, submission.semester
        self.semester = Period(semester.start, semester.end)
        self.targets = _targets(convention, self.semester)

    def of(self, results: Sequence[Result]) -> list[Line]:
        """One line per result, in the same order."""
        self.present = {result.code for result in results}
        return [self._line(result) for result in results]

    def _line(self, result: Result) -> Line:
        spec = result.spec
        targets = self.targets.get(result.indicator_id or 0, ())
        commitment = result.commitment
        returned = self.submission.is_returned
        return Line(
            result=result,
            spec=spec,
            unit=spec.unit.label if spec else commitment.unit if commitment else "",
            depth=0,
            target=commitment.target if commitment else self._target(targets),
            expected=self._expected(spec, targets) if spec and targets else None,
            previous=self.previous.get(result.code),
            correction=self.corrections.get(result.pk, ""),
            is_open=not returned or result.pk in self.reopened,
            family=self._family(result),
        )

    def _family(self, result: Result) -> tuple[str, ...]:
        """The other codes of the form whose figures must agree with this one."""
        tied = self.submission.convention.specification.family(result.code) - {result.code}
        return tuple(sorted(tied & self.present))

    def _target(self, targets: Sequence[DatedTargets]) -> Decimal | None:
        """The target of the year in which the semester ends."""
        return target_on(targets, starts_on=self.submission.convention.starts_on, on=self.semester.end)

    def _expected(self, spec: IndicatorSpec, targets: Sequence[DatedTargets]) -> Decimal | None:
        """What the target expects of this semester, as the bilan counts it."""
        convention = self.submission.convention
        starts_on, ends_on = convention.starts_on, convention.effective_end
        if spec.proratable:
            part = flux_expected(targets, starts_on=starts_on, ends_on=ends_on, within=self.semester)
            return rounded(part, TENTH)
        stock = stock_expected(targets, starts_on=starts_on, ends_on=ends_on, on=self.semester.end)
        return None if stock is None else rounded(stock)


def _targets(convention: Convention, semester: Period) -> dict[int, list[DatedTargets]]:
    """The targets that count on a day of the semester, by indicator and set. One query."""
    in_effect = Target.objects.of(convention).in_effect_between(semester.start, semester.end)
    rows = in_effect.values_list("indicator_id", "since", "until", "year", "value")  # type: ignore[misc]  # annotated
    return sets_of(rows)


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
