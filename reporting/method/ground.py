"""What figures are computed from: the conventions ever in force, what each was asked, what each gave. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from conventions.expected import DatedTargets, Period
from territories.semester import Semester

Company = Hashable
"""Its key in the database, or a name in a test."""
Given = Mapping[str, Decimal | None]
"""What one company said in one semester, by code: a figure, or None for « sans objet »; absent is silent."""

NOBODY: Mapping[Company, Decimal | None] = {}

COMPARABLE_FROM = Fraction(80, 100)
"""Share of the companies asked whose figures must be validated before anything is concluded from them."""


def is_comparable(validated: int, asked: int) -> bool:
    """Whether two semesters are compared, and a title states a finding: of enough of the companies asked."""
    return asked > 0 and Fraction(validated, asked) >= COMPARABLE_FROM


@dataclass(frozen=True)
class Term:
    """One convention as figures need it; `ends_on` is its last day in force, termination included."""

    key: Hashable
    company: Company
    starts_on: date
    ends_on: date
    sets: Mapping[str, tuple[DatedTargets, ...]]
    """The sets of targets by code, the signed ones and those of avenants."""

    def meets(self, semester: Semester) -> bool:
        """In force a day of the semester at least."""
        return self.starts_on <= semester.end and semester.start <= self.ends_on

    def runs_on(self, day: date) -> bool:
        """In force that day."""
        return self.starts_on <= day <= self.ends_on

    def running_in(self, semester: Semester) -> Period:
        """The days of the semester on which it is in force; may be empty."""
        return Period(self.starts_on, self.ends_on).intersection(Period(semester.start, semester.end))

    def asks(self, semester: Semester) -> set[str]:
        """The indicators to which a set in effect a day of the semester gives a figure, for whatever year."""
        running = self.running_in(semester)
        return {code for code, sets in self.sets.items() if any(one.days.meets(running) for one in sets)}


@dataclass(frozen=True, eq=False)
class Ground:
    """One département up to the end of one semester: every convention ever in force, every answer that counts.

    It is compared by identity, so that what was counted of it may be kept as long as it is.
    """

    semester: Semester
    launch: Semester
    """The first semester with a campaign: earlier days carry no expectation and no objective."""
    terms: tuple[Term, ...]
    answers: Mapping[Semester, Mapping[Company, Given]]
    """What was last validated, semester by semester."""
    asked: Mapping[Company, frozenset[str]]
    """The codes that each company is asked in the semester, whether or not a form was opened."""
    pending: frozenset[Company] = frozenset()
    """Companies that answered the semester and are not validated yet."""
    provisional: bool = False
    """A draft whose campaign still takes answers: this semester is expected of those that gave it only."""
    sent_before: Mapping[str, Decimal | None] | None = None
    """Total of the previous semester by code, as its bilan was sent; None when none was."""

    @cached_property
    def semesters(self) -> tuple[Semester, ...]:
        """From the launch to this one."""
        return tuple(self._since_launch())

    def _since_launch(self) -> Iterator[Semester]:
        one = self.launch
        while one <= self.semester:
            yield one
            one = one.next

    @cached_property
    def engaged(self) -> frozenset[Company]:
        """Companies with a convention in force a day of the semester: they are asked."""
        return self.engaged_in(self.semester)

    def engaged_in(self, semester: Semester) -> frozenset[Company]:
        """Companies engaged a day of a semester."""
        return frozenset(term.company for term in self.terms if term.meets(semester))

    @cached_property
    def staying(self) -> frozenset[Company]:
        """Companies still engaged on the last day of the semester."""
        return self.engaged_on(self.semester)

    def engaged_on(self, semester: Semester) -> frozenset[Company]:
        """Companies engaged on the last day of a semester."""
        return frozenset(term.company for term in self.terms if term.runs_on(semester.end))

    @cached_property
    def running(self) -> tuple[Term, ...]:
        """The conventions in force on the last day of the semester."""
        return tuple(term for term in self.terms if term.runs_on(self.semester.end))

    @cached_property
    def _terms_by_company(self) -> Mapping[Company, list[Term]]:
        found: dict[Company, list[Term]] = {}
        for term in sorted(self.terms, key=lambda one: one.starts_on):
            found.setdefault(term.company, []).append(term)
        return found

    def terms_of(self, company: Company) -> Sequence[Term]:
        """The conventions of one company, the first one first."""
        return self._terms_by_company.get(company, [])

    def is_alone(self, term: Term) -> bool:
        """Whether it is the only convention that its company ever had."""
        return len(self._terms_by_company[term.company]) == 1

    @cached_property
    def without_a_break(self) -> frozenset[Company]:
        """Companies engaged every day from the last day of the previous semester to the last of this one."""
        return frozenset(company for company, terms in self._terms_by_company.items() if self._covered(terms))

    def _covered(self, terms: Sequence[Term]) -> bool:
        day, end = self.semester.previous.end, self.semester.end
        for term in terms:
            if term.runs_on(day):
                day = term.ends_on + timedelta(days=1)
        return day > end

    @cached_property
    def comparable(self) -> bool:
        """Whether two semesters may be compared: not while too few companies of a draft are validated."""
        if not self.provisional:
            return True
        given = self.answers.get(self.semester, {})
        validated = sum(company in given for company in self.engaged)
        return is_comparable(validated, len(self.engaged))

    def expects(self, code: str, company: Company) -> bool:
        """Whether a figure of the semester is expected of a company: while answers come in, of who gave one alone."""
        return not self.provisional or company in self.given(code, self.semester)

    @cached_property
    def by_code(self) -> Mapping[str, Mapping[Semester, Mapping[Company, Decimal | None]]]:
        """The answers the other way round: code, semester, company; only of companies engaged in the semester.

        One may have answered before anybody recorded that its convention had ended earlier.
        """
        found: dict[str, dict[Semester, dict[Company, Decimal | None]]] = {}
        for semester, companies in self.answers.items():
            engaged = self.engaged_in(semester)
            # Semester by semester: thousands of cells would hash it again.
            said: dict[str, dict[Company, Decimal | None]] = defaultdict(dict)
            for company, given in companies.items():
                for code, value in given.items() if company in engaged else ():
                    said[code][company] = value
            for code, values in said.items():
                found.setdefault(code, {})[semester] = values
        return found

    def given(self, code: str, semester: Semester) -> Mapping[Company, Decimal | None]:
        """What companies said of one indicator in one semester."""
        said = self.by_code.get(code)
        return NOBODY if said is None else said.get(semester, NOBODY)
