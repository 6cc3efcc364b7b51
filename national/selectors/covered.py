"""How many companies the figures of a semester rest on, out of how many."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from french.numbers import format_number
from french.words import whole_percentage
from national.selectors.board import Line
from reporting.models import BilanDocument


@dataclass(frozen=True)
class Covered:
    """Companies whose figures are counted, out of those that had to report."""

    validated: int
    expected: int

    @property
    def share(self) -> str:
        """« 1 912 sur 2 204 »."""
        return f"{format_number(self.validated)} sur {format_number(self.expected)}"

    @property
    def percent(self) -> int:
        """For the bar."""
        return whole_percentage(self.validated, self.expected)


def covered(lines: Sequence[Line]) -> Covered:
    """As each bilan said where one was sent, as is known today elsewhere. One query."""
    sent = BilanDocument.objects.filter(bilan__in=[line.sent.pk for line in lines if line.sent])
    told = sent.aggregate(counted=Sum("validated", default=0), asked=Sum("expected", default=0))
    waited = sum(line.companies or 0 for line in lines if line.sent is None)
    return Covered(told["counted"], told["asked"] + waited)
