"""Which territories have a PAQTE in a semester, and with how many companies: those of whom a bilan is waited for."""

from collections.abc import Mapping, Sequence

from django.db.models import Count

from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import in_force_between, last_day_of
from territories.semester import Semester

Engaged = Mapping[str, Mapping[Semester, int]]
"""Of each territory, its companies or its conventions in a semester; zero or absent: no PAQTE."""


def engaged_in(
    semesters: Sequence[Semester], conventions: ConventionQuerySet, *, counted: Semester | None = None
) -> Engaged:
    """How many companies have one of these conventions in `counted`, a renewal counts its company once.

    In other semesters, how many conventions. One query: to count companies in each would take it twice as long.
    """
    if not semesters:
        return {}
    in_force = {
        str(one): Count(
            "company" if one == counted else "pk", distinct=one == counted, filter=in_force_between(one.start, one.end)
        )
        for one in semesters
    }
    rows = conventions.signed().order_by().annotate(last_day=last_day_of())
    counts = rows.values_list("company__department").annotate(**in_force)
    return {code: dict(zip(semesters, numbers, strict=True)) for code, *numbers in counts}
