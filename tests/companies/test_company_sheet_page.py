"""The sheet of a company: who opens it and what it shows."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.factories import S2_2019, CompanyFactory, ContactFactory, ConventionFactory, SubmissionFactory
from tests.pages import page, queries, text, without_token

HOSTILE = "<script>alert(1)</script> {{7*7}} " + "é" * 200


def test_sheet_makes_as_many_queries_for_one_as_for_thirty(cast, catalogue):
    ContactFactory(company=cast.company)
    ConventionFactory(company=cast.company)
    assert queries(cast.referent, "company_detail", cast.company.pk) == 17

    for _ in range(30):
        ContactFactory(company=cast.company)
    assert queries(cast.referent, "company_detail", cast.company.pk) == 17


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("referent", 200),
        ("lecteur", 200),
        ("animateur", 200),
        ("member", 200),
        ("contributor", 200),
        ("rival", 404),
        ("other_member", 404),
        ("other_referent", 404),
        ("cget", 403),
        ("no_role", 403),
    ],
)
def test_sheet_opens_to_whom_it_may(cast, actor, status):
    assert page(getattr(cast, actor), "company_detail", cast.company.pk).status_code == status


@pytest.mark.parametrize("name", ["company_detail", "company_update", "company_members", "company_contacts"])
def test_a_foreign_company_answers_as_one_that_does_not_exist(cast, name):
    foreign = page(cast.other_referent, name, cast.company.pk)
    unknown = page(cast.other_referent, name, uuid4())

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert without_token(foreign) == without_token(unknown)


def test_hostile_names_are_shown_literally(cast, catalogue):
    company = CompanyFactory(name=HOSTILE)
    ConventionFactory(company=company)

    for response in (
        page(cast.referent, "company_list"),
        page(cast.referent, "company_detail", company.pk),
        page(cast.referent, "company_update", company.pk),
        page(cast.referent, "company_members", company.pk),
    ):
        assert "<script>alert" not in text(response)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in text(response)


def test_sheet_shows_conventions_and_what_remains_of_the_charters(cast, catalogue):
    ConventionFactory(company=cast.company)
    cast.company.charters.create(reference="CEQ-7", signed_on="2014-03-01")

    seen = text(page(cast.lecteur, "company_detail", cast.company.pk))

    assert "CEQ-7, signée le 1er mars 2014" in seen
    assert "Former, Recruter" in seen
    assert "0 sur 0" in seen
    assert "Modifier" not in seen


def test_what_was_validated_stays_so_while_it_is_corrected(cast, catalogue):
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention, returned=True, counted_at=datetime(2019, 8, 2, 9, tzinfo=UTC))
    SubmissionFactory(convention=convention, campaign__semester=S2_2019, transmitted=True)

    assert "1 sur 2" in text(page(cast.lecteur, "company_detail", cast.company.pk))


@pytest.mark.parametrize(
    ("convention", "offered"),
    [
        (None, True),
        ({"starts_on": date(2018, 7, 10), "terminated": True}, True),
        ({}, False),
        ({"draft": True, "starts_on": date(2022, 2, 8)}, False),
    ],
)
def test_a_convention_is_prepared_where_none_runs(cast, catalogue, settings, convention, offered):
    settings.PAQTE_TODAY = date(2020, 7, 10)
    if convention is not None:
        ConventionFactory(company=cast.company, **convention)

    assert ("Préparer une convention" in text(page(cast.referent, "company_detail", cast.company.pk))) is offered
