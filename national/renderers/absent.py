"""Who is missing from a total, as every file names them: départements, and companies with the reason. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from national.value import NationalTotal

SILENT, PENDING, UNSENT = "silencieuse", "reçue, non validée", "bilan non transmis"


@dataclass(frozen=True)
class AbsentCompany:
    """A company whose figures are counted nowhere in the total, and why."""

    code: str
    department: str
    company: str
    why: str


def absent_companies(data: NationalTotal) -> Iterator[AbsentCompany]:
    """By département: first those of the bilans that were sent."""
    for share in data.shares:
        for why, names in ((SILENT, share.silent), (PENDING, share.pending)):
            yield from (AbsentCompany(share.code, share.name, name, why) for name in names)
    for place in data.missing:
        yield from (AbsentCompany(place.code, place.name, name, UNSENT) for name in place.companies)
