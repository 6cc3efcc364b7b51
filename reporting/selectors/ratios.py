"""The ratios of a bilan: only companies that gave every term count, on both sides of the bar."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Sum, Value, When
from django.db.models.fields import DecimalField

from indicators.catalogue import RatioSpec, Term
from reporting.columns import RatioFigure
from reporting.selectors.figures import VALIDATED, results_of
from reporting.selectors.perimeter import Perimeter


@dataclass
class CompanyAnswers:
    """What one convention was asked and said in one semester, by code, and since its signature."""

    asked: set[str] = field(default_factory=set)
    given: dict[str, Decimal] = field(default_factory=dict)
    since_signature: Mapping[str, Decimal] = field(default_factory=dict)


def ratios_of(perimeter: Perimeter, previous: Perimeter) -> dict[str, list[RatioFigure]]:
    """The ratios by axis, in the order of the catalogue. Four queries."""
    now, before = _answers(perimeter), _answers(previous)
    by_axis: dict[str, list[RatioFigure]] = defaultdict(list)
    for rank, spec in enumerate(perimeter.ratios):
        by_axis[spec.axis.value].append(_ratio(spec, now, before, rank))
    return by_axis


def _ratio(spec: RatioSpec, now: list[CompanyAnswers], before: list[CompanyAnswers], rank: int) -> RatioFigure:
    codes = set(spec.codes)
    complete = [answers for answers in now if codes <= answers.given.keys()]
    complete_before = [answers for answers in before if codes <= answers.given.keys()]
    return RatioFigure(
        code=spec.code,
        label=spec.label,
        definition=spec.definition,
        rank=rank,
        numerator=_side(spec.numerator, complete, cumulated=spec.cumulated_numerator),
        denominator=_side(spec.denominator, complete, cumulated=False),
        previous_numerator=_side(spec.numerator, complete_before, cumulated=spec.cumulated_numerator),
        previous_denominator=_side(spec.denominator, complete_before, cumulated=False),
        respondents=len(complete),
        asked=sum(codes <= answers.asked for answers in now),
    )


def _side(terms: tuple[Term, ...], companies: list[CompanyAnswers], *, cumulated: bool) -> Decimal | None:
    """One side of the bar; None when no company gave every term."""
    if not companies:
        return None
    values = (
        term.sign * (company.since_signature if cumulated else company.given)[term.code]
        for company in companies
        for term in terms
    )
    return sum(values, Decimal(0))


def _answers(perimeter: Perimeter) -> list[CompanyAnswers]:
    """The answers to the terms of the ratios, convention by convention. Two queries."""
    codes = {code for ratio in perimeter.ratios for code in ratio.codes}
    counted = Case(When(VALIDATED, then=F("value")), default=Value(None), output_field=DecimalField())
    rows = (
        results_of(perimeter)
        .filter(semester=perimeter.semester, indicator__code__in=codes)
        .order_by()
        .values_list("submission__convention", "indicator__code", counted)
    )
    since = _since_signature(perimeter)
    companies: dict[Any, CompanyAnswers] = {}  # Any: identifiers
    for convention, code, value in rows:
        answers = companies.setdefault(convention, CompanyAnswers(since_signature=since[convention]))
        answers.asked.add(code)
        if value is not None:
            answers.given[code] = value
    return list(companies.values())


def _since_signature(perimeter: Perimeter) -> dict[Any, dict[str, Decimal]]:  # Any: identifiers
    """What each convention reported up to this semester, for the numerators that are summed since the signature."""
    codes = {term.code for ratio in perimeter.ratios if ratio.cumulated_numerator for term in ratio.numerator}
    rows = (
        results_of(perimeter)
        .filter(VALIDATED, indicator__code__in=codes)
        .up_to(perimeter.semester)
        .order_by()
        .values_list("submission__convention", "indicator__code")
        .annotate(total=Sum("value"))
    )
    found: dict[Any, dict[str, Decimal]] = defaultdict(dict)  # Any: identifiers
    for convention, code, total in rows:
        found[convention][code] = total
    return found
