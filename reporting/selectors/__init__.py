"""What reporting reads: one bilan as a value, and the lists of its pages."""

from reporting.selectors.alarm import alarm_for, alarm_of
from reporting.selectors.bilan import bilan_for, sent_version, value_of
from reporting.selectors.composer import composer_for, missing_to_send
from reporting.selectors.departure import departure_for
from reporting.selectors.lists import examples_offered, former_bilan
from reporting.selectors.overlaps import group_overlap
from reporting.selectors.overview import campaign_lines, department_lines

__all__ = [
    "alarm_for",
    "alarm_of",
    "bilan_for",
    "campaign_lines",
    "composer_for",
    "department_lines",
    "departure_for",
    "examples_offered",
    "former_bilan",
    "group_overlap",
    "missing_to_send",
    "sent_version",
    "value_of",
]
