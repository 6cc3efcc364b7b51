"""What part of the country a page or a file is about: all of it, a région, some départements; said in the address."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from territories.models import Department, Region

COUNTRY = "France"
NAMED = 3
"""As many départements are named one by one; more are counted."""


class BadSelection(ValueError):
    """The address chooses what does not exist, or two things; the message says so in French."""


@dataclass(frozen=True)
class Selection:
    """The départements that are added up."""

    name: str = COUNTRY
    region: str = ""
    """The code of the région, when it is one."""
    departments: tuple[str, ...] = ()
    """The codes that were chosen one by one."""
    within: frozenset[str] | None = None
    """Every code of it; None: all there are."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What says it in the query of an address; nothing for the country."""
        if self.region:
            return (("region", self.region),)
        return tuple(("departement", code) for code in self.departments)

    @property
    def text(self) -> str:
        """The same as one text: « departement=59&departement=62 »."""
        return urlencode(self.pairs)

    @property
    def query(self) -> str:
        """The same at the end of an address."""
        return f"?{self.text}" if self.pairs else ""

    @property
    def slug(self) -> str:
        """Its part of the name of a file: « national », « region-32 », « departements-59-62 »."""
        if self.region:
            return f"region-{self.region}"
        if len(self.departments) > NAMED:
            return f"{len(self.departments)}-departements"
        return "-".join(["departements", *self.departments]) if self.departments else "national"

    def holds(self, department: str) -> bool:
        """Whether a département is in it."""
        return self.within is None or department in self.within


WHOLE = Selection()


def selection_of(query: QueryDict) -> Selection:
    """What an address asks for: `region=32`, or `departement=62` as often as one likes. Raises BadSelection."""
    return chosen(query.get("region", ""), query.getlist("departement"))


def chosen(region: str, departments: Iterable[str]) -> Selection:
    """The same by its codes. Raises BadSelection."""
    codes = sorted({code for code in departments if code})
    if region and codes:
        raise BadSelection("L’adresse demande une région et des départements\u00a0: choisissez l’un ou les autres.")
    if region:
        return _region(region)
    return _departments(codes) if codes else WHOLE


def _region(code: str) -> Selection:
    found = Region.objects.filter(pk=code).first() if "\0" not in code else None
    if found is None:
        raise BadSelection("L’adresse demande une région qui n’existe pas\u00a0: choisissez-la dans la liste.")
    within = frozenset(found.departments.values_list("pk", flat=True))
    return Selection(found.name, region=found.code, within=within)


def _departments(codes: list[str]) -> Selection:
    known = [code for code in codes if "\0" not in code]
    found = list(Department.objects.filter(pk__in=known))
    if len(found) < len(codes):
        raise BadSelection("L’adresse demande un département qui n’existe pas\u00a0: choisissez-le dans la liste.")
    chosen = tuple(one.code for one in found)
    name = ", ".join(map(str, found)) if len(found) <= NAMED else f"{len(found)} départements choisis"
    return Selection(name, departments=chosen, within=frozenset(chosen))
