"""How the commitment grows: conventions signed month after month, and the chartes that are not converted yet."""

from collections import Counter

from companies.models import Charter
from conventions.models import Convention
from conventions.selectors.charters import left_to_convert
from reporting.bilan import MonthSigned
from territories.models import Department
from territories.semester import Semester


def signatures_of(department: Department, semester: Semester) -> tuple[MonthSigned, ...]:
    """Each month of the semester, in order, with the conventions signed in it, in force yet or not. One query."""
    rows = (
        Convention.objects.signed()
        .filter(company__department=department, signed_on__range=(semester.start, semester.end))
        .values_list("signed_on__month", "charter")
    )
    signed = Counter(month for month, _ in rows)
    converted = Counter(month for month, charter in rows if charter)
    return tuple(
        MonthSigned(f"{semester.start.year}-{month:02d}", signed[month], converted[month])
        for month in range(semester.start.month, semester.end.month + 1)
    )


def charters_left(department: Department, semester: Semester) -> int:
    """The chartes of the département for which no convention was signed by the last day. One query."""
    return left_to_convert(Charter.objects.filter(company__department=department), on=semester.end).count()
