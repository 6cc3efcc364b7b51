"""What changes companies and their people."""

from datetime import UTC, date, datetime

import pytest

from accounts.roles import CompanyRole
from companies.actions.members import LastAdministrator, add_member, change_role, remove_member
from companies.actions.signatories import AlreadyRegistered, record_charter, register
from companies.models import Company, LegalUnit
from tests.factories import CompanyFactory, UserFactory, invented_siret

AT = datetime(2019, 2, 8, 9, tzinfo=UTC)


def test_register_joins_the_known_firm(cast):
    LegalUnit.objects.create(siren=invented_siret(7000)[:9], name="Groupe Terril")
    company = Company(department_id="62", siret=invented_siret(7000), name="Menuiserie Terril", category="TPE")

    assert register(company, at=AT, by=cast.referent).legal_unit.name == "Groupe Terril"


def test_register_refuses_a_twin_of_the_same_departement_only(cast):
    twin = Company(department_id="62", siret=cast.company.siret, name="Double", category="TPE")
    elsewhere = Company(department_id="59", siret=cast.company.siret, name="Double", category="TPE")

    with pytest.raises(AlreadyRegistered) as refusal:
        register(twin, at=AT, by=cast.referent)
    register(elsewhere, at=AT, by=cast.other_referent)

    assert refusal.value.other == cast.company
    assert str(refusal.value) == "Ateliers Terril porte déjà ce SIRET dans votre département."


def test_register_again_is_no_twin_of_itself(cast):
    assert register(cast.company, at=AT, by=cast.referent) == cast.company


def test_a_charter_recorded_twice_is_one(db):
    company, referent = CompanyFactory(), UserFactory(referent=True)

    record_charter(company, reference="CEQ-1", signed_on=date(2014, 3, 1), at=AT, by=referent)
    record_charter(company, reference="CEQ-1", signed_on=date(2014, 4, 1), at=AT, by=referent)

    assert [charter.signed_on for charter in company.charters.all()] == [date(2014, 4, 1)]


def test_the_last_administrator_stays(cast):
    member = cast.member.memberships.get()

    with pytest.raises(LastAdministrator):
        remove_member(member, at=AT, by=cast.referent)
    with pytest.raises(LastAdministrator):
        change_role(member, role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.referent)
    add_member(cast.company, user=UserFactory(), role=CompanyRole.ADMINISTRATOR, at=AT)
    remove_member(member, at=AT, by=cast.referent)

    assert not cast.member.memberships.exists()


def test_a_contributor_leaves_freely(cast):
    remove_member(cast.contributor.memberships.get(), at=AT, by=cast.member)

    assert not cast.contributor.memberships.exists()
