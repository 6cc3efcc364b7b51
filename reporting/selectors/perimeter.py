"""The conventions that a bilan is about, and the indicators it may print: what every figure of it is counted over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from companies.models import name_on
from conventions.models import Convention
from conventions.models.convention import ConventionQuerySet
from indicators.catalogue import Catalogue, IndicatorSpec, RatioSpec
from indicators.models import CatalogueVersion
from indicators.specs import Axis
from territories.semester import Semester


@dataclass(frozen=True)
class Perimeter:
    """The conventions in force at least one day of the semester, of one département or of those that somebody sees."""

    semester: Semester
    conventions: tuple[Convention, ...]
    names: Mapping[UUID, str]
    """How each company is called on the last day of the semester, by its identifier."""

    @cached_property
    def ids(self) -> list[UUID]:
        """Their identifiers, for the queries."""
        return [convention.pk for convention in self.conventions]

    @cached_property
    def catalogues(self) -> tuple[Catalogue, ...]:
        """The versions they are pinned to, the last published first; without a convention, the one in force then."""
        pinned = {convention.catalogue_id: convention.specification for convention in self.conventions}
        found = pinned.values() or [CatalogueVersion.objects.in_force(on=self.semester.end).catalogue]
        return tuple(sorted(found, key=lambda item: (item.published_on, item.version), reverse=True))

    @cached_property
    def axes(self) -> Mapping[UUID, tuple[Axis, ...]]:
        """The axes kept by each of them, by its identifier, in the order of the circular."""
        return {convention.pk: tuple(convention.signed_axes()) for convention in self.conventions}

    @cached_property
    def specs(self) -> tuple[IndicatorSpec, ...]:
        """The indicators that made sense during the semester, each « dont » after its total."""
        found: dict[str, IndicatorSpec] = {}
        for catalogue in self.catalogues:
            for spec in in_reading_order(catalogue.indicators):
                if spec.valid_during(self.semester.start, self.semester.end):
                    found.setdefault(spec.code, spec)
        return tuple(found.values())

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The codes of the figures that a bilan shows first, in order."""
        return tuple(dict.fromkeys(code for catalogue in self.catalogues for code in catalogue.headlines.bilan))

    @cached_property
    def ratios(self) -> tuple[RatioSpec, ...]:
        """The ratios, in order."""
        found: dict[str, RatioSpec] = {}
        for catalogue in self.catalogues:
            for ratio in catalogue.ratios:
                found.setdefault(ratio.code, ratio)
        return tuple(found.values())


def perimeter(department: str, semester: Semester) -> Perimeter:
    """The conventions of a département expected in a semester, by company; two queries."""
    return perimeter_of(Convention.objects.filter(company__department=department), semester)


def perimeter_of(conventions: ConventionQuerySet, semester: Semester) -> Perimeter:
    """Those of these conventions that are expected in a semester, by company; two queries."""
    expected = (
        conventions.expected_in(semester)
        .select_related("company", "charter")
        .prefetch_related("axes")
        .annotate(called=name_on(semester.end))
        .order_by(name_on(semester.end, field="name_key"), "company__siret", "starts_on", "pk")
    )
    names = {row.company_id: row.called for row in expected}  # type: ignore[attr-defined]  # annotated above
    return Perimeter(semester, tuple(expected), names)


def in_reading_order(specs: Sequence[IndicatorSpec]) -> Iterator[IndicatorSpec]:
    """The indicators with each part right after its whole, whatever the order of the catalogue."""
    yield from _below("", specs)


def _below(whole: str, specs: Sequence[IndicatorSpec]) -> Iterator[IndicatorSpec]:
    for spec in specs:
        if parent(spec) == whole:
            yield spec
            yield from _below(spec.code, specs)


def parent(spec: IndicatorSpec) -> str:
    """The whole under which a part is printed; what belongs to two wholes comes after the second."""
    return spec.part_of[-1] if spec.part_of else ""
