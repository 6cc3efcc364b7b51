"""What others do changes nothing that one reads: every page is read before and after the rest of France wakes up."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from companies.models import Charter, Company, Establishment
from conventions.models import Campaign
from reporting.actions import transmit
from territories.models import Department
from tests.access_world import ANSWERS, NEW_ANSWERS, TODAY, World, address, make_world
from tests.factories import (
    S1_2019,
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    ContactFactory,
    ConventionFactory,
    DepartmentFiguresFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    PortfolioFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    UserFactory,
    invented_siret,
)
from tests.filing import blank_pdf
from tests.pages import signed_in, without_token
from tests.test_access_matrix import ROWS

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.anywhere]

FOREIGN = {
    "referent": ("other_company",),
    "lecteur": ("other_company",),
    "animateur": ("other_company", "rival_company"),
    "member": ("other_company", "rival_company"),
    "contributor": ("other_company", "rival_company"),
}
"""Whose rows each actor must never read, nor see counted."""

OF_ONE_READING = ("session_list", "journal", "import_model")
"""Pages that one's own reading changes: each file taken leaves a trace there, and a workbook says when it was made."""

DRAWN = re.compile(rb'name="(once|shown)" value="[^"]*"|"token": "[^"]*"')
"""What each answer draws anew: the key of a form, the seal of a page, the token of a session."""


@pytest.fixture
def world(catalogue: str, settings: Settings) -> World:
    settings.PAQTE_TODAY = TODAY
    return make_world()


def read(world: World, client: Client, actor: str) -> dict[str, bytes]:
    """Every page that the matrix opens to this actor, without what is of one answer; no draft is laid out."""
    lines = [row for row in ROWS if row.method == "GET" and row.statuses[actor] == "200"]
    return {
        row.target: DRAWN.sub(b"", without_token(client.get(address(world, row.name, row.variant))))
        for row in lines
        if not row.target.endswith("writing+pdf") and not row.name.endswith(OF_ONE_READING)
    }


def wake(company: Company, referent: User, *, place: bool) -> None:
    """Everything that may happen to a company, and with `place` to its préfecture, in the same semesters."""
    ContactFactory(company=company)
    MembershipFactory(company=company, contributor=True)
    PortfolioFactory(company=company, user__department=company.department)
    InvitationFactory(company=company, invited_by=referent)
    Establishment.objects.create(company=company, siret=invented_siret(7777, 2))
    Charter.objects.create(company=company, reference="CEQ Beffroi", signed_on=date(2016, 2, 8))
    convention = ConventionFactory(company=company, axes=["sensibiliser", "former", "recruter", "acheter"])
    SpecificCommitmentFactory(convention=convention)
    ConventionFactory(company=company, draft=True, starts_on=date(2022, 2, 8))
    first, second, third = Campaign.objects.order_by("semester")
    for campaign in (first, second):
        told = SubmissionFactory(convention=convention, campaign=campaign, validated=True, answers=ANSWERS)
        ActionExampleFactory(submission=told, in_bilan=True)
    SubmissionFactory(convention=convention, campaign=third, answers=NEW_ANSWERS)
    if place:
        _wake_the_prefecture(company.department, referent)


def _wake_the_prefecture(place: Department, referent: User) -> None:
    UserFactory(referent=True, department=place)
    UserFactory(animateur=True, department=place)
    PartnerFactory(department=place)
    DepartmentFiguresFactory(department=place, defm_reason="Pas encore diffusés.")
    InvitationFactory(lecteur=True, department=place, invited_by=referent)
    sent = BilanFactory(department=place, semester=S1_2019)
    transmit(
        sent,
        at=datetime(2019, 9, 3, 9, tzinfo=UTC),
        by=referent,
        render=blank_pdf,
        sending_note="Elles suivent.",
    )
    BilanFactory(department=place, semester=S2_2019)


@pytest.mark.django_db
@pytest.mark.parametrize("actor", FOREIGN)
def test_what_others_do_changes_nothing_that_one_reads(world: World, actor: str) -> None:
    client = signed_in(getattr(world.cast, actor))
    before = read(world, client, actor)

    for name in FOREIGN[actor]:
        abroad = name == "other_company"
        wake(getattr(world.cast, name), world.cast.other_referent if abroad else world.cast.referent, place=abroad)
    after = read(world, client, actor)

    assert len(before) > 20
    assert [target for target in before if before[target] != after[target]] == []


@pytest.mark.django_db
def test_what_happens_in_its_own_departement_is_seen(world: World) -> None:
    client = signed_in(world.cast.referent)
    before = read(world, client, "referent")

    wake(world.cast.rival_company, world.cast.referent, place=False)
    after = read(world, client, "referent")

    changed = {target for target in before if before[target] != after[target]}
    assert {"company_list", "convention_list", "submission_list", "dashboard", "bilan_detail@writing"} <= changed
    # What was sent is what was sent; its page says that it is no longer true.
    assert "bilan_detail@sent" in changed
    sent = {"bilan_download@sent+csv", "bilan_download@sent+pdf", "bilan_version@sent+1+pdf"}
    assert before.keys() >= sent
    assert not changed & sent
