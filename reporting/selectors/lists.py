"""The lists of a bilan: signatories, examples, specific commitments, who reported, earlier versions."""

from collections.abc import Hashable, Iterator, Sequence
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from companies.models import name_on
from conventions.models import ActionExample, Convention, Result, SpecificCommitment
from conventions.selectors.returns import engaged_submissions
from indicators.specs import Kind
from reporting.bilan import (
    Completeness,
    EarlierVersion,
    Example,
    Movement,
    Outcome,
    Signatory,
    SpecificLine,
)
from reporting.method import Ground
from reporting.method.movements import Move, MovementKind, movements_of, since_launch
from reporting.models import Bilan, BilanDocument, PrefectureExample
from reporting.selectors.perimeter import Perimeter

LEAVING = frozenset({MovementKind.ENDED, MovementKind.TERMINATED})
"""The movements after which a company is no longer engaged."""


def signatories_of(ground: Ground, perimeter: Perimeter) -> tuple[Signatory, ...]:
    """Box 3, company after company, with those that left; no query."""
    left = {move.convention: move for move in movements_of(ground) if move.kind in LEAVING}
    by_company: dict[UUID, list[Convention]] = {}
    for convention in perimeter.conventions:
        by_company.setdefault(convention.company_id, []).append(convention)
    return tuple(
        _signatory(conventions, perimeter, left.get(conventions[-1].pk)) for conventions in by_company.values()
    )


def _signatory(conventions: Sequence[Convention], perimeter: Perimeter, departure: Move | None) -> Signatory:
    """One company under the last of its conventions; a renewal does not make it two."""
    last = conventions[-1]
    if last.signed_on is None:
        raise ValueError(f"{last.reference} is not signed")
    return Signatory(
        company=perimeter.names[last.company_id],
        siret=last.company.siret,
        category=last.company.category,
        town=last.company.town,
        reference=last.reference,
        axes=tuple(axis.label for axis in perimeter.axes[last.pk]),
        signed_on=last.signed_on,
        starts_on=last.starts_on,
        ends_on=last.effective_end,
        charter=next((one.charter.reference for one in conventions if one.charter), ""),
        stays=last.effective_end >= perimeter.semester.end,
        conventions=len(conventions),
        left_on=departure.on if departure else None,
        departure=departure.kind.value if departure else "",
        sector=last.company.get_sector_display(),
        naf=last.company.naf,
    )


def movements_listed(ground: Ground, perimeter: Perimeter) -> tuple[Movement, ...]:
    """Who enters, renews or leaves, day by day, with what it brought since the launch; no query."""
    conventions: dict[Hashable, Convention] = {one.pk: one for one in perimeter.conventions}
    listed = (
        Movement(
            company=perimeter.names[conventions[move.convention].company_id],
            reference=conventions[move.convention].reference,
            kind=move.kind.value,
            on=move.on,
            outcomes=tuple(_outcomes(ground, perimeter, move)),
        )
        for move in movements_of(ground)
        if move.convention in conventions
    )
    return tuple(sorted(listed, key=lambda movement: (movement.on, movement.reference)))


def _outcomes(ground: Ground, perimeter: Perimeter, move: Move) -> Iterator[Outcome]:
    """Of who goes on or leaves, what adds up over time; who enters has brought this semester only."""
    if move.kind is MovementKind.ENTERED:
        return
    specs = {spec.code: spec for spec in perimeter.specs}
    for code in perimeter.headlines:
        spec = specs.get(code)
        if spec and spec.kind is Kind.FLUX and not spec.distinct:
            value = since_launch(ground, move.company, code)
            if value is not None:
                yield Outcome(spec.label, spec.unit.symbol, value)


