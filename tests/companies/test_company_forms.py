"""The identity of a company: SIRET, reason, duplicates, and who may write it."""

import pytest
from django.urls import reverse

from companies.models import Company, LegalUnit
from tests.factories import CompanyFactory, invented_siret
from tests.pages import page, signed_in, text

NBSP = "\u00a0"


def identity(**more):
    fields = {"siret": invented_siret(7000), "name": "Menuiserie Terril", "category": "TPE", "sector": "artisanat"}
    return fields | more


@pytest.mark.parametrize("name", ["company_create", "company_update", "company_establishments"])
@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor", "cget"])
def test_identity_is_written_by_the_referent_only(cast, name, actor):
    args = [] if name == "company_create" else [cast.company.pk]
    client = signed_in(getattr(cast, actor))

    assert client.get(reverse(name, args=args)).status_code == 403
    assert client.post(reverse(name, args=args), identity()).status_code == 403
    assert Company.objects.count() == 3


def test_create_ties_the_company_to_its_firm_and_departement(cast):
    siret = invented_siret(7000)
    typed = f"{siret[:3]} {siret[3:6]}{NBSP}{siret[6:9]}.{siret[9:]}"

    response = signed_in(cast.referent).post(
        reverse("company_create"),
        identity(siret=typed, naf="1623z", headcount=f"1{NBSP}234", postcode="62 000", town="Arras"),
    )

    company = Company.objects.get(name="Menuiserie Terril")
    assert response.headers["Location"] == company.get_absolute_url()
    assert (company.siret, company.department_id, company.legal_unit_id) == (siret, "62", siret[:9])
    assert (company.naf, company.headcount, company.postcode) == ("16.23Z", 1234, "62000")
    assert LegalUnit.objects.get(pk=siret[:9]).name == "Menuiserie Terril"


def test_la_poste_is_accepted(cast):
    response = signed_in(cast.referent).post(reverse("company_create"), identity(siret="35600000049837"))

    assert response.status_code == 302
    assert Company.objects.get(name="Menuiserie Terril").siret == "35600000049837"


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [
        ("00000000000000", "Un SIRET ne peut pas être fait de zéros."),
        ("123", "Un SIRET compte 14 chiffres, celui-ci en compte 3."),
        ("7,32829E+13", "a été arrondi par le tableur"),
        ("７３２８２９３２００００７４", "n’est pas un SIRET"),
        ("73282932000075", "La clé du SIRET 732\u00a0829\u00a0320\u00a000075 est fausse"),
    ],
)
def test_create_refuses_what_is_no_siret(cast, siret, sentence):
    response = signed_in(cast.referent).post(reverse("company_create"), identity(siret=siret))

    assert response.status_code == 422
    assert sentence in text(response)
    assert Company.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("naf", "47.1F", "Un code NAF compte quatre chiffres et une lettre"),
        ("postcode", "6200", "Un code postal compte cinq chiffres"),
        ("headcount", "beaucoup", "Saisissez un nombre entier"),
        ("category", "XXL", "n’est pas, ou n’est plus, proposée"),
    ],
)
def test_create_refuses_what_cannot_be(cast, field, value, sentence):
    response = signed_in(cast.referent).post(reverse("company_create"), identity(**{field: value}))

    assert response.status_code == 422
    assert sentence in text(response)


def test_a_wrong_key_asks_for_a_reason_and_keeps_it(cast):
    client = signed_in(cast.referent)

    refused = client.post(reverse("company_create"), identity(siret="73282932000075"))
    kept = client.post(
        reverse("company_create"), identity(siret="73282932000075", siret_override="Avis de situation lu.")
    )

    assert 'name="siret_override"' in text(refused)
    assert kept.status_code == 302
    company = Company.objects.get(siret="73282932000075")
    assert company.siret_override == "Avis de situation lu."
    assert "Avis de situation lu." in text(page(cast.lecteur, "company_detail", company.pk))


def test_a_reason_excuses_nothing_but_the_key(cast):
    client = signed_in(cast.referent)

    refused = client.post(reverse("company_create"), identity(siret="123", siret_override="Motif."))
    useless = client.post(reverse("company_create"), identity(siret_override="Motif."))

    assert refused.status_code == 422
    assert useless.status_code == 302
    assert Company.objects.get(name="Menuiserie Terril").siret_override == ""


def test_the_field_of_the_reason_is_not_shown_before(cast):
    assert 'name="siret_override"' not in text(page(cast.referent, "company_create"))


def test_a_duplicate_of_one_s_own_departement_is_named(cast):
    response = signed_in(cast.referent).post(reverse("company_create"), identity(siret=cast.company.siret, name=""))

    assert response.status_code == 422
    assert "Ateliers Terril porte déjà ce SIRET dans votre département." in text(response)
    assert "« Nom » est à renseigner." in text(response)


def test_the_same_siret_elsewhere_is_no_conflict_and_stays_hidden(cast):
    response = signed_in(cast.referent).post(
        reverse("company_create"), identity(siret=cast.other_company.siret), follow=True
    )

    assert response.redirect_chain
    assert Company.objects.filter(siret=cast.other_company.siret).count() == 2
    assert "Brasserie" not in text(response).replace(cast.other_company.legal_unit.name, "")


def test_a_second_signatory_of_the_same_firm_is_said(cast):
    siret = invented_siret(7000, establishment=2)
    CompanyFactory(name="Menuiserie du Terril", siret=invented_siret(7000))

    response = signed_in(cast.referent).post(reverse("company_create"), identity(siret=siret), follow=True)

    assert "Même SIREN dans votre département\u00a0: Menuiserie du Terril." in text(response)


def test_update_shows_the_siret_grouped_and_saves(cast):
    shown = page(cast.referent, "company_update", cast.company.pk)
    company = cast.company

    response = signed_in(cast.referent).post(
        reverse("company_update", args=[company.pk]),
        identity(siret=company.siret, name="Ateliers du Terril", category="PME"),
    )

    assert f"{company.siret[:3]}{NBSP}{company.siret[3:6]}" in text(shown)
    assert response.headers["Location"] == company.get_absolute_url()
    company.refresh_from_db()
    assert company.name == "Ateliers du Terril"


def test_update_to_the_siret_of_a_neighbour_is_refused(cast):
    response = signed_in(cast.referent).post(
        reverse("company_update", args=[cast.company.pk]), identity(siret=cast.rival_company.siret, name="Autre")
    )

    assert response.status_code == 422
    assert "Fonderie Terril porte déjà ce SIRET" in text(response)
    cast.company.refresh_from_db()
    assert cast.company.name == "Ateliers Terril"
