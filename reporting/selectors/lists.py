"""The lists of a bilan: signatories, examples, specific commitments, who reported, earlier versions."""

from django.db.models import Q, QuerySet, Sum

from conventions.models import ActionExample, Convention, SpecificCommitment
from conventions.selectors.returns import engaged_submissions
from conventions.transitions import SubmissionState
from reporting.bilan import Completeness, EarlierVersion, Example, Signatory, SpecificLine
from reporting.models import Bilan, BilanDocument
from reporting.selectors.perimeter import Perimeter


def signatories_of(perimeter: Perimeter) -> tuple[Signatory, ...]:
    """Box 3; no query."""
    return tuple(_signatory(convention) for convention in perimeter.conventions)


def _signatory(convention: Convention) -> Signatory:
    company = convention.company
    if convention.signed_on is None:
        raise ValueError(f"{convention.reference} is not signed")
    return Signatory(
        company=company.name,
        siret=company.siret,
        category=company.category,
        town=company.town,
        reference=convention.reference,
        axes=tuple(axis.label for axis in convention.signed_axes()),
        signed_on=convention.signed_on,
        starts_on=convention.starts_on,
        ends_on=convention.effective_end,
        charter=convention.charter.reference if convention.charter else "",
    )


def examples_of(perimeter: Perimeter) -> dict[str, list[Example]]:
    """The examples that the référent took, by axis. One query."""
    rows = ActionExample.objects.filter(
        submission__convention__in=perimeter.ids,
        submission__semester=perimeter.semester,
        submission__state=SubmissionState.VALIDATED,
        in_bilan=True,
    ).values_list("axis", "submission__company__name", "title", "text")
    by_axis: dict[str, list[Example]] = {}
    for axis, company, title, text in rows:
        by_axis.setdefault(axis, []).append(Example(company=company, title=title, text=text))
    return by_axis


def specific_of(perimeter: Perimeter) -> tuple[SpecificLine, ...]:
    """The commitments outside the catalogue, with what was done since the signature. One query."""
    counted = Q(
        results__submission__state=SubmissionState.VALIDATED,
        results__status="value",
        results__semester__lte=perimeter.semester,
    )
    rows = (
        SpecificCommitment.objects.filter(convention__in=perimeter.ids)
        .annotate(cumulative=Sum("results__value", filter=counted))
        .order_by("convention__company__name_key", "pk")
        .values_list("convention__company__name", "label", "unit", "target", "cumulative")
    )
    return tuple(SpecificLine(*row) for row in rows)


def completeness_of(perimeter: Perimeter) -> Completeness:
    """Who reported, company by company, in the words of `Returns`. One query; without a form a company is silent."""
    engaged = {convention.company_id: convention.company.name for convention in perimeter.conventions}
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


def examples_offered(bilan: Bilan) -> QuerySet[ActionExample]:
    """The examples told in the validated submissions of the semester, with their companies."""
    return ActionExample.objects.filter(
        submission__company__department=bilan.department_id,
        submission__semester=bilan.semester,
        submission__state=SubmissionState.VALIDATED,
    ).select_related("submission__company")
