"""Ways of sorting that no field holds: the order in which people say the values of a choice."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, Value, When


def by_rank(path: str, values: Iterable[str]) -> Case:
    """The rows by the place of a field among its values, whatever their letters: TPE before PME, PME before ETI."""
    return by_case(Q((path, value)) for value in values)


def by_case(conditions: Iterable[Q]) -> Case:
    """The rows by the first of these conditions that they meet; those that meet none have no rank."""
    cases = (When(condition, then=Value(rank)) for rank, condition in enumerate(conditions))
    return Case(*cases, default=None, output_field=IntegerField())
