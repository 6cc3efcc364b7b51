"""Who gave what of the figures of a bilan: what its public version has to hide."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from companies.models import Company
from reporting.bilan import BilanData
from reporting.models import Bilan
from reporting.selectors.bilan import counted_for
from reporting.selectors.overlaps import values_of
from workflows.tables import WrongState

Answers = Mapping[str, Mapping[str, Decimal]]
"""By code and firm (a SIREN): establishments of one firm know each other's; « sans objet » and silence are nothing."""


def answers_of(bilan: Bilan, data: BilanData) -> Answers:
    """What adds up to the figures of the semester as they leave. Ten queries.

    Raises WrongState when it does not: somebody wrote between the two readings.
    """
    found = _answers(bilan, data.as_of)
    for figure in data.figures:
        if figure.semester != (sum(found[figure.code].values()) if figure.code in found else None):
            raise WrongState(["Un chiffre a changé pendant l’envoi\u00a0: rien n’est parti. Relisez ce qui part."])
    return found


def _answers(bilan: Bilan, on: date) -> Answers:
    now, ground = counted_for(bilan, on, leaving=True)
    firms = Company.objects.filter(department=bilan.department_id).order_by().values_list("pk", "legal_unit")
    firm_of = {str(company): firm for company, firm in firms}
    found: dict[str, dict[str, Decimal]] = {}
    for code, values in values_of(now, ground).items():
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for company, value in values.items():
            if value is not None:
                sums[firm_of[str(company)]] += value
        if sums:
            found[code] = dict(sums)
    return found
