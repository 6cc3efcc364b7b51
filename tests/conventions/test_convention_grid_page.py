"""The grid of targets and the commitments of a company of its own."""

from datetime import date

import pytest

from conventions.models import Target
from tests.factories import (
    CompanyFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
)
from tests.pages import hidden_fields, page, post, queries, text

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


def targets(convention):
    rows = Target.objects.of(convention).order_by("indicator__code", "year")
    return list(rows.values_list("indicator__code", "year", "value"))


def test_grid_saves_french_numbers_zero_and_blank(cast):
    draft = ConventionFactory(
        company=cast.company, draft=True, axes=["recruter", "acheter"], targets={("REC-02", 3): 9}
    )

    response = post(
        cast.referent,
        "convention_targets",
        draft.pk,
        **{
            "REC-02-1": "0",
            "REC-02-2": "1\u202f234",
            "REC-02-3": "",
            "ACH-02-1": "3",
            "REC-07-1": "1",
            "ZZZ-99-1": "5",
            "FOR-02-1": "5",
        },
    )

    assert response.url == draft.get_absolute_url()
    assert targets(draft) == [("ACH-02", 1, 3), ("REC-02", 1, 0), ("REC-02", 2, 1234), ("REC-07", 1, 1)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234", "le point n’est pas accepté"),
        ("1e3", "« 1e3 » n’est pas un nombre"),
        ("1_000", "« 1_000 » n’est pas un nombre"),
        ("٣٤", "« ٣٤ » n’est pas un nombre"),
        ("NaN", "« NaN » n’est pas un nombre"),
        ("1,5", "1,5 n’est pas un nombre entier. Écrivez 1 ou 2."),
        ("-1", "-1 est négatif"),
        ("1000000000000", "trop grand\u00a0: douze chiffres au plus"),
        ("100001", "trop grand\u00a0: le portail accepte au plus 100\u202f000 recrutements"),
        ("<b>", "« &lt;b&gt; » n’est pas un nombre"),
    ],
)
def test_grid_refuses_writes_nothing_and_keeps_what_was_typed(cast, typed, sentence):
    draft = ConventionFactory(company=cast.company, draft=True, axes=["recruter"], targets={("REC-03", 1): 7})

    response = post(cast.referent, "convention_targets", draft.pk, **{"REC-03-1": "8", "REC-02-1": typed})

    seen = text(response)
    assert response.status_code == 422
    assert sentence in seen
    assert 'href="#id_REC-02-1"' in seen
    assert 'name="REC-03-1" value="8"' in seen
    assert targets(draft) == [("REC-03", 1, 7)]


def test_grid_shows_what_is_stored(cast):
    draft = ConventionFactory(
        company=cast.company, draft=True, axes=["recruter"], targets={("REC-02", 1): 1500, ("REC-07", 2): 0}
    )

    seen = text(page(cast.referent, "convention_targets", draft.pk))

    assert 'name="REC-02-1" value="1\u202f500"' in seen
    assert '<option value="0" selected>non</option>' in seen
    assert "<output data-total>1\u202f500</output>" in seen


def test_grid_makes_as_many_queries_for_one_as_for_thirty_targets(cast):
    few = ConventionFactory(draft=True, axes=["recruter"])
    many = ConventionFactory(
        draft=True,
        axes=["recruter", "former", "acheter", "sensibiliser"],
        targets={
            (code, year): 1
            for code in (
                "REC-02",
                "REC-03",
                "REC-06",
                "FOR-03",
                "FOR-05",
                "FOR-06",
                "ACH-02",
                "ACH-03",
                "SEN-01",
                "SEN-02",
            )
            for year in (1, 2, 3)
        },
    )

    assert queries(cast.referent, "convention_targets", few.pk) == 6
    assert queries(cast.referent, "convention_targets", many.pk) == 6


def test_what_only_serves_to_compute_has_no_field_and_what_is_posted_for_it_is_not_kept(cast):
    draft = ConventionFactory(
        company=cast.company, draft=True, axes=["sensibiliser", "former", "recruter", "acheter"], targets={}
    )
    bare = ["SEN-04", "FOR-02", "FOR-04", "REC-01", "REC-05", "ACH-01", "ACH-05", "ACH-06"]

    seen = text(page(cast.referent, "convention_targets", draft.pk))
    post(cast.referent, "convention_targets", draft.pk, **{f"{code}-1": "5" for code in [*bare, "ACH-03"]})

    assert [code for code in bare if f'name="{code}-1"' in seen] == []
    assert 'name="ACH-03-1"' in seen
    assert targets(draft) == [("ACH-03", 1, 5)]


def test_commitments_are_added_and_removed(cast):
    draft = ConventionFactory(company=cast.company, draft=True)

    post(
        cast.referent,
        "convention_commitments",
        draft.pk,
        action="add",
        label="Prêter une salle",
        target="1\u00a0200,5",
        unit="heures",
    )
    commitment = draft.specific_commitments.get()
    assert (commitment.label, str(commitment.target), commitment.unit) == ("Prêter une salle", "1200.50", "heures")

    asked = post(cast.referent, "convention_commitments", draft.pk, action="remove", commitment=commitment.pk)
    assert '<li dir="auto">Prêter une salle</li>' in text(asked)
    assert draft.specific_commitments.count() == 1

    response = post(cast.referent, "convention_commitments", draft.pk, **hidden_fields(asked))
    assert response.status_code == 302
    assert draft.specific_commitments.count() == 0


@pytest.mark.parametrize("number", ["", "abc", "²", "999999999", "9" * 19, "9" * 5000])
def test_a_commitment_that_does_not_exist(cast, number):
    draft = ConventionFactory(company=cast.company, draft=True)

    response = post(cast.referent, "convention_commitments", draft.pk, action="remove", commitment=number)

    assert response.status_code == 404


def test_a_commitment_needs_a_number(cast):
    draft = ConventionFactory(company=cast.company, draft=True)

    response = post(
        cast.referent, "convention_commitments", draft.pk, action="add", label="a", target="beaucoup", unit="b"
    )

    assert response.status_code == 422
    assert "« beaucoup » n’est pas un nombre" in text(response)


def test_a_commitment_of_another_convention_is_out_of_reach(cast):
    draft, other = ConventionFactory(company=cast.company, draft=True), ConventionFactory(draft=True)
    commitment = SpecificCommitmentFactory(convention=other)

    for number in (commitment.pk, "", "abc"):
        response = post(cast.referent, "convention_commitments", draft.pk, action="remove", commitment=number)
        assert response.status_code == 404
    assert other.specific_commitments.count() == 1


def test_a_large_company_has_none(cast):
    draft = ConventionFactory(company=CompanyFactory(category="GE"), draft=True)

    shown = page(cast.referent, "convention_commitments", draft.pk)
    refused = post(cast.referent, "convention_commitments", draft.pk, action="add", label="a", target="1", unit="b")

    assert "réservés aux PME et aux TPE" in text(shown)
    assert refused.status_code == 409
