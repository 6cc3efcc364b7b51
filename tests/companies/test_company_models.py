"""Companies as rows: what they say of themselves, and what the database refuses with a French sentence."""

import pytest
from django.core.exceptions import ValidationError

from companies.models import Charter, Company, Establishment, LegalUnit, Membership, Portfolio
from tests.factories import CompanyFactory, invented_siret


def sentences(row):
    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    return refusal.value.messages


def test_names(cast):
    unit = LegalUnit(siren="732829320", name="Terril")
    place = Establishment(siret="73282932000074")

    assert str(unit) == "Terril (732\u00a0829\u00a0320)"
    assert str(place) == "732\u00a0829\u00a0320\u00a000074"
    assert str(Establishment(siret="1", label="Entrepôt")) == "Entrepôt"
    assert str(cast.member.memberships.get()) == f"{cast.member} – Ateliers Terril"
    assert str(cast.animateur.portfolio.get()) == f"{cast.animateur} – Ateliers Terril"
    assert str(Charter(reference="CEQ-1")) == "Charte CEQ-1"


@pytest.mark.parametrize(("category", "chooses"), [("TPE", True), ("PME", True), ("ETI", False), ("GE", False)])
def test_small_companies_choose_their_axes(category, chooses):
    assert Company(category=category).may_choose_axes is chooses


def test_acting_as(cast):
    roles = [
        cast.company.acting_as(person)
        for person in (cast.member, cast.contributor, cast.rival, cast.referent, cast.animateur)
    ]

    assert roles == ["administrateur", "contributeur", "", "referent", "animateur"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"siret": "00000000000000"}, "Un SIRET compte 14 chiffres."),
        ({"siret": "7328293200007"}, "Un SIRET compte 14 chiffres."),
        ({"category": "XXL"}, "Cette catégorie n’existe pas."),
    ],
)
def test_a_company_refuses(db, fields, sentence):
    company = CompanyFactory()
    for name, value in fields.items():
        setattr(company, name, value)

    assert sentences(company) == [sentence]


def test_a_siret_once_per_departement(cast):
    twin = CompanyFactory.build(siret=cast.company.siret, department=cast.company.department, legal_unit=None)

    assert sentences(twin) == ["Une entreprise de votre département porte déjà ce SIRET."]


def test_rows_of_a_company_once(cast):
    company, member = cast.company, cast.member
    company.establishments.create(siret=invented_siret(3))
    company.charters.create(reference="CEQ-1", signed_on="2014-03-01")

    assert sentences(Establishment(company=company, siret=invented_siret(3))) == [
        "Cet établissement est déjà rattaché à l’entreprise."
    ]
    assert sentences(Establishment(company=company, siret="12")) == ["Un SIRET compte 14 chiffres."]
    assert sentences(Membership(company=company, user=member)) == ["Cette personne est déjà membre de l’entreprise."]
    assert sentences(Membership(company=cast.rival_company, user=member, role="chef")) == ["Ce rôle n’existe pas."]
    assert sentences(Portfolio(company=company, user=cast.animateur)) == [
        "Cette entreprise est déjà dans le portefeuille."
    ]
    assert sentences(Charter(company=company, reference="CEQ-1")) == [
        "Cette charte est déjà enregistrée pour l’entreprise."
    ]
