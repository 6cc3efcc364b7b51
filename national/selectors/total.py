"""What the agency's pages and files read: the sum of what was sent, and who is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from conventions.models import Convention
from indicators.models import CatalogueVersion
from national.selection import WHOLE, Selection
from national.totals import Versions, added_up, codes_of, last_sent, pks, shares, versions
from national.value import Consolidated, Missing, NationalTotal
from reporting.codec import from_json_value
from reporting.models import BilanDocument
from reporting.selectors.engaged import engaged_in
from territories.models import Department
from territories.semester import Semester


def nation(semester: Semester, selection: Selection = WHOLE, codes: Collection[str] | None = None) -> NationalTotal:
    """The sum of the last transmitted versions of a semester, and who is waited for. A constant number of queries.

    `codes` are the only indicators and ratios that are wanted: none of them, where who sent is all that is asked.
    """
    return _total(semester, selection, versions(semester, selection.within), codes)


def consolidated(semester: Semester, selection: Selection = WHOLE) -> Consolidated:
    """The same, with every bilan whole: some seconds and hundreds of megabytes for a whole country."""
    known = versions(semester, selection.within)
    rows = BilanDocument.objects.filter(bilan__in=pks(known.now)).order_by("bilan__department")
    return Consolidated(
        total=_total(semester, selection, known),
        headlines=CatalogueVersion.objects.in_force(on=semester.end).catalogue.headlines.nation,
        bilans=tuple(from_json_value(row) for row in rows.values_list("snapshot", flat=True).iterator(chunk_size=10)),
    )


Waited = Mapping[Semester, tuple[Department, ...]]
"""Who is waited for, by semester, in their order."""


def missing_by_semester(semesters: Collection[Semester], selection: Selection) -> Waited:
    """Those that had conventions and did not send, of the semesters that miss any. Three queries."""
    if not semesters:
        return {}
    engaged = engaged_in([*semesters], Convention.objects.all())
    sent = last_sent(max(semesters), selection.within)
    places = [place for place in Department.objects.order_by("code") if selection.holds(place.code)]
    found = {
        semester: tuple(
            place
            for place in places
            if engaged.get(place.code, {}).get(semester) and semester not in sent.get(place.code, {})
        )
        for semester in semesters
    }
    return {semester: missing for semester, missing in found.items() if missing}


def _total(
    semester: Semester, selection: Selection, known: Versions, codes: Collection[str] | None = None
) -> NationalTotal:
    lines = added_up(known, codes)
    return NationalTotal(
        semester=str(semester),
        shares=shares(known),
        figures=lines.figures,
        ratios=lines.ratios,
        older=_older(known),
        missing=tuple(_missing(semester, selection, codes_of(known.now))),
        scope=selection.name,
    )


def _older(known: Versions) -> tuple[str, ...]:
    names = Department.objects.filter(pk__in=codes_of(known.last)).order_by("pk").values_list("name", flat=True)
    return tuple(names) if known.last else ()


def _missing(semester: Semester, selection: Selection, sent: Collection[str]) -> Iterator[Missing]:
    """The one live part of the total: who would have sent it, and the companies that they would have counted."""
    companies: dict[str, list[str]] = defaultdict(list)
    expected = Convention.objects.expected_in(semester).exclude(company__department__in=sent)
    if selection.within is not None:
        expected = expected.filter(company__department__in=selection.within)
    rows = expected.order_by("company__department", "company__name_key", "company")
    for code, name, _ in rows.values_list("company__department", "company__name", "company").distinct():
        companies[code].append(name)
    for place in Department.objects.filter(pk__in=companies).select_related("region") if companies else ():
        yield Missing(
            code=place.code,
            name=place.name,
            region_code=place.region_id or "",
            region=place.region_name,
            companies=tuple(companies[place.code]),
        )
