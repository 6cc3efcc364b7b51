"""The lists of a bilan: who reported, what the circular asks to name, and the neighbourhoods of the département."""

from datetime import UTC, date, datetime
from decimal import Decimal

from companies.models import Charter, Company
from conventions.actions import submissions as collecting
from conventions.models import Result
from reporting.selectors import bilan_for
from territories.models import Qpv
from tests.cast import Cast
from tests.factories import (
    ActionExampleFactory,
    BilanFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFactory,
    DepartmentFiguresFactory,
    PartnerFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    answer_fields,
    place_of,
)

ON = date(2019, 9, 15)


def test_completeness_names_the_silent_and_the_pending():
    SubmissionFactory(convention=ConventionFactory(company__name="A Validée"), validated=True)
    SubmissionFactory(convention=ConventionFactory(company__name="B Transmise"), transmitted=True)
    SubmissionFactory(convention=ConventionFactory(company__name="C Renvoyée"), returned=True)
    SubmissionFactory(convention=ConventionFactory(company__name="D En saisie"))
    SubmissionFactory(
        convention=ConventionFactory(company__name="E En retard"), validated=True, first_transmitted_on=date(2019, 8, 1)
    )
    ConventionFactory(company__name="F Sans remontée")

    found = bilan_for(BilanFactory(), ON).completeness

    assert (found.expected, found.received, found.validated, found.late) == (6, 4, 2, 1)
    assert found.silent == ("D En saisie", "F Sans remontée")
    assert found.pending == ("B Transmise", "C Renvoyée")


def test_a_commitment_of_its_own_keeps_what_was_validated_while_it_is_corrected(cast: Cast):
    commitment = SpecificCommitmentFactory(convention=ConventionFactory(company=cast.company))
    submission = SubmissionFactory(convention=commitment.convention, transmitted=True)
    result = Result.objects.create(**place_of(submission), commitment=commitment, **answer_fields(12))
    at = datetime(2019, 9, 1, 9, tzinfo=UTC)
    collecting.validate(submission, at=at, by=cast.referent)
    collecting.reopen(submission, corrections={result.pk: "Vérifiez."}, comment="Une erreur.", at=at, by=cast.referent)
    Result.objects.filter(pk=result.pk).update(value=90)

    assert [line.cumulative for line in bilan_for(BilanFactory(), ON).specific] == [Decimal(12)]


def test_lists_of_the_circular():
    convention = ConventionFactory(company=CompanyFactory(name="Ateliers", category="TPE"))
    submission = SubmissionFactory(convention=convention, validated=True)
    ActionExampleFactory(submission=submission, title="Pris", in_bilan=True)
    ActionExampleFactory(submission=submission, title="Laissé", in_bilan=False)
    SpecificCommitmentFactory(convention=convention)
    PartnerFactory(name="Association du Terril", part="Parrainage")
    PartnerFactory(name="Du Nord", department=DepartmentFactory(nord=True))

    data = bilan_for(BilanFactory(), ON)

    assert [(line.company, line.category, line.axes) for line in data.signatories] == [
        ("Ateliers", "TPE", ("Former", "Recruter"))
    ]
    assert [example.title for axis in data.axes for example in axis.examples] == ["Pris"]
    assert [(line.unit, line.target, line.cumulative) for line in data.specific] == [
        ("demi-journées", Decimal(30), None)
    ]
    assert [(partner.name, partner.kind, partner.part) for partner in data.partners] == [
        ("Association du Terril", "association", "Parrainage")
    ]
    assert [(axis.label, axis.companies) for axis in data.axes] == [
        ("Sensibiliser", 0),
        ("Former", 1),
        ("Recruter", 1),
        ("Acheter", 0),
    ]


def test_number_of_neighbourhoods_comes_from_the_list_when_nobody_typed_it():
    department = DepartmentFactory()
    for code in ("QP062001", "QP062002"):
        Qpv.objects.create(code=code, geography="2014", name=code, department=department)
    Qpv.objects.create(code="QN06201M", geography="2024", name="QN06201M", department=department)

    bilan = BilanFactory()

    first = bilan_for(bilan, ON).context
    DepartmentFiguresFactory(qpv_count=64, qpv_source="ANCT")
    typed = bilan_for(bilan, ON).context

    assert (first.qpv_count, first.qpv_source) == (2, "liste officielle des quartiers prioritaires, géographie 2014")
    assert (first.population, first.defm) == (None, None)
    assert (typed.qpv_count, typed.qpv_source, typed.population, typed.population_year) == (64, "ANCT", 160000, 2013)


def charter(company: Company | None = None, signed_on: date = date(2017, 5, 12)) -> Charter:
    return Charter.objects.create(company=company or CompanyFactory(), reference="EQ-62-2017-01", signed_on=signed_on)


def test_signatures_are_counted_month_by_month_in_force_or_not():
    signed = {"starts_on": date(2019, 7, 1), "signed_on": date(2019, 6, 20)}
    ConventionFactory(signed_on=date(2019, 2, 8))
    converted = charter()
    ConventionFactory(signed_on=date(2019, 2, 15), company=converted.company, charter=converted)
    ConventionFactory(**signed)
    ConventionFactory(signed_on=date(2019, 2, 8), company__department=DepartmentFactory(nord=True))

    months = bilan_for(BilanFactory(), ON).signatures

    assert [(one.month, one.conventions, one.from_charter) for one in months] == [
        ("2019-01", 0, 0),
        ("2019-02", 2, 1),
        ("2019-03", 0, 0),
        ("2019-04", 0, 0),
        ("2019-05", 0, 0),
        ("2019-06", 1, 0),
    ]


def test_chartes_that_are_not_converted_are_counted():
    charter()
    charter(signed_on=date(2019, 7, 1))
    charter(CompanyFactory(department=DepartmentFactory(nord=True)))
    converted = charter()
    ConventionFactory(signed_on=date(2019, 2, 15), company=converted.company, charter=converted)

    assert bilan_for(BilanFactory(), ON).charters_left == 1


def test_who_left_is_marked_among_the_signatories():
    ConventionFactory(company__name="A Restée")
    ConventionFactory(company__name="B Résiliée", state="terminated", terminated_on=date(2019, 5, 31))

    found = bilan_for(BilanFactory(), ON).signatories

    assert [(line.company, line.left_on, line.departure, line.stays) for line in found] == [
        ("A Restée", None, "", True),
        ("B Résiliée", date(2019, 5, 31), "résiliée", False),
    ]
