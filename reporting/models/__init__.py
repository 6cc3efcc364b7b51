"""Rows of this room: bilans, what was sent of them, and what was decided of double counts."""

from reporting.models.arbitration import Arbitration
from reporting.models.bilan import Bilan, BilanDocument, BilanLog, BilanQuerySet, Partner, SeededAccount

__all__ = [
    "Arbitration",
    "Bilan",
    "BilanDocument",
    "BilanLog",
    "BilanQuerySet",
    "Partner",
    "SeededAccount",
]
