"""Pages of a company: who opens what, what the form refuses, and what stays hidden."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companies.models import Company, LegalUnit
from tests.factories import CompanyFactory, ContactFactory, ConventionFactory, invented_siret

HOSTILE = "<script>alert(1)</script> {{7*7}} " + "é" * 200
NBSP = "\u00a0"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user, name, *args, **query):
    return signed_in(user).get(reverse(name, args=args), query)


def identity(**more):
    fields = {"siret": invented_siret(7000), "name": "Menuiserie Terril", "category": "TPE", "sector": "artisanat"}
    return fields | more


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("actor", "status"),
    [("referent", 200), ("lecteur", 200), ("animateur", 200), ("cget", 403), ("no_role", 403), ("technician", 403)],
)
def test_list_opens_to_whom_it_may(cast, actor, status):
    assert page(getattr(cast, actor), "company_list").status_code == status


def test_list_shows_one_s_own_departement_only(cast):
    seen = text(page(cast.referent, "company_list"))

    assert "Ateliers Terril" in seen
    assert "Fonderie Terril" in seen
    assert "Brasserie Beffroi" not in seen
    assert "2 entreprises." in seen


def test_list_of_an_animateur_is_its_portfolio(cast):
    seen = text(page(cast.animateur, "company_list"))

    assert "Ateliers Terril" in seen
    assert "Fonderie Terril" not in seen


def test_list_takes_the_member_of_one_company_to_it(cast):
    response = page(cast.contributor, "company_list")

    assert response.status_code == 302
    assert response.url == cast.company.get_absolute_url()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "fonderie"}, ["Fonderie Terril"]),
        ({"category": "GE"}, ["Groupe Terril"]),
        ({"category": "inconnue"}, ["Ateliers Terril", "Fonderie Terril", "Groupe Terril"]),
        ({"q": "Beffroi"}, []),
    ],
)
def test_list_filters(cast, query, names):
    CompanyFactory(name="Groupe Terril", category="GE")

    response = page(cast.referent, "company_list", **query)

    assert [line.company.name for line in response.context_data["lines"]] == names


def test_list_finds_a_siret_by_its_first_digits(cast):
    response = page(cast.referent, "company_list", q=f"{cast.company.siret[:9]} {cast.company.siret[9:11]}")

    assert [line.company for line in response.context_data["lines"]] == [cast.company]


def test_an_empty_list_says_what_to_do(cast):
    Company.objects.exclude(department="59").delete()

    assert "Enregistrez l’entreprise avec laquelle vous préparez une convention" in text(
        page(cast.referent, "company_list")
    )


def queries(user, name, *args):
    client = signed_in(user)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(reverse(name, args=args))
    return len(captured)


def test_list_makes_as_many_queries_for_one_as_for_thirty(cast, catalogue):
    Company.objects.filter(pk=cast.rival_company.pk).delete()
    ConventionFactory(company=cast.company)
    assert queries(cast.lecteur, "company_list") == 6

    for _ in range(30):
        ConventionFactory()
    assert queries(cast.lecteur, "company_list") == 6


def test_sheet_makes_as_many_queries_for_one_as_for_thirty(cast, catalogue):
    ContactFactory(company=cast.company)
    ConventionFactory(company=cast.company)
    assert queries(cast.referent, "company_detail", cast.company.pk) == 10

    for _ in range(30):
        ContactFactory(company=cast.company)
    assert queries(cast.referent, "company_detail", cast.company.pk) == 10


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
    assert response.url == company.get_absolute_url()
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
        ("category", "XXL", "Sélectionnez un choix valide"),
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
    response = signed_in(cast.referent).post(reverse("company_create"), identity(siret=cast.company.siret))

    assert response.status_code == 422
    assert "Ateliers Terril porte déjà ce SIRET dans votre département." in text(response)


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
    assert response.url == company.get_absolute_url()
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

    assert "CEQ-7, signée le 1 mars 2014" in seen
    assert "Former, Recruter" in seen
    assert "0 sur 0" in seen
    assert "Modifier" not in seen
