"""Rows of this room: bilans, what was sent of them, and what was decided of double counts."""

from reporting.models.arbitration import Arbitration
from reporting.models.bilan import Bilan, BilanDocument, BilanFile, BilanLog, BilanQuerySet, SeededAccount
from reporting.models.example import PrefectureExample
from reporting.models.partner import Partner
from reporting.models.sending import Sending
from reporting.models.sent import SentAnswers, SentLine
from reporting.models.sent_example import SentExample
from reporting.models.sent_text import SentText

__all__ = [
    "Arbitration",
    "Bilan",
    "BilanDocument",
    "BilanFile",
    "BilanLog",
    "BilanQuerySet",
    "Partner",
    "PrefectureExample",
    "SeededAccount",
    "Sending",
    "SentAnswers",
    "SentExample",
    "SentLine",
    "SentText",
]
