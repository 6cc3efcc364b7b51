"""How the companies of the set of measures answer: campaigns sent and validated, and the last one still open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache

from accounts.models import User
from conventions.models import Campaign, Convention, Result, Submission, SubmissionLog
from conventions.models.campaign import TO_WRITE_A_BILAN
from conventions.transitions import SubmissionState
from demonstration import bulk
from demonstration.figures import Answered, Profile, answers_of, targets_of
from demonstration.signing import CATALOGUE
from indicators.catalogue import load_catalogue
from indicators.specs import Axis
from territories.semester import Semester

SEMESTERS = tuple(Semester.parse(code) for code in ("2018-S1", "2018-S2", "2019-S1", "2019-S2", "2020-S1", "2020-S2"))
"""The last one is open: somebody in each département has its form to fill in."""

POOL = 40
"""So many different companies: their figures come back in every département."""

CATEGORIES = ("TPE", "PME", "ETI", "GE")
SILENT_ONE_IN = 12
COLUMNS = (
    *("submission_id", "company_id", "department_id", "semester", "indicator_id"),
    *("status", "value", "reason", "counted_status", "counted_value"),
)
DRAFT, TRANSMITTED, VALIDATED = SubmissionState.DRAFT, SubmissionState.TRANSMITTED, SubmissionState.VALIDATED


@cache
def profile(rank: int) -> Profile:
    """What the company of this rank is."""
    category = CATEGORIES[rank % len(CATEGORIES)]
    headcount = {"TPE": 8, "PME": 120, "ETI": 600, "GE": 1500}[category]
    return Profile(rank % POOL + 1, category, headcount, tuple(Axis))


@cache
def _answers(rank: int, semester: Semester) -> Mapping[str, Answered]:
    """What a company of this kind is asked, and what it says."""
    targeted = {code for code, _ in targets_of(profile(rank))}
    asked = tuple(spec.code for spec in load_catalogue(CATALOGUE).required(tuple(Axis), targeted))
    return answers_of(profile(rank), semester=str(semester), share=Fraction(1, 2), asked=asked)


def campaign_of(semester: Semester) -> Campaign:
    """Open the day after the semester ends, due a month later, closed after three."""
    opens = semester.next.start
    due = opens.replace(day=31)
    dates = {"opens_on": opens, "due_on": due, "locks_on": opens + timedelta(days=90)}
    dates["bilan_due_on"] = due + TO_WRITE_A_BILAN
    return Campaign.objects.get_or_create(semester=semester, defaults=dates)[0]


class Collection:
    """The submissions of one département, whose companies have the ranks from `first` on."""

    def __init__(
        self, conventions: Sequence[Convention], first: int, referent: User, indicators: Mapping[str, int]
    ) -> None:
        self.conventions, self.first, self.referent, self.indicators = conventions, first, referent, indicators
        self.department = conventions[0].company.department

    def collect(self, campaign: Campaign) -> int:
        """Write one campaign. Returns the number of results."""
        rows = Submission.objects.bulk_create(
            (self._submission(campaign, number, convention) for number, convention in enumerate(self.conventions)),
            batch_size=bulk.BATCH,
        )
        SubmissionLog.objects.bulk_create(self._decisions(rows), batch_size=bulk.BATCH)
        return bulk.write(Result, COLUMNS, self._results(rows))

    def _submission(self, campaign: Campaign, number: int, convention: Convention) -> Submission:
        row = Submission(
            company_id=convention.company_id,
            semester=campaign.semester,
            convention=convention,
            campaign=campaign,
            state=_state(campaign.semester, number, self.first),
        )
        sent = campaign.opens_on + timedelta(days=8)
        if row.state != DRAFT:
            row.version, row.transmitted_at, row.first_transmitted_on = 1, self._at(sent), sent
        if row.state == VALIDATED:
            row.validated_at = row.counted_at = self._at(sent + timedelta(days=5))
        return row

    def _decisions(self, submissions: Sequence[Submission]) -> Iterator[SubmissionLog]:
        arrows = (("transmettre", DRAFT, TRANSMITTED), ("valider", TRANSMITTED, VALIDATED))
        for submission in submissions:
            moments = (submission.transmitted_at, submission.validated_at)
            for (name, before, after), at in zip(arrows, moments, strict=True):
                if at is not None:
                    yield SubmissionLog(
                        submission=submission,
                        at=at,
                        by=self.referent,
                        transition=name,
                        from_state=before,
                        to_state=after,
                    )

    def _results(self, submissions: Sequence[Submission]) -> Iterator[bulk.Row]:
        for rank, row in enumerate(submissions, start=self.first):
            place = (row.pk, row.company_id, self.department.pk, row.semester)
            for code, answer in _answers(rank % POOL, row.semester).items():
                yield (*place, self.indicators[code], *_said(row, answer))

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(10), self.department.zone)


def _state(semester: Semester, number: int, first: int) -> str:
    """Validated, but for a few silent ones; in the open campaign the first company and others still type."""
    if semester == SEMESTERS[-1]:
        return {0: DRAFT, 1: TRANSMITTED}.get(number % 4, VALIDATED)
    return DRAFT if (first + number) % POOL % SILENT_ONE_IN == semester.half else VALIDATED


def _said(row: Submission, answer: Answered) -> tuple[object, ...]:
    """The answer, and what of it counts."""
    if row.state == DRAFT:
        return (Result.Status.UNANSWERED, None, "", "", None)
    status = Result.Status.VALUE if answer.value is not None else Result.Status.NOT_APPLICABLE
    counted = (status, answer.value) if row.state == VALIDATED else ("", None)
    return (status, answer.value, answer.reason, *counted)
