"""What reporting reads: one bilan as a value, and the lists of its pages."""

from reporting.selectors.bilan import bilan_for, sent_version
from reporting.selectors.lists import examples_offered, former_bilan

__all__ = ["bilan_for", "examples_offered", "former_bilan", "sent_version"]
