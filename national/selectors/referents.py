"""The référents of the préfectures, as the agency knows them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from accounts.models import User
from accounts.selectors.team import managed_by


def referents(user: User) -> QuerySet[User]:
    """Those in post; none for whoever does not manage them."""
    return managed_by(user).referents().select_related("department__region")


def referents_by_department(user: User, codes: Collection[str] | None = None) -> Mapping[str, tuple[User, ...]]:
    """The same, by the code of their département; of these alone, when they are told. One query."""
    found: dict[str, list[User]] = defaultdict(list)
    people = referents(user)
    for referent in people if codes is None else people.filter(department__in=codes):
        found[referent.department_id or ""].append(referent)
    return {code: tuple(people) for code, people in found.items()}
