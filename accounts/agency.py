"""The national agency, by the name that it had on a day: the portal writes about semesters of before and after."""

from datetime import date

AGENCY = "Agence nationale"
"""Whatever the day: who writes its files, where its people work."""

_BRANDS = {
    "CGET": ("Commissariat", "général à l’égalité", "des territoires"),
    "ANCT": (AGENCY, "de la cohésion", "des territoires"),
}


def agency_on(day: date) -> str:
    """The CGET became the ANCT on 1 January 2020 (loi 2019-753)."""
    return "CGET" if day < date(2020, 1, 1) else "ANCT"


def brand_on(day: date) -> tuple[str, ...]:
    """The lines of its bloc-marque."""
    return _BRANDS[agency_on(day)]