def examples_of(department: str, perimeter: Perimeter) -> dict[str, list[Example]]:
    """The examples that the référent took, as they were validated last, then those it tells itself, by axis.

    Two queries.
    """
    taken = ActionExample.objects.counted().filter(
        submission__convention__in=perimeter.ids, submission__semester=perimeter.semester, in_bilan=True
    )
    day = perimeter.semester.end
    words = (
        "counted_axis",
        name_on(day, company="submission__company__"),
        "counted_title",
        "counted_text",
        "publishable",
    )
    own = PrefectureExample.objects.filter(department=department, semester=perimeter.semester)
    by_axis: dict[str, list[Example]] = {}
    for axis, company, title, text, publishable in taken.order_by("counted_axis", "pk").values_list(*words):
        by_axis.setdefault(axis, []).append(Example(company, title, text, publishable))
    for axis, title, text, publishable in own.values_list("axis", "title", "text", "publishable"):
        by_axis.setdefault(axis, []).append(Example("", title, text, publishable, origin="prefecture"))
    return by_axis


def specific_of(perimeter: Perimeter) -> tuple[SpecificLine, ...]:
    """The commitments outside the catalogue, with what was done since the signature. One query."""
    day, path = perimeter.semester.end, "convention__company__"
    # A sum of its own for each: joined, the planner expects the results of the nation and compiles for them.
    done = Result.objects.filter(commitment=OuterRef("pk"), semester__lte=perimeter.semester).order_by()
    rows = (
        SpecificCommitment.objects.filter(convention__in=perimeter.ids)
        .annotate(cumulative=Subquery(done.values("commitment").values_list(Sum("counted_value"))))
        .order_by(name_on(day, company=path, field="name_key"), "pk")
        .values_list(name_on(day, company=path), "label", "unit", "target", "cumulative")
    )
    return tuple(SpecificLine(*row) for row in rows)


def completeness_of(perimeter: Perimeter) -> Completeness:
    """Who reported, company by company, in the words of `Returns`. One query; without a form a company is silent."""
    engaged = perimeter.names
    rows = {row.company_id: row for row in engaged_submissions(perimeter.conventions, perimeter.semester)}
    received = {company: row for company, row in rows.items() if row.is_received}
    return Completeness(
        expected=len(engaged),
        received=len(received),
        validated=sum(row.is_counted for row in received.values()),
        late=sum(row.is_late for row in received.values()),
        silent=tuple(name for company, name in engaged.items() if company not in received),
        pending=tuple(
            name for company, name in engaged.items() if company in received and not received[company].is_counted
        ),
    )


def earlier_versions(bilan: Bilan) -> tuple[EarlierVersion, ...]:
    """The versions already sent, the first one first. One query."""
    rows = (
        BilanDocument.objects.filter(
            bilan__department=bilan.department_id, bilan__semester=bilan.semester, bilan__version__lt=bilan.version
        )
        .order_by("bilan__version")
        .values_list("bilan__version", "bilan__transmitted_at", "sha256", "bilan__rectification_reason")
    )
    return tuple(
        EarlierVersion(number=number, transmitted_on=bilan.department.local(at).date(), sha256=sha256, reason=reason)
        for number, at, sha256, reason in rows
        if at is not None
    )


def former_bilan(bilan: Bilan) -> Bilan | None:
    """The last transmitted bilan of an earlier semester: where the texts of a new one come from. One query."""
    earlier = Bilan.objects.transmitted().filter(department=bilan.department_id, semester__lt=bilan.semester)
    return earlier.order_by("-semester", "-version").first()


def own_examples(bilan: Bilan) -> QuerySet[PrefectureExample]:
    """The examples that the préfecture tells of the semester itself."""
    return PrefectureExample.objects.filter(department=bilan.department_id, semester=bilan.semester)


def examples_offered(bilan: Bilan) -> QuerySet[ActionExample]:
    """The examples of the semester that were validated once, with their companies, axis by axis.

    One that its company corrects meanwhile is offered as it was validated, and stays in the bilan if it is there.
    """
    return (
        ActionExample.objects.counted()
        .filter(submission__company__department=bilan.department_id, submission__semester=bilan.semester)
        .select_related("submission__company")
        .order_by("counted_axis", "submission__company__name_key", "pk")
    )
