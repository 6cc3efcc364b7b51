"""A bilan says what SQL and a hand calculation say, in as many queries for thirty companies as for one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from conventions.models import Submission
from indicators.catalogue import CatalogueError
from indicators.models import CatalogueVersion
from reporting.bilan import BilanData
from reporting.figures import Figure
from reporting.models import Bilan
from reporting.selectors import bilan_for
from reporting.selectors.perimeter import perimeter
from territories.semester import Semester
from tests.factories import (
    S1_2020,
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    DepartmentFactory,
    PartnerFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    TargetSetFactory,
)

ON = date(2019, 9, 15)
AFTER = date(2020, 9, 15)
"""Every campaign of 2019 is locked: nothing is provisional."""


def figure(data: BilanData, code: str) -> Figure:
    return next(item for item in data.figures if item.code == code)


def test_flux_is_summed_over_companies_and_semesters():
    one, other = ConventionFactory(), ConventionFactory()
    SubmissionFactory(convention=one, validated=True, answers={"REC-02": 3})
    SubmissionFactory(convention=other, validated=True, answers={"REC-02": 4})
    later = CampaignFactory(semester=S2_2019)
    SubmissionFactory(convention=one, campaign=later, validated=True, answers={"REC-02": 5})
    SubmissionFactory(convention=other, campaign=later, answers={"REC-02": None})

    found = figure(bilan_for(BilanFactory(semester=S2_2019), AFTER), "REC-02")

    assert (found.semester, found.cumulative, found.previous) == (Decimal(5), Decimal(12), Decimal(7))
    assert (found.respondents, found.asked) == (1, 2)
    # One gave it both times, 3 then 5; the other's 4 is lost.
    assert (found.constant, found.constant_companies) == (Decimal(2), 1)
    assert (found.arrivals, found.departures, found.silent) == (Decimal(0), Decimal(4), 1)


def test_first_semester_expects_143_days_of_the_first_year():
    ConventionFactory(targets={("REC-02", 1): 12, ("REC-02", 2): 12, ("REC-02", 3): 12})

    found = figure(bilan_for(BilanFactory(), ON), "REC-02")

    # 8 February to 30 June 2019 is 143 days of year 1.
    assert (found.objective, found.expected) == (Fraction(36), Fraction(12 * 143, 365))
    assert found.semester is None


def test_expectations_of_several_conventions_are_never_rounded():
    for _ in range(3):
        ConventionFactory(targets={("REC-02", 1): 12})

    found = figure(bilan_for(BilanFactory(), ON), "REC-02")

    assert (found.objective, found.expected, found.expected_companies) == (Fraction(36), Fraction(36 * 143, 365), 3)


def test_a_later_avenant_changes_no_earlier_bilan():
    # The worked example of METHOD: 12 a year, then 24 and 36 from 1 July 2021. Another of the same dates stays at 12.
    CampaignFactory(semester=S1_2020)
    dates = {"starts_on": date(2020, 1, 1), "signed_on": date(2020, 1, 1)}
    twelve = {("REC-02", year): 12 for year in (1, 2, 3)}
    amended, _other = ConventionFactory(**dates, targets=twelve), ConventionFactory(**dates, targets=twelve)
    before = promised("REC-02", Semester(2021, 1))
    more = {("REC-02", 1): 12, ("REC-02", 2): 24, ("REC-02", 3): 36, ("REC-08", 3): 2}

    TargetSetFactory(convention=amended, number=1, effective_on=date(2021, 7, 1), reason="effectif", targets=more)

    # 12 + 12 × 181 / 365 each.
    assert before == (Fraction(72), 2 * (12 + Fraction(12 * 181, 365)))
    assert promised("REC-02", Semester(2021, 1)) == before
    # Year 2 becomes 18.0493, the objective 66.0493; the other stays at 36.
    year_2 = Fraction(12 * 181 + 24 * 184, 365)
    assert promised("REC-02", Semester(2021, 2)) == (12 + year_2 + 36 + 36, 12 + year_2 + 24)
    assert promised("REC-08", Semester(2021, 1)) is None
    assert promised("REC-08", Semester(2021, 2)) == (Fraction(2), None)


def test_the_target_of_a_stock_is_that_of_the_set_in_effect_on_the_last_day():
    convention = ConventionFactory(targets={("FOR-03", 1): 5, ("FOR-03", 2): 6})
    TargetSetFactory(
        convention=convention, number=1, effective_on=date(2020, 1, 1), reason="site", targets={("FOR-03", 2): 9}
    )

    assert promised("FOR-03", S2_2019) == (None, Fraction(5))
    assert promised("FOR-03", S1_2020) == (None, Fraction(9))


def promised(code: str, semester: Semester) -> tuple[Fraction | None, Fraction | None] | None:
    """Objective and expectation to date; None when the bilan does not show the indicator."""
    figures = bilan_for(Bilan(department_id="62", semester=semester), ON).figures
    return next(((item.objective, item.expected) for item in figures if item.code == code), None)


def test_only_validated_figures_count():
    SubmissionFactory(convention=ConventionFactory(), transmitted=True, answers={"REC-02": 3})
    SubmissionFactory(convention=ConventionFactory(), returned=True, answers={"REC-02": 40})
    SubmissionFactory(convention=ConventionFactory(), answers={"REC-02": 500})

    found = figure(bilan_for(BilanFactory(), ON), "REC-02")

    assert (found.semester, found.cumulative, found.respondents, found.asked) == (None, None, 0, 3)
    assert (found.silent, found.pending) == (3, 2)


def test_zero_is_a_value_and_no_answer_is_none():
    SubmissionFactory(
        convention=ConventionFactory(), validated=True, answers={"REC-01": 0, "REC-02": "Aucune embauche."}
    )

    data = bilan_for(BilanFactory(), ON)

    assert (figure(data, "REC-01").semester, figure(data, "REC-01").respondents) == (Decimal(0), 1)
    assert (figure(data, "REC-02").semester, figure(data, "REC-02").respondents) == (None, 0)


def test_stock_says_what_is_reported_and_what_is_carried():
    one = ConventionFactory(axes=["former"], targets={("FOR-03", 1): 10, ("FOR-03", 2): 14})
    other = ConventionFactory()
    SubmissionFactory(convention=one, validated=True, answers={"FOR-03": 8})
    SubmissionFactory(convention=other, validated=True, answers={"FOR-03": 20})
    later = CampaignFactory(semester=S2_2019)
    SubmissionFactory(convention=one, campaign=later, validated=True, answers={"FOR-03": 9})
    SubmissionFactory(convention=other, campaign=later, answers={"FOR-03": None})

    found = figure(bilan_for(BilanFactory(semester=S2_2019), AFTER), "FOR-03")

    assert (found.semester, found.respondents, found.asked, found.previous) == (Decimal(9), 1, 2, Decimal(28))
    assert (found.last_known, found.carried, found.carried_companies) == (Decimal(29), Decimal(20), 1)
    # 31 December 2019 falls in the first year; the target is one company's, and so is what is set against it.
    assert (found.expected, found.tracked) == (Fraction(10), Decimal(9))


def test_a_reopened_submission_still_counts_as_it_was_validated():
    submission = SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-02": 3})
    submission.results.filter(indicator__code="REC-02").update(value=40)
    Submission.objects.filter(pk=submission.pk).update(
        state="returned", validated_at=None, returned_at=datetime(2019, 9, 1, tzinfo=UTC)
    )

    data = bilan_for(BilanFactory(), ON)

    assert figure(data, "REC-02").semester == Decimal(3)


def test_what_a_company_gave_after_the_end_of_its_convention_does_not_count():
    over = ConventionFactory(terminated=True)  # on 31 December 2019, known after it answered the next semester
    for semester, value in ((S2_2019, 2), (S1_2020, 7)):
        SubmissionFactory(convention=over, campaign__semester=semester, validated=True, answers={"REC-02": value})
    SubmissionFactory(convention=ConventionFactory(), campaign__semester=S1_2020, validated=True, answers={"REC-02": 1})

    found = figure(bilan_for(BilanFactory(semester=S1_2020), date(2021, 1, 1)), "REC-02")

    assert (found.semester, found.respondents, found.asked) == (Decimal(1), 1, 1)
    assert (found.cumulative, found.previous, found.departures) == (Decimal(3), Decimal(2), Decimal(2))


def test_yes_no_counts_the_companies_that_said_yes():
    for answer in (1, 1, 0):
        SubmissionFactory(
            convention=ConventionFactory(targets={("REC-07", 1): 1}), validated=True, answers={"REC-07": answer}
        )

    found = figure(bilan_for(BilanFactory(), ON), "REC-07")

    assert (found.semester, found.respondents, found.cumulative) == (Decimal(2), 3, None)
    assert (found.expected, found.tracked) == (Fraction(3), Decimal(2))


def test_perimeter_is_the_conventions_in_force_during_the_semester():
    ConventionFactory(company__name="Présente")
    ConventionFactory(company__name="Résiliée en décembre", terminated=True)
    ConventionFactory(company__name="Brouillon", draft=True)
    ConventionFactory(company__name="Future", starts_on=date(2020, 7, 1), signed_on=date(2020, 6, 1))
    ConventionFactory(company__name="Du Nord", company__department=DepartmentFactory(nord=True))

    assert names(bilan_for(BilanFactory(semester=S2_2019), ON)) == ["Présente", "Résiliée en décembre"]
    assert names(bilan_for(BilanFactory(semester=S1_2020), ON)) == ["Présente"]


def test_a_perimeter_without_convention_takes_the_catalogue_in_force_then():
    CatalogueVersion.objects.create(code="paqte-2031", published_on=date(2031, 1, 1))

    assert [catalogue.version for catalogue in perimeter("62", S1_2020).catalogues] == ["paqte-2018"]
    with pytest.raises(CatalogueError, match="paqte-2031"):  # published, and without its file
        _ = perimeter("62", Semester(2031, 1)).catalogues


def names(data: BilanData) -> list[str]:
    return [line.company for line in data.signatories]


def test_parts_come_after_their_total():
    ConventionFactory(axes=["sensibiliser"], targets={("ACH-05", 1): 1})

    data = bilan_for(BilanFactory(), ON)

    order = [(item.code, item.depth) for item in data.figures]
    assert order == [
        ("SEN-01", 0),
        ("SEN-04", 0),
        ("SEN-02", 1),
        ("SEN-03", 1),
        ("SEN-06", 0),
        ("SEN-07", 0),
        ("FOR-02", 0),
        ("FOR-03", 1),
        ("FOR-04", 0),
        ("FOR-05", 1),
        ("REC-01", 0),
        ("REC-02", 1),
        ("REC-04", 2),
        ("REC-05", 0),
        ("REC-06", 0),
        ("REC-07", 0),
        ("ACH-01", 0),
        ("ACH-02", 1),
        ("ACH-03", 0),
        ("ACH-04", 0),
        ("ACH-05", 1),
        ("ACH-07", 0),
    ]


@pytest.mark.parametrize("companies", [0, 1, 30])
def test_bilan_takes_the_same_number_of_queries(companies: int, django_assert_num_queries):
    for _ in range(companies):
        submission = SubmissionFactory(
            convention=ConventionFactory(), validated=True, answers={"REC-01": 5, "REC-02": 2, "FOR-02": 3}
        )
        ActionExampleFactory(submission=submission, in_bilan=True)
        SpecificCommitmentFactory(convention=submission.convention)
        PartnerFactory()
    bilan = BilanFactory()
    expected = 22 if companies == 0 else 25

    with django_assert_num_queries(expected):
        bilan_for(bilan, ON)


def test_transmission_is_told_in_local_time():
    bilan = BilanFactory(
        department=DepartmentFactory(reunion=True),
        state="transmitted",
        transmitted_at=datetime(2019, 9, 15, 22, 30, tzinfo=UTC),
    )

    data = bilan_for(bilan, ON)

    assert data.transmitted_at is not None
    assert data.transmitted_at.isoformat() == "2019-09-16T02:30:00+04:00"
