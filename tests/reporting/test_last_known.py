"""A stock is the last value each convention gave: what SQL finds with a window, Python finds by walking the years."""

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from conventions.models import Convention
from reporting.selectors import bilan_for
from territories.semester import Semester
from tests.factories import BilanFactory, CampaignFactory, ConventionFactory, SubmissionFactory

SEMESTERS = tuple(Semester.parse(code) for code in ("2019-S1", "2019-S2", "2020-S1", "2020-S2", "2021-S1"))
CODES = ("FOR-02", "REC-05")
"""Two stocks: apprentices, and collaborators to train."""

Said = dict[tuple[Convention, str, Semester], Decimal]


def tell(chance: Random, convention: Convention, semester: Semester) -> Said:
    """One semester of one convention: no submission, one that does not count, or validated answers with gaps."""
    validated = chance.choice((True, True, True, False, None))
    if validated is None:
        return {}
    answers = {code: chance.choice((None, "Sans objet ici.", 0, chance.randrange(1, 90))) for code in CODES}
    campaign = CampaignFactory(semester=semester)
    if not validated:
        SubmissionFactory(convention=convention, campaign=campaign, transmitted=True, answers=answers)
        return {}
    SubmissionFactory(convention=convention, campaign=campaign, validated=True, answers=answers)
    return {(convention, code, semester): Decimal(said) for code, said in answers.items() if isinstance(said, int)}


def walked(said: Said, code: str, until: Semester) -> Decimal | None:
    """The last value of each convention, found semester by semester, and their sum; None when nobody gave any."""
    last: dict[Convention, Decimal] = {}
    for semester in SEMESTERS:
        if semester <= until:
            last |= {key[0]: value for key, value in said.items() if key[1:] == (code, semester)}
    return sum(last.values(), Decimal(0)) if last else None


@pytest.mark.parametrize("seed", range(6))
def test_the_last_known_value_is_the_one_that_walking_finds(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # the same stories at every run
    conventions = [ConventionFactory() for _ in range(5)]
    said: Said = {}
    for convention, semester in product(conventions, SEMESTERS):
        said |= tell(chance, convention, semester)

    for semester in SEMESTERS:
        figures = {item.code: item for item in bilan_for(BilanFactory(semester=semester), date(2021, 9, 1)).figures}

        assert {code: figures[code].cumulative for code in CODES} == {
            code: walked(said, code, semester) for code in CODES
        }
