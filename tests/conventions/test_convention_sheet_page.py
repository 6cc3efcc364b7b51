"""The sheet of a convention: who opens it, what it shows, what it offers."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from conventions.models import ConventionLog
from territories.semester import Semester
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
)
from tests.pages import page, post, queries, text, without_token

pytestmark = pytest.mark.usefixtures("today")

DRAFT_PAGES = ["convention_update", "convention_targets", "convention_commitments"]
HOSTILE = "<script>alert(1)</script> {{7*7}}"


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("referent", 200),
        ("lecteur", 200),
        ("animateur", 200),
        ("member", 200),
        ("contributor", 200),
        ("cget", 403),
        ("rival", 404),
        ("other_member", 404),
        ("other_referent", 404),
        ("no_role", 403),
    ],
)
def test_sheet_opens_to_whom_it_may(cast, actor, status):
    convention = ConventionFactory(company=cast.company)

    assert page(getattr(cast, actor), "convention_detail", convention.pk).status_code == status


@pytest.mark.parametrize("name", ["convention_detail", *DRAFT_PAGES, "convention_sign", "convention_terminate"])
def test_a_foreign_convention_answers_as_one_that_does_not_exist(cast, name):
    convention = ConventionFactory(company=cast.company, draft=True)

    foreign, unknown = page(cast.other_referent, name, convention.pk), page(cast.other_referent, name, uuid4())

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert without_token(foreign) == without_token(unknown)


def test_sheet_of_a_draft_lists_what_is_missing_and_disables_the_step(cast):
    convention = ConventionFactory(company=cast.company, draft=True, targets={})

    seen = text(page(cast.referent, "convention_detail", convention.pk))

    assert "Fixez au moins un objectif pour l’axe « Former »." in seen
    assert "disabled aria-describedby" in seen
    assert reverse("convention_prepare", args=[convention.pk]) not in seen


def test_sheet_of_a_complete_draft_offers_the_step(cast):
    convention = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])

    seen = text(page(cast.referent, "convention_detail", convention.pk))

    assert f'action="{reverse("convention_prepare", args=[convention.pk])}"' in seen
    assert "Il manque encore" not in seen


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor"])
def test_sheet_offers_no_step_to_a_reader(cast, actor):
    convention = ConventionFactory(company=cast.company)

    sheet = page(getattr(cast, actor), "convention_detail", convention.pk).context_data["sheet"]

    assert (sheet.steps, sheet.may_edit, sheet.may_renew) == ((), False, False)


def test_sheet_shows_targets_commitments_submissions_and_journal(cast):
    convention = ConventionFactory(
        company=cast.company, targets={("REC-02", 1): 0, ("REC-02", 2): 1500, ("REC-07", 1): 1}
    )
    SpecificCommitmentFactory(convention=convention)
    submission = SubmissionFactory(convention=convention, transmitted=True)
    post(cast.referent, "convention_terminate", convention.pk, on="2019-12-31", comment="Fermeture du site.")

    seen = text(page(cast.member, "convention_detail", convention.pk))

    assert "<td>0</td><td>1\u202f500</td><td>–</td>" in re.sub(r">\s+<", "><", seen)
    assert "oui" in seen
    assert "Prêter une salle aux associations du quartier" in seen
    assert submission.get_absolute_url() in seen
    assert "1er semestre 2019" in seen
    assert "Fermeture du site." in seen
    who = f'<span dir="auto">{cast.referent.bare_name}</span>'
    assert f"<strong>Résiliée</strong> par {who} le 10 juillet 2020 à" in seen


def test_sheet_tells_where_a_convention_comes_from_and_goes_to(cast):
    charter = cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))
    convention = ConventionFactory(company=cast.company, charter=charter)
    response = post(cast.referent, "convention_renew", convention.pk)
    renewal = convention.renewal

    assert response.url == reverse("convention_targets", args=[renewal.pk])
    assert "CEQ-7" in text(page(cast.referent, "convention_detail", convention.pk))
    assert renewal.reference in text(page(cast.referent, "convention_detail", convention.pk))
    assert convention.reference in text(page(cast.referent, "convention_detail", renewal.pk))


def test_sheet_makes_as_many_queries_for_few_rows_as_for_many(cast):
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention)
    assert queries(cast.referent, "convention_detail", convention.pk) == 16

    for number in range(30):
        SpecificCommitmentFactory(convention=convention)
        ConventionLog.objects.create(
            convention=convention, at=convention.created_at, by=cast.referent, transition="creer", to_state="draft"
        )
        if number < 3:
            SubmissionFactory(convention=convention, campaign=CampaignFactory(semester=Semester(2020 + number, 2)))
    assert queries(cast.referent, "convention_detail", convention.pk) == 16


def test_hostile_names_are_shown_literally(cast):
    company = CompanyFactory(name=HOSTILE, legal_unit__name=HOSTILE)
    draft = ConventionFactory(company=company, draft=True, axes=["recruter"], axes_reason=HOSTILE)
    SpecificCommitmentFactory(convention=draft, label=HOSTILE, unit=HOSTILE)

    for name in ("convention_detail", *DRAFT_PAGES):
        seen = text(page(cast.referent, name, draft.pk))
        assert "<script>alert" not in seen
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in seen
