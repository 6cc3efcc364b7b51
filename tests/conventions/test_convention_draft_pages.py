"""The frame of a draft: created, changed, refused."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from conventions.models import Convention, Target
from tests.factories import CompanyFactory, ConventionFactory
from tests.pages import hidden_fields, page, post, signed_in, text

pytestmark = pytest.mark.usefixtures("today")

DRAFT_PAGES = ["convention_update", "convention_targets", "convention_commitments"]


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


def frame(**more):
    fields = {"starts_on": "2019-02-08", "axes": ["recruter"], "axes_reason": "Le cœur du métier."}
    return fields | more


def test_create_draws_up_a_draft_with_its_charter(cast):
    response = post(
        cast.referent,
        "convention_create",
        **frame(company=cast.company.pk, charter_reference="CEQ-7", charter_signed_on="2014-03-01"),
    )

    convention = cast.company.conventions.get()
    assert response.url == reverse("convention_targets", args=[convention.pk])
    assert (convention.state, convention.reference) == ("draft", "PAQTE-62-2019-001")
    assert (convention.charter.reference, convention.charter.signed_on) == ("CEQ-7", date(2014, 3, 1))


def test_create_proposes_the_company_and_its_charter(cast):
    cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))

    seen = text(page(cast.referent, "convention_create", company=cast.company.pk))

    assert f'<option value="{cast.company.pk}" selected>' in seen
    assert 'value="CEQ-7"' in seen


@pytest.mark.parametrize("company", ["", "abc", "00000000-0000-0000-0000-000000000000"])
def test_create_ignores_a_company_that_is_none(cast, company):
    assert page(cast.referent, "convention_create", company=company).status_code == 200


FOUR = "s’engage sur les quatre axes (circulaire, annexe 2 §2)"


def test_create_tells_at_once_who_takes_the_four_axes(cast):
    large = CompanyFactory(name="Aciérie Terril", category="GE", department=cast.company.department)

    opened = page(cast.referent, "convention_create", company=large.pk)
    refused = post(cast.referent, "convention_create", **frame(company=large.pk, charter_reference="CEQ-7"))

    assert "Aciérie Terril – Grande entreprise" in text(opened)
    assert "Aciérie Terril (Grande entreprise) retient les quatre." in text(opened)
    assert (refused.status_code, large.conventions.count()) == (422, 0)
    assert FOUR in text(refused)
    assert "Indiquez la date de la charte." in text(refused)


def test_a_draft_of_a_large_company_is_not_narrowed(cast):
    large = CompanyFactory(category="ETI", department=cast.company.department)
    draft = ConventionFactory(company=large, draft=True, axes=["sensibiliser", "former", "recruter", "acheter"])

    refused = post(cast.referent, "convention_update", draft.pk, **frame())

    assert (refused.status_code, draft.axes.count()) == (422, 4)
    assert FOUR in text(refused)


def test_create_refuses_a_foreign_company_as_an_unknown_one(cast):
    foreign = post(cast.referent, "convention_create", **frame(company=cast.other_company.pk))
    unknown = post(cast.referent, "convention_create", **frame(company=uuid4()))

    assert (foreign.status_code, unknown.status_code) == (422, 422)
    assert "Brasserie" not in text(foreign)
    assert Convention.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"axes": []}, "Cochez au moins un axe."),
        ({"axes": ["vendre"]}, "n’est pas, ou n’est plus, proposée"),
        ({"starts_on": "8 février"}, "Saisissez une date qui existe"),
        ({"starts_on": "1019-02-08"}, "Cette date est trop éloignée"),
        ({"charter_reference": "CEQ-7"}, "Indiquez la date de la charte."),
        ({"charter_signed_on": "2014-03-01"}, "Indiquez la référence de la charte."),
    ],
)
def test_create_refuses_what_cannot_be(cast, fields, sentence):
    response = post(cast.referent, "convention_create", **frame(company=cast.company.pk, **fields))

    assert response.status_code == 422
    assert sentence in text(response)
    assert Convention.objects.count() == 0


def test_create_refuses_an_overlap_and_records_no_charter(cast):
    ConventionFactory(company=cast.company)

    response = post(
        cast.referent,
        "convention_create",
        **frame(company=cast.company.pk, charter_reference="CEQ-7", charter_signed_on="2014-03-01"),
    )

    assert response.status_code == 422
    assert "deux conventions ne peuvent pas se chevaucher" in text(response)
    assert cast.company.charters.count() == 0


def test_create_without_any_company_says_what_to_do(cast):
    cast.company.delete()
    cast.rival_company.delete()

    assert "Enregistrez d’abord l’entreprise qui signe." in text(page(cast.referent, "convention_create"))


def test_update_changes_the_frame(cast):
    convention = ConventionFactory(company=cast.company, draft=True)

    shown = page(cast.referent, "convention_update", convention.pk)
    response = post(cast.referent, "convention_update", convention.pk, **frame(starts_on="2019-03-01"))

    convention.refresh_from_db()
    assert 'value="08/02/2019"' in text(shown)
    assert response.url == convention.get_absolute_url()
    assert (convention.starts_on, convention.ends_on) == (date(2019, 3, 1), date(2022, 2, 28))


def test_targets_that_go_with_an_axis_are_named_first(cast):
    targets = {("REC-02", 1): 4, ("REC-02", 2): 5, ("FOR-03", 1): 0, ("SEN-01", 1): 2}
    convention = ConventionFactory(
        company=cast.company, draft=True, axes=["sensibiliser", "former", "recruter"], targets=targets
    )

    asked = post(cast.referent, "convention_update", convention.pk, **frame(axes=["sensibiliser"]))
    before = Target.objects.of(convention).count()
    done = post(cast.referent, "convention_update", convention.pk, **hidden_fields(asked))

    assert '<li dir="auto">Former : 1 objectif</li>' in text(asked)
    assert '<li dir="auto">Recruter : 2 objectifs</li>' in text(asked)
    assert "Sensibiliser :" not in text(asked)
    assert (before, done.status_code, Target.objects.of(convention).count()) == (4, 302, 1)


def test_update_refuses_an_overlap(cast):
    ConventionFactory(company=cast.company)
    draft = ConventionFactory(company=cast.company, draft=True, starts_on=date(2022, 2, 8))

    response = post(cast.referent, "convention_update", draft.pk, **frame(starts_on="2021-01-01"))

    assert response.status_code == 422
    assert "se chevaucher" in text(response)


@pytest.mark.parametrize("name", DRAFT_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_draft_is_edited(cast, name, method):
    convention = ConventionFactory(company=cast.company)

    response = getattr(signed_in(cast.referent), method)(reverse(name, args=[convention.pk]))

    assert response.status_code == 409
    assert "Cette convention est signée" in text(response)
    assert f'href="{convention.get_absolute_url()}">Revenir à la convention</a>' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        *DRAFT_PAGES,
        "convention_prepare",
        "convention_resume",
        "convention_sign",
        "convention_terminate",
        "convention_renew",
    ],
)
@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor", "cget", "no_role"])
def test_only_the_referent_writes(cast, name, actor):
    convention = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])

    response = post(getattr(cast, actor), name, convention.pk)

    convention.refresh_from_db()
    assert response.status_code == 403
    assert convention.state == "draft"
