"""How a semester was answered: one way to count it, for every page and file that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, FilteredRelation, Q

from conventions.models import Convention, Submission
from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import in_force_between, last_day_of
from conventions.models.submission_rows import is_late, is_received, is_validated
from french.numbers import counted
from indicators.specs import Axis
from territories.semester import Semester


@dataclass(frozen=True)
class Returns:
    """The companies engaged in a semester by how they answered: asked = received + silent, and so on.

    `received` was transmitted once, sent back since or not; `validated` has a version that counts, a correction open or
    not; `late` was first transmitted after its last day; `formless` are the silent ones without a form.
    """

    asked: int
    received: int
    validated: int
    late: int
    formless: int

    @property
    def pending(self) -> int:
        """Received, and no version of it counts yet."""
        return self.received - self.validated

    @property
    def silent(self) -> int:
        """Never transmitted anything."""
        return self.asked - self.received

    @property
    def share(self) -> str:
        """« 15 sur 19 »."""
        return f"{self.received} sur {self.asked}"

    @property
    def sentence(self) -> str:
        """All of it, in the same words wherever it is said."""
        late = f" (dont {self.late} après l’échéance)" if self.late else ""
        formless = f" (dont {self.formless} sans formulaire)" if self.formless else ""
        return (
            f"{counted(self.asked, 'entreprise attendue', 'entreprises attendues')}\u00a0: "
            f"{counted(self.received, 'remontée reçue', 'remontées reçues')}{late}, soit "
            f"{counted(self.validated, 'validée', 'validées')} et "
            f"{counted(self.pending, 'non validée', 'non validées')}\u00a0; "
            f"{counted(self.silent, 'entreprise silencieuse', 'entreprises silencieuses')}{formless}."
        )


def returns_of(conventions: ConventionQuerySet, semester: Semester) -> Returns:
    """How the companies of these conventions that are engaged in the semester answered. One query."""
    return returns_by_semester(conventions, [semester])[semester]


def returns_by_semester(conventions: ConventionQuerySet, semesters: Sequence[Semester]) -> dict[Semester, Returns]:
    """The same for several semesters. One query, whatever their number; a renewal counts its company once."""
    wanted: dict[str, Count] = {}
    signed = conventions.signed().order_by().alias(last_day=last_day_of())
    for rank, semester in enumerate(semesters):
        signed = signed.alias(**_answer_of(semester, rank))
        engaged = in_force_between(semester.start, semester.end)
        wanted |= {f"{name}_{rank}": _companies(engaged & kept) for name, kept in _kept(rank).items()}
    found = signed.aggregate(**wanted) if wanted else {}
    return {
        semester: Returns(**{name: found[f"{name}_{rank}"] for name in _NAMES})
        for rank, semester in enumerate(semesters)
    }


def returns_by_axis(conventions: ConventionQuerySet, semester: Semester) -> dict[Axis, Returns]:
    """The same by axis kept, in the order of the circular; an axis that nobody kept is absent. One query."""
    wanted = {name: _companies(kept) for name, kept in _kept().items()}
    expected = conventions.expected_in(semester).order_by().alias(**_answer_of(semester))
    rows = expected.values("axes__axis").annotate(**wanted)
    by_axis = {axis: Returns(*counts) for axis, *counts in rows.values_list("axes__axis", *wanted)}
    return {axis: by_axis[axis.value] for axis in Axis if axis.value in by_axis}


def engaged_submissions(conventions: Iterable[Convention], semester: Semester) -> list[Submission]:
    """What these companies have of the semester, with its campaign and its company. One query."""
    companies = {convention.company_id for convention in conventions}
    return list(Submission.objects.of(semester).filter(company__in=companies).select_related("campaign", "company"))


_NAMES = ("asked", "received", "validated", "late", "formless")


def _answer_of(semester: Semester, rank: int = 0) -> dict[str, FilteredRelation]:
    """What the company of a convention has of a semester, joined to it: one row at most, so that nothing is doubled."""
    of_semester = Q(company__submissions__semester=semester)
    return {f"answer_{rank}": FilteredRelation("company__submissions", condition=of_semester)}


def _kept(rank: int = 0) -> dict[str, Q]:
    """Which companies are counted under each name, as a condition on the answer joined to their conventions."""
    answer = f"answer_{rank}__"
    return {
        "asked": Q(),
        "received": is_received(answer),
        "validated": is_validated(answer),
        "late": is_late(answer),
        "formless": Q((f"{answer}pk", None)),
    }


def _companies(condition: Q) -> Any:  # Any: what Django calls an aggregate
    return Count("company", distinct=True, filter=condition)
