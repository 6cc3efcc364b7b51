"""Numbers of what was sent, place by place and semester by semester, added up by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import attrgetter
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from national.selection import Selection
from national.totals import total
from reporting.figures import percent
from reporting.models import Bilan, SentLine
from territories.semester import Semester

AMOUNTS = ("value", "numerator", "denominator", "constant")
PARTS = (*AMOUNTS, "respondents", "not_applicable", "asked", "constant_companies")


@dataclass(frozen=True)
class Number:
    """One indicator or one ratio of some bilans, with how many companies it is about."""

    words: str
    """As `SentLine.words` keeps them."""
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    constant: Decimal | None
    """What changed since the semester before, for the companies that gave it in both."""
    respondents: int
    not_applicable: int
    asked: int
    constant_companies: int
    departments: int
    """In how many départements somebody gave it."""

    @property
    def percent(self) -> Decimal | None:
        """Of a ratio."""
        return percent(self.numerator, self.denominator)

    @property
    def answers(self) -> tuple[int, int, int]:
        """How many companies gave a value, how many were asked, how many said « sans objet »."""
        return self.respondents, self.asked, self.not_applicable


Documents = tuple[int, ...]
"""Of bilans that were sent, by number. What is counted of the same ones is counted once (decision 26)."""


def documents_of(selection: Selection, semester: Semester | None = None) -> Documents:
    """The last version of every bilan that was sent, of one semester or of all. One query."""
    bilans = Bilan.objects.latest_transmitted()
    if semester is not None:
        bilans = bilans.filter(semester=semester)
    if selection.within is not None:
        bilans = bilans.filter(department__in=selection.within)
    return tuple(bilans.order_by("document").values_list("document", flat=True))


def lines_of(documents: Documents) -> "QuerySet[SentLine]":
    """Every line of these."""
    return SentLine.objects.filter(document__in=documents)


def numbers(lines: "QuerySet[SentLine]", *by: str) -> Mapping[tuple[Any, ...], Number]:
    """The sums of these lines, by the values of these columns, whatever they hold. One query."""
    rows = (
        lines.order_by()
        .values(*by)
        .annotate(
            all_words=Min("words"),
            departments=Count("pk", filter=Q(respondents__gt=0)),
            **{f"sum_{name}": Sum(name) for name in PARTS},
        )
    )
    return {
        tuple(row[name] for name in by): Number(
            row["all_words"], **{name: row[f"sum_{name}"] for name in PARTS}, departments=row["departments"]
        )
        for row in rows
    }


def sum_of(found: Iterable[Number]) -> Number:
    """All of them together, no bilan in two; there is one at least."""
    every = list(found)
    added = {name: reduce(total, map(attrgetter(name), every)) for name in (*PARTS, "departments")}
    return Number(min(one.words for one in every), **added)
