"""Reads what figures are computed from: a few hundred rows for a département, whatever the size of the nation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Min

from accounts.models import User
from conventions.expected import DatedTargets, sets_of
from conventions.models import Campaign, Convention, Result, Submission, Target
from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import last_day_of
from conventions.models.result import ResultQuerySet
from conventions.models.submission_rows import SubmissionQuerySet
from conventions.models.target import TargetQuerySet
from reporting.method import Ground, Term
from reporting.method.ground import Company, Given
from reporting.selectors.gathering import Gathered, read_gathered
from reporting.selectors.perimeter import Perimeter
from territories.semester import Semester


@dataclass(frozen=True)
class Rows:
    """The rows that figures may be computed from: those of one département, or those that somebody sees."""

    conventions: ConventionQuerySet
    submissions: SubmissionQuerySet
    results: ResultQuerySet
    targets: TargetQuerySet

    @classmethod
    def of(cls, department: str) -> "Rows":
        """Of one département."""
        return cls(
            Convention.objects.filter(company__department=department),
            Submission.objects.filter(company__department=department),
            Result.objects.filter(department=department),
            Target.objects.filter(target_set__convention__company__department=department),
        )

    @classmethod
    def seen_by(cls, user: User) -> "Rows":
        """Those that somebody may read."""
        return cls(
            Convention.objects.visible_to(user),
            Submission.objects.visible_to(user),
            Result.objects.visible_to(user),
            Target.objects.visible_to(user),
        )


def ground_of(
    rows: Rows,
    perimeter: Perimeter,
    *,
    provisional: bool = False,
    sent_before: Mapping[str, Decimal | None] | None = None,
) -> Ground:
    """Everything up to the end of the semester of a perimeter. Six queries.

    A company is known by the text of its key: thousands of cells look it up, and a UUID is slow to compare.
    """
    semester = perimeter.semester
    terms = _terms(rows, semester.end)
    return Ground(
        semester=semester,
        launch=_launch(semester),
        terms=terms,
        answers=_answers(rows, semester),
        asked=_asked(rows, perimeter, terms),
        pending=_pending(rows, semester),
        provisional=provisional,
        sent_before=sent_before,
    )


def still_answers(semester: Semester, on: date) -> bool:
    """Whether the campaign of a semester still takes answers that day: what is counted until then is provisional."""
    return Campaign.objects.filter(semester=semester, locks_on__gte=on).exists()


def _launch(semester: Semester) -> Semester:
    """The first semester with a campaign; before any is opened, the one that is asked about."""
    first: Semester | None = Campaign.objects.aggregate(first=Min("semester"))["first"]
    return first or semester


def _terms(rows: Rows, until: date) -> tuple[Term, ...]:
    """Every convention in force by then, with its sets of targets. Two queries."""
    sets = _sets(rows, until)
    signed = rows.conventions.signed().filter(starts_on__lte=until).order_by("starts_on", "pk")
    found = signed.annotate(last_day=last_day_of()).values_list("pk", "company", "starts_on", "last_day")
    return tuple(
        Term(pk, str(company), starts_on, last_day, sets.get(pk, {}))
        for pk, company, starts_on, last_day in found
        if starts_on <= last_day
    )


def _sets(rows: Rows, until: date) -> Mapping[UUID, Mapping[str, tuple[DatedTargets, ...]]]:
    """The targets by convention and code, those of avenants included. One query, a row per set and year."""
    known = rows.targets.known(on=until).order_by()
    keys = known.values_list("target_set__convention", "since", "until", "year")  # type: ignore[misc]  # annotated
    gathered = keys.annotate(values=Gathered("indicator__code", "value"))
    cells = (
        ((convention, code), since, until_day, year, value)
        for convention, since, until_day, year, values in gathered
        for code, value in read_gathered(values).items()
        if value is not None
    )
    found: dict[UUID, dict[str, tuple[DatedTargets, ...]]] = defaultdict(dict)
    for (convention, code), sets in sets_of(cells).items():
        found[convention][code] = tuple(sets)
    return found


def _answers(rows: Rows, until: Semester) -> Mapping[Semester, Mapping[Company, Given]]:
    """What was last validated of every semester. One query, a row per company and semester."""
    gathered = (
        rows.results.counted()
        .of_catalogue()
        .up_to(until)
        .order_by()
        .values_list("semester", "company")
        .annotate(said=Gathered("indicator__code", "counted_value"))
    )
    found: dict[Semester, dict[Company, Given]] = defaultdict(dict)
    for semester, company, said in gathered:
        found[semester][str(company)] = read_gathered(said)
    return found


def _pending(rows: Rows, semester: Semester) -> frozenset[str]:
    """The companies that answered and are not validated yet. One query."""
    companies = rows.submissions.of(semester).pending().order_by().values_list("company", flat=True)
    return frozenset(map(str, companies))


def _asked(rows: Rows, perimeter: Perimeter, terms: Sequence[Term]) -> Mapping[Company, frozenset[str]]:
    """What each company is asked: what its form holds, what it will hold where none was opened. One query."""
    gathered = (
        rows.results.filter(semester=perimeter.semester)
        .of_catalogue()
        .order_by()
        .values_list("company")
        .annotate(codes=Gathered("indicator__code", "indicator__position"))
    )
    forms = {str(company): frozenset(read_gathered(codes)) for company, codes in gathered}
    found: dict[Company, frozenset[str]] = {}
    by_key = {term.key: term for term in terms}
    for convention in perimeter.conventions:
        company = str(convention.company_id)
        asked = forms.get(company) or _required(convention, by_key.get(convention.pk), perimeter.semester)
        found[company] = found.get(company, frozenset()) | asked
    return found


def _required(convention: Convention, term: Term | None, semester: Semester) -> frozenset[str]:
    """What the form of a convention will ask in a semester of which no campaign is open yet."""
    targeted = term.asks(semester) if term else set()
    during = (semester.start, semester.end)
    specs = convention.specification.required(convention.signed_axes(), targeted, during=during)
    return frozenset(spec.code for spec in specs)
