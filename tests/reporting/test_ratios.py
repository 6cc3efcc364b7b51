"""The ratios of a bilan, read from the database: only companies that gave every term, on both sides of the bar."""

from datetime import date
from decimal import Decimal

from reporting.bilan import BilanData
from reporting.figures import RatioFigure
from reporting.selectors import bilan_for
from tests.factories import S2_2019, BilanFactory, CampaignFactory, ConventionFactory, SubmissionFactory

ON = date(2019, 9, 15)


def ratio(data: BilanData, code: str) -> RatioFigure:
    return next(item for item in data.ratios if item.code == code)


def test_ratio_leaves_out_companies_that_gave_one_term_only():
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 40, "REC-02": 10})
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 10, "REC-02": 9})
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 1000, "REC-02": "Inconnu."})

    found = ratio(bilan_for(BilanFactory(), ON), "RAT-05")

    # (10 + 9) / (40 + 10), neither 19 / 1050 nor the mean of 25 % and 90 %.
    assert (found.numerator, found.denominator, found.percent) == (Decimal(19), Decimal(50), Decimal("38.0"))
    assert (found.respondents, found.asked) == (2, 3)


def test_ratio_with_a_cumulated_numerator():
    convention = ConventionFactory()
    SubmissionFactory(convention=convention, validated=True, answers={"REC-06": 10, "REC-05": 50})
    SubmissionFactory(
        convention=convention,
        campaign=CampaignFactory(semester=S2_2019),
        validated=True,
        answers={"REC-06": 5, "REC-05": 60},
    )

    found = ratio(bilan_for(BilanFactory(semester=S2_2019), ON), "RAT-07")

    assert (found.numerator, found.denominator, found.percent) == (Decimal(15), Decimal(60), Decimal("25.0"))
    assert found.previous == Decimal("20.0")


def test_inclusive_purchases_count_the_common_amount_once():
    SubmissionFactory(
        convention=ConventionFactory(axes=["acheter"], targets={}),
        validated=True,
        answers={"ACH-03": Decimal("1234.50"), "ACH-04": 1000, "ACH-05": Decimal("234.50"), "ACH-06": 8000},
    )

    found = ratio(bilan_for(BilanFactory(), ON), "RAT-09")

    assert (found.numerator, found.percent) == (Decimal(2000), Decimal("25.0"))
