"""The chartes Entreprises et Quartiers: those that no convention has taken the place of."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from companies.models import Charter
from conventions.models import Convention

CONVERTED_BY = date(2020, 1, 31)
"""Circulaire du 22 janvier 2019, annexe 2 §3: « en tout état de cause d’ici janvier 2020 »."""


def left_to_convert(charters: QuerySet[Charter], *, on: date) -> QuerySet[Charter]:
    """Those signed by that day, for which no convention was signed by then; a draft converts nothing yet."""
    conventions = Convention.objects.signed().filter(charter=OuterRef("pk"), signed_on__lte=on)
    return charters.filter(~Exists(conventions), signed_on__lte=on)
