"""Reads what figures are computed from: a few hundred rows for a département, whatever the size of the nation."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
from indicators.catalogue import Catalogue
from indicators.specs import Axis
from reporting.method import Ground, Term
from reporting.method.ground import Company, Given
from reporting.selectors.gathering import Gathered, read_gathered
from reporting.selectors.perimeter import Perimeter
from territories.semester import Semester

KEPT = 8
"""How many départements a process keeps read, the last ones asked about: 7 MB each at a hundred companies."""

FEW = 60
"""With fewer answers, one for a company and semester, reading again costs less than pushing a département out."""


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


@dataclass(frozen=True)
class Facts:
    """What the database says of one perimeter, word for word: two that are equal give the same figures."""

    semester: Semester
    launch: Semester
    conventions: tuple[tuple[UUID, UUID, date, date], ...]
    """Convention, company, first day, last day in force."""
    targets: tuple[tuple[UUID, date | None, date | None, int, str], ...]
    """Convention, days on which a set counts, convention year, its figures by code."""
    answers: tuple[tuple[Semester, UUID, str], ...]
    """Semester, company, what it said by code."""
    forms: tuple[tuple[UUID, str], ...]
    """Company, the codes of its form of the semester."""
    unopened: tuple[tuple[UUID, UUID, tuple[Axis, ...], Catalogue], ...]
    """Company, convention, axes and catalogue of those that have no form yet."""
    pending: frozenset[UUID]
    """The companies that answered and are not validated yet."""
    provisional: bool
    sent_before: tuple[tuple[str, Decimal | None], ...] | None


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
    forms = _forms(rows, semester)
    facts = Facts(
        semester=semester,
        launch=_launch(semester),
        conventions=_conventions(rows, semester.end),
        targets=_targets(rows, semester.end),
        answers=_answers(rows, semester),
        forms=forms,
        unopened=_unopened(perimeter, opened={company for company, _ in forms}),
        pending=_pending(rows, semester),
        provisional=provisional,
        sent_before=None if sent_before is None else tuple(sent_before.items()),
    )
    return _kept(facts) if len(facts.answers) >= FEW else _read(facts)


@lru_cache(maxsize=KEPT)
def _kept(facts: Facts) -> Ground:
    """The same for the same facts: reading thousands of cells again is most of what a page costs (decision 26).

    Nothing needs to be forgotten when data change, since the facts are then others.
    """
    return _read(facts)


def _read(facts: Facts) -> Ground:
    """The cells in what the database says."""
    terms = tuple(_terms(facts))
    answers: dict[Semester, dict[Company, Given]] = defaultdict(dict)
    for semester, company, said in facts.answers:
        answers[semester][str(company)] = read_gathered(said)
    return Ground(
        semester=facts.semester,
        launch=facts.launch,
        terms=terms,
        answers=dict(answers),
        asked=_asked(facts, terms),
        pending=frozenset(map(str, facts.pending)),
        provisional=facts.provisional,
        sent_before=None if facts.sent_before is None else dict(facts.sent_before),
    )


def _terms(facts: Facts) -> Iterator[Term]:
    cells = (
        ((convention, code), since, until, year, value)
        for convention, since, until, year, values in facts.targets
        for code, value in read_gathered(values).items()
        if value is not None
    )
    sets: dict[UUID, dict[str, tuple[DatedTargets, ...]]] = defaultdict(dict)
    for (convention, code), found in sets_of(cells).items():
        sets[convention][code] = tuple(found)
    for key, company, starts_on, last_day in facts.conventions:
        if starts_on <= last_day:
            yield Term(key, str(company), starts_on, last_day, sets.get(key, {}))


def _asked(facts: Facts, terms: Sequence[Term]) -> Mapping[Company, frozenset[str]]:
    """What each company is asked: what its form holds, what it will hold where none was opened."""
    found: dict[Company, frozenset[str]] = {
        str(company): frozenset(read_gathered(codes)) for company, codes in facts.forms
    }
    by_key = {term.key: term for term in terms}
    during = (facts.semester.start, facts.semester.end)
    for company, convention, axes, catalogue in facts.unopened:
        term = by_key.get(convention)
        targeted = term.asks(facts.semester) if term else set()
        required = frozenset(spec.code for spec in catalogue.required(axes, targeted, during=during))
        found[str(company)] = found.get(str(company), frozenset()) | required
    return found


def still_answers(semester: Semester, on: date) -> bool:
    """Whether the campaign of a semester still takes answers that day: what is counted until then is provisional."""
    return Campaign.objects.filter(semester=semester, locks_on__gte=on).exists()


def _launch(semester: Semester) -> Semester:
    """The first semester with a campaign; before any is opened, the one that is asked about."""
    first: Semester | None = Campaign.objects.aggregate(first=Min("semester"))["first"]
    return first or semester


def _conventions(rows: Rows, until: date) -> tuple[tuple[UUID, UUID, date, date], ...]:
    """Every convention signed and begun by then. One query."""
    signed = rows.conventions.signed().filter(starts_on__lte=until).order_by("starts_on", "pk")
    return tuple(signed.annotate(last_day=last_day_of()).values_list("pk", "company", "starts_on", "last_day"))


def _targets(rows: Rows, until: date) -> tuple[tuple[UUID, date | None, date | None, int, str], ...]:
    """The targets known by then, those of avenants included. One query, a row per set and year."""
    known = rows.targets.known(on=until).order_by()
    keys = known.values_list("target_set__convention", "since", "until", "year")  # type: ignore[misc]  # annotated
    return tuple(keys.annotate(values=Gathered("indicator__code", "value")))


def _answers(rows: Rows, until: Semester) -> tuple[tuple[Semester, UUID, str], ...]:
    """What was last validated of every semester. One query, a row per company and semester."""
    counted = rows.results.counted().of_catalogue().up_to(until).order_by()
    return tuple(counted.values_list("semester", "company").annotate(said=Gathered("indicator__code", "counted_value")))


def _forms(rows: Rows, semester: Semester) -> tuple[tuple[UUID, str], ...]:
    """The forms of the semester. One query, a row per company."""
    asked = rows.results.filter(semester=semester).of_catalogue().order_by()
    return tuple(asked.values_list("company").annotate(codes=Gathered("indicator__code", "indicator__position")))


def _unopened(
    perimeter: Perimeter, *, opened: Collection[UUID]
) -> tuple[tuple[UUID, UUID, tuple[Axis, ...], Catalogue], ...]:
    """The conventions whose company has no form of the semester, and what says what it will hold. No query."""
    return tuple(
        (convention.company_id, convention.pk, perimeter.axes[convention.pk], convention.specification)
        for convention in perimeter.conventions
        if convention.company_id not in opened
    )


def _pending(rows: Rows, semester: Semester) -> frozenset[UUID]:
    """The companies that answered and are not validated yet. One query."""
    return frozenset(rows.submissions.of(semester).pending().order_by().values_list("company", flat=True))
