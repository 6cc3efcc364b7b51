"""Box 6 of a bilan: the neighbourhoods of the département, typed by the préfecture or counted in the official list."""

from datetime import date

from django.db.models import Count

from reporting.bilan import Context
from territories.models import Department, DepartmentFigures, Qpv
from territories.semester import Semester

LAST_DAY_2014 = date(2023, 12, 31)
LAST_DAY_2014_OVERSEAS = date(2024, 12, 31)
"""Décret 2023-1314: the perimeters of 2014 held one year longer overseas."""


def context_of(department: Department, semester: Semester) -> Context:
    """The figures of the semester; the number of QPV falls back on the imported list. Two queries."""
    figures = DepartmentFigures.objects.filter(department=department, semester=semester).first()
    listed_count, listed_source = _listed(department, semester.end)
    figures = figures or DepartmentFigures()
    typed = figures.qpv_count is not None
    return Context(
        qpv_count=figures.qpv_count if typed else listed_count,
        qpv_source=figures.qpv_source if typed else listed_source,
        pru_count=figures.pru_count,
        pru_source=figures.pru_source,
        population=figures.population,
        population_year=figures.population_year,
        population_source=figures.population_source,
        defm=figures.defm,
        defm_date=figures.defm_date,
        defm_category=figures.get_defm_category_display(),
        defm_source=figures.defm_source,
        defm_reason="" if figures.defm is not None else figures.defm_reason,
    )


def geography_on(department: Department, day: date) -> str:
    """Which of the two successive lists of neighbourhoods held that day."""
    overseas = department.code.startswith(("97", "98"))
    last_day = LAST_DAY_2014_OVERSEAS if overseas else LAST_DAY_2014
    return Qpv.Geography.G2014 if day <= last_day else Qpv.Geography.G2024


def _listed(department: Department, day: date) -> tuple[int | None, str]:
    """How many the imported list holds, and what that list is; another geography says that it is another one."""
    rows = Qpv.objects.filter(department=department).order_by().values_list("geography").annotate(how_many=Count("pk"))
    counts: dict[str, int] = dict(rows)
    held = geography_on(department, day)
    if counts.get(held):
        return counts[held], f"liste officielle des quartiers prioritaires, géographie {held}"
    other = next(iter(sorted(counts)), None)
    if other is None:
        return None, ""
    return counts[other], f"liste officielle des quartiers prioritaires, géographie {other} (celle de {held} manque)"
