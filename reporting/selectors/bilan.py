"""Builds the value of a bilan from the database, in a constant number of queries."""

from dataclasses import replace
from datetime import date

from conventions.models import Convention
from indicators.specs import Axis
from reporting.bilan import SCHEMA, AxisSection, BilanData, PartnerLine, Place
from reporting.changes import changes
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument, Partner
from reporting.selectors.context import context_of
from reporting.selectors.figures import figures_of
from reporting.selectors.lists import completeness_of, earlier_versions, examples_of, signatories_of, specific_of
from reporting.selectors.perimeter import Perimeter, perimeter
from reporting.selectors.ratios import ratios_of
from territories.models import Department


def bilan_for(bilan: Bilan, on: date) -> BilanData:
    """What this version says with the figures of that day: only validated submissions count.

    A transmitted bilan is not computed again by the pages: they read its snapshot (`sent_version`).
    """
    department = Department.objects.select_related("region").get(pk=bilan.department_id)
    bilan.department = department
    now = perimeter(department.code, bilan.semester)
    data = BilanData(
        schema=SCHEMA,
        place=_place(department),
        semester=str(bilan.semester),
        version=bilan.version,
        as_of=on,
        transmitted_at=bilan.transmitted_at and department.local(bilan.transmitted_at),
        texts=bilan.texts,
        signatories=signatories_of(now),
        partners=_partners(department),
        axes=_axes(now, perimeter(department.code, bilan.semester.previous)),
        headlines=now.headlines,
        specific=specific_of(now),
        context=context_of(department, bilan.semester),
        completeness=completeness_of(now),
        sending_note=bilan.sending_note,
        versions=earlier_versions(bilan),
        changes=(),
    )
    former = sent_version(bilan, bilan.version - 1) if bilan.version > 1 else None
    return replace(data, changes=changes(former, data)) if former else data


def sent_version(bilan: Bilan, version: int) -> BilanData | None:
    """The value that was sent as this version of the same bilan; None when there is none. One query."""
    snapshot = (
        BilanDocument.objects.filter(
            bilan__department=bilan.department_id, bilan__semester=bilan.semester, bilan__version=version
        )
        .values_list("snapshot", flat=True)
        .first()
    )
    return None if snapshot is None else from_json_value(snapshot)


def _place(department: Department) -> Place:
    return Place(
        code=department.code,
        name=department.name,
        of_name=department.of_name,
        prefecture=department.prefecture,
        region_code=department.region.code if department.region else "",
        region=department.region.name if department.region else "",
    )


def _partners(department: Department) -> tuple[PartnerLine, ...]:
    return tuple(
        PartnerLine(name=partner.name, kind=partner.get_kind_display(), part=partner.part)
        for partner in Partner.objects.filter(department=department)
    )


def _axes(now: Perimeter, previous: Perimeter) -> tuple[AxisSection, ...]:
    figures, ratios, examples = figures_of(now, previous), ratios_of(now, previous), examples_of(now)
    return tuple(
        AxisSection(
            axis=axis.value,
            label=axis.label,
            companies=_companies(now.conventions, axis),
            figures=tuple(figures.get(axis.value, ())),
            ratios=tuple(ratios.get(axis.value, ())),
            examples=tuple(examples.get(axis.value, ())),
        )
        for axis in Axis
    )


def _companies(conventions: tuple[Convention, ...], axis: Axis) -> int:
    return sum(axis in convention.signed_axes() for convention in conventions)
