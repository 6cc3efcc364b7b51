"""Scenarios as bilans that were sent, for the sums of the nation: figures of the core in an otherwise empty bilan."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.specs import Axis
from national.selectors.total import nation
from national.value import NationalTotal
from reporting.bilan import AxisSection, BilanData
from territories.semester import Semester
from tests.factories import DepartmentFactory
from tests.method.days import before
from tests.method.engines import CATALOGUE, SPECS, by_core
from tests.method.scenario import Department
from tests.method.writing import write_sent
from tests.national.fold import Sent, consolidate
from tests.reporting.samples import of_department, sample

RATIOS = [one for one in CATALOGUE.ratios if set(one.codes) <= SPECS.keys()]


def national(departments: Sequence[Department], semester: str) -> NationalTotal:
    """The fold of what these départements sent, that the sums of the database are set beside."""
    found = [_sent(f"{rank:02d}", one, semester) for rank, one in enumerate(departments, 1)]
    return consolidate(found, semester=semester)


def national_by_database(departments: Sequence[Department], semester: str) -> NationalTotal:
    """The same through the database: written, sent semester after semester, added up."""
    for rank, department in enumerate(departments, 1):
        write_sent(department, DepartmentFactory(code=f"{rank:02d}", name=f"Département {rank:02d}"), semester)
    return nation(Semester.parse(semester))


def _sent(code: str, department: Department, semester: str) -> Sent:
    known = {one: _bilan(code, department, one) for one in department.sent if one <= semester}
    return Sent(known.get(semester), known.get(before(semester)), known[max(known)] if known else None)


def _bilan(code: str, department: Department, semester: str) -> BilanData:
    found = by_core(department, semester)
    axes = (
        AxisSection(
            axis=axis.value,
            label=axis.label,
            companies=0,
            figures=tuple(figure for name, figure in found.figures.items() if SPECS[name].axis is axis),
            ratios=tuple(found.ratios[one.code] for one in RATIOS if one.axis is axis),
            examples=(),
        )
        for axis in Axis
    )
    return replace(of_department(sample(0), code), semester=semester, axes=tuple(axes))
