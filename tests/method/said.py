"""Who is asked what, and what a bilan knows that they said."""

from decimal import Decimal
from functools import lru_cache

from tests.method.days import before, days_in_force, end_of, engaged, engaged_on, first_day, last_day, tally
from tests.method.sample_catalogue import INDICATORS, RATIOS
from tests.method.scenario import Answer, Company, Department, Version


class Silent:
    """Asked or not, nothing validated."""


SILENT = Silent()


def version_at(company: Company, semester: str, bilan: str) -> Version | None:
    """The last validated version of a semester that the bilan knows."""
    known = [version for version in company.validated.get(semester, ()) if version.known_in <= bilan]
    return known[-1] if known else None


def cell(company: Company, code: str, semester: str, bilan: str) -> Answer | Silent:
    version = version_at(company, semester, bilan)
    return SILENT if version is None else version.answers.get(code, SILENT)


def value(company: Company, code: str, semester: str, bilan: str) -> Decimal | None:
    """The value given; None when silent or « sans objet »."""
    said = cell(company, code, semester, bilan)
    return None if said is None or isinstance(said, Silent) else Decimal(said)


def is_pending(company: Company, semester: str, bilan: str) -> bool:
    """Received and not validated."""
    return semester in company.received and version_at(company, semester, bilan) is None


def has_target(company: Company, code: str, semester: str) -> bool:
    """Whether a set in effect on a day of the semester gives the indicator a number, for any of its years."""
    return any(
        code in targets
        for convention in company.conventions
        for targets, _year, _days in tally(
            convention, first_day(semester), min(last_day(semester), end_of(convention)), last_day(semester)
        )
    )


@lru_cache(maxsize=4096)
def asked_codes(company: Company, semester: str) -> frozenset[str]:
    """Core of the signed axes, complements with a target, and what their ratios need."""
    axes = {
        axis for convention in company.conventions if days_in_force(convention, semester) for axis in convention.axes
    }
    asked = {code for code, one in INDICATORS.items() if one.axis in axes and one.core}
    asked |= {code for code in INDICATORS if has_target(company, code, semester)}
    for ratio in RATIOS.values():
        if all(code in asked for code in ratio.numerator):
            asked |= set(ratio.terms)
    return frozenset(asked)


def asked(company: Company, code: str, semester: str) -> bool:
    """A stock is asked of the companies engaged on the last day."""
    if not engaged(company, semester) or code not in asked_codes(company, semester):
        return False
    return INDICATORS[code].kind != "stock" or engaged_on(company, last_day(semester))


def reporters(department: Department, code: str, semester: str, bilan: str) -> dict[Company, Decimal]:
    """Companies and their value in a semester; for a stock, those engaged on its last day."""
    found = {}
    for company in department.companies:
        given = value(company, code, semester, bilan)
        if given is not None and asked(company, code, semester):
            found[company] = given
    return found


def comparable(department: Department, semester: str, bilan: str, *, provisional: bool) -> bool:
    """A draft says nothing of variations under 80 % of validated submissions."""
    there = [company for company in department.companies if engaged(company, semester)]
    validated = [company for company in there if version_at(company, semester, bilan) is not None]
    return not provisional or (bool(there) and len(validated) * 100 >= len(there) * 80)


def previous_reporters(department: Department, code: str, semester: str, bilan: str) -> dict[Company, Decimal]:
    return reporters(department, code, before(semester), bilan)
