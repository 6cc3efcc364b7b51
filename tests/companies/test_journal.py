"""What is done to a company is told on its sheet: who, when, what; once when it is done, never when it is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import CompanyRole
from companies.actions.acceptance import accept, accept_as_newcomer
from companies.actions.members import LastAdministrator, change_role, remove_member
from companies.actions.sheet import Edited, change_contacts, change_establishments
from companies.actions.signatories import AlreadyRegistered, record_charter, register, register_all
from companies.models import Company, CompanyLog, Contact, Establishment
from privacy.actions import anonymise
from tests.cast import Cast
from tests.factories import ContactFactory, InvitationFactory, MembershipFactory, UserFactory, invented_siret
from tests.pages import page, text
from workflows.tables import WrongRole, WrongState

AT = datetime(2019, 2, 8, 9, tzinfo=UTC)
SIGNED = date(2014, 3, 1)
Act = Callable[[Cast, User], object]


def told(company: Company) -> list[tuple[str, str, str]]:
    """Each line: what was done, by whom, to whom or what. All of them were written at AT."""
    lines = list(company.logs.select_related("by", "about"))
    assert {line.at for line in lines} <= {AT}
    return [(line.past, line.by.email if line.by else "", line.detail) for line in lines]


def corrected(cast: Cast, by: User) -> None:
    company = Company.objects.get(pk=cast.company.pk)
    company.name, company.headcount = "Ateliers Terril Nord", 130
    register(company, at=AT, by=by)


def charter(cast: Cast, by: User) -> None:
    record_charter(cast.company, reference="CEQ-1", signed_on=SIGNED, at=AT, by=by)


def contacts(cast: Cast, by: User) -> None:
    kept, gone = ContactFactory(company=cast.company), ContactFactory(company=cast.company)
    new = [ContactFactory.build(company=None, name=name) for name in ("Alix", "Lou")]
    change_contacts(cast.company, edited=Edited([kept, *new], [gone]), at=AT, by=by)


def establishments(cast: Cast, by: User) -> None:
    site = Establishment(siret=invented_siret(42, 2))
    change_establishments(cast.company, edited=Edited([site]), at=AT, by=by)


def promoted(cast: Cast, by: User) -> None:
    change_role(cast.contributor.memberships.get(), role=CompanyRole.ADMINISTRATOR, at=AT, by=by)


def removed(cast: Cast, by: User) -> None:
    remove_member(cast.contributor.memberships.get(), at=AT, by=by)


RENAMED = "nom\u00a0: Ateliers Terril → Ateliers Terril Nord\u00a0; effectif dans le département\u00a0: 120 → 130"
SITE, PROMOTED = "ajout\u00a0: 000\u00a0900\u00a0423\u00a000021", "Lou Terril, contributeur → administrateur"
ACTS: dict[str, tuple[Act, str, tuple[str, str, str]]] = {
    "correct": (corrected, "referent", ("Fiche corrigée", "referent@", RENAMED)),
    "correct by file": (
        corrected,
        "technician",
        ("Fiche corrigée", "technician@", RENAMED),
    ),
    "charter": (charter, "referent", ("Charte enregistrée", "referent@", "CEQ-1, signée le\u00a0: 01/03/2014")),
    "contacts": (contacts, "member", ("Contacts modifiés", "member@", "2 ajouts, 1 modification, 1 retrait")),
    "establishments": (
        establishments,
        "referent",
        ("Établissements modifiés", "referent@", "ajout\u00a0: 000\u00a0900\u00a0423\u00a000021"),
    ),
    "promote": (
        promoted,
        "member",
        ("Rôle d’un membre changé", "member@", "Lou Terril, contributeur → administrateur"),
    ),
    "remove": (removed, "referent", ("Membre retiré", "referent@", "Lou Terril")),
}


@pytest.fixture(autouse=True)
def _name(cast: Cast) -> None:
    """The one whom others act upon has a name that is like no other."""
    User.objects.filter(pk=cast.contributor.pk).update(first_name="Lou", last_name="Terril")


@pytest.mark.parametrize("name", ACTS)
def test_what_is_done_leaves_one_line(cast: Cast, name: str) -> None:
    act, actor, (label, address, detail) = ACTS[name]

    act(cast, getattr(cast, actor))

    assert told(cast.company) == [(label, f"{address}example.org", detail)]
    assert CompanyLog.objects.count() == 1


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "contributor", "other_referent", "rival", "cget"])
@pytest.mark.parametrize("name", ACTS)
def test_what_is_refused_leaves_none(cast: Cast, name: str, actor: str) -> None:
    before = Company.objects.filter(pk=cast.company.pk).values().get()

    with pytest.raises(WrongRole):
        ACTS[name][0](cast, getattr(cast, actor))

    assert told(cast.company) == []
    assert Company.objects.filter(pk=cast.company.pk).values().get() == before
    assert list(cast.contributor.memberships.values_list("role", flat=True)) == ["contributeur"]
    assert cast.company.charters.count() + cast.company.establishments.count() == 0


def test_a_company_is_registered_once_and_a_twin_is_not_told(cast: Cast) -> None:
    company = Company(department_id="62", siret=invented_siret(7000, 9), name="Menuiserie Terril", category="TPE")
    twin = Company(department_id="62", siret=invented_siret(7000, 9), name="Double", category="TPE")

    register(company, at=AT, by=cast.referent)
    with pytest.raises(AlreadyRegistered):
        register(twin, at=AT, by=cast.referent)

    assert told(company) == [("Enregistrée", "referent@example.org", "")]
    assert CompanyLog.objects.count() == 1


def test_a_file_tells_what_it_changes_and_nothing_of_the_rest(cast: Cast) -> None:
    new = Company(department_id="62", siret=invented_siret(7000, 9), name="Menuiserie Terril", category="TPE")
    changed, same = (Company.objects.get(pk=row.pk) for row in (cast.company, cast.rival_company))
    former, changed.siret = changed.siret, invented_siret(7001, 9)

    register_all([new, changed, same], at=AT, by=cast.technician)

    assert [told(row) for row in (new, changed, same)] == [
        [("Enregistrée", "technician@example.org", "")],
        [("Fiche corrigée", "technician@example.org", f"SIRET\u00a0: {former} → 00097001200092")],
        [],
    ]


def test_what_changes_nothing_is_not_told(cast: Cast) -> None:
    charter(cast, cast.referent)
    place = cast.contributor.memberships.get()

    charter(cast, cast.referent)
    register(Company.objects.get(pk=cast.company.pk), at=AT, by=cast.referent)
    change_role(place, role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.member)
    change_contacts(cast.company, edited=Edited[Contact]([]), at=AT, by=cast.member)

    assert [label for label, _, _ in told(cast.company)] == ["Charte enregistrée"]


def test_whoever_may_not_is_refused_even_what_would_change_nothing(cast: Cast) -> None:
    charter(cast, cast.referent)
    place, gone = cast.contributor.memberships.get(), MembershipFactory.build(pk=10**6, company=cast.company)

    for act in (
        lambda: charter(cast, cast.lecteur),
        lambda: register(cast.company, at=AT, by=cast.lecteur),
        lambda: change_role(place, role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.lecteur),
        lambda: remove_member(gone, at=AT, by=cast.lecteur),
        lambda: change_contacts(cast.company, edited=Edited[Contact]([]), at=AT, by=cast.lecteur),
    ):
        with pytest.raises(WrongRole):
            act()


def test_the_last_administrator_stays_and_nothing_is_told(cast: Cast) -> None:
    place = cast.member.memberships.get()

    with pytest.raises(LastAdministrator):
        change_role(place, role=CompanyRole.CONTRIBUTOR, at=AT, by=cast.referent)
    with pytest.raises(LastAdministrator):
        remove_member(place, at=AT, by=cast.referent)

    assert told(cast.company) == []


def test_nobody_is_brought_back_by_a_change_of_role(cast: Cast) -> None:
    place = cast.contributor.memberships.get()
    remove_member(place, at=AT, by=cast.member)

    stale = MembershipFactory.build(pk=10**6, company=cast.company, user=cast.contributor)
    with pytest.raises(WrongState, match="ne fait plus partie de l’entreprise"):
        change_role(stale, role=CompanyRole.ADMINISTRATOR, at=AT, by=cast.member)

    assert [label for label, _, _ in told(cast.company)] == ["Membre retiré"]


def test_a_contact_deleted_meanwhile_is_not_brought_back(cast: Cast) -> None:
    shown = ContactFactory(company=cast.company)
    stranger = ContactFactory(company=cast.rival_company)
    Contact.objects.filter(pk=shown.pk).delete()

    for contact in (shown, stranger):
        with pytest.raises(WrongState, match="vient d’être supprimée"), transaction.atomic():
            change_contacts(cast.company, edited=Edited([contact]), at=AT, by=cast.member)

    assert (cast.company.contacts.count(), cast.rival_company.contacts.count(), told(cast.company)) == (0, 1, [])


def test_a_line_of_another_company_is_not_deleted(cast: Cast) -> None:
    stranger = ContactFactory(company=cast.rival_company)

    change_contacts(cast.company, edited=Edited([], [stranger]), at=AT, by=cast.member)

    assert (cast.rival_company.contacts.get(), told(cast.company)) == (stranger, [])


def test_whoever_joins_is_told_by_an_account_or_without(cast: Cast) -> None:
    joining = {"company": cast.company, "invited_by": cast.referent, "invited_at": AT}
    known, unknown = InvitationFactory(**joining, contributor=True), InvitationFactory(**joining)

    accept(known, at=AT, by=UserFactory(email=known.email))
    newcomer = User(first_name="Noa", last_name="Terril")
    accept_as_newcomer(unknown, account=newcomer, at=AT)

    assert told(cast.company) == [
        ("Rejointe", known.email, "contributeur"),
        ("Rejointe", unknown.email, "administrateur"),
    ]


def test_an_animateur_follows_a_company_once(cast: Cast) -> None:
    invitation = InvitationFactory(animateur=True, email=cast.animateur.email, invited_by=cast.referent, invited_at=AT)
    invitation.portfolio.set([cast.company, cast.rival_company])

    accept(invitation, at=AT, by=cast.animateur)

    assert told(cast.company) == []
    assert told(cast.rival_company) == [("Suivie", "animateur@example.org", "")]


def test_the_sheet_tells_the_last_lines_first_and_counts_the_others(cast: Cast) -> None:
    for number in range(23):
        record_charter(cast.company, reference=f"CEQ-{number}.", signed_on=SIGNED, at=AT, by=cast.referent)

    seen = text(page(cast.member, "company_detail", cast.company.pk))

    journal = seen[seen.index('id="journal"') :]
    assert "le 8 février 2019 à 10:00" in journal
    assert journal.index("CEQ-22.") < journal.index("CEQ-21.") < journal.index("CEQ-3.")
    assert "CEQ-2." not in journal
    assert "3 lignes plus anciennes" in journal


def test_the_sheet_tells_names_and_no_address(cast: Cast) -> None:
    User.objects.filter(pk=cast.technician.pk).update(first_name="", last_name="")
    corrected(cast, cast.technician)
    removed(cast, cast.referent)

    seen = text(page(cast.member, "company_detail", cast.company.pk))
    journal = seen[seen.index('id="journal"') :]

    assert "Lou Terril" in journal
    assert f'par <span dir="auto">{cast.referent.get_full_name()}</span>' in journal
    assert "@" not in journal[: journal.index("</section>")]


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        *(("referent", True), ("lecteur", True), ("animateur", True), ("member", True), ("technician", True)),
        *(("rival", False), ("other_referent", False), ("other_member", False), ("cget", False)),
    ],
)
def test_the_journal_is_for_whoever_sees_the_company(cast: Cast, actor: str, sees: bool) -> None:
    charter(cast, cast.referent)

    assert CompanyLog.objects.visible_to(getattr(cast, actor)).exists() is sees


def test_somebody_erased_leaves_no_name_in_it(cast: Cast) -> None:
    promoted(cast, cast.member)
    removed(cast, cast.contributor)

    anonymise("contributor@example.org", at=AT)

    assert [(line.author, line.detail) for line in cast.company.logs.all()] == [
        (cast.member.get_full_name(), "Compte anonymisé, contributeur → administrateur"),
        ("Compte anonymisé", "Compte anonymisé"),
    ]


@pytest.mark.parametrize("name", ["inventer", "signer"])
def test_the_database_refuses_an_act_that_nobody_declared(cast: Cast, name: str) -> None:
    with pytest.raises(IntegrityError, match="company_log_declared_transition"), transaction.atomic():
        CompanyLog.objects.create(company=cast.company, at=AT, by=cast.referent, transition=name)


def test_facts_that_are_no_longer_known_are_left_out(cast: Cast) -> None:
    line = CompanyLog(
        company=cast.company, transition="corriger", facts={"fields": {"fax": ["1", "2"], "town": ["", "Lens"]}}
    )
    other = CompanyLog(company=cast.company, transition="corriger", facts={"fax": "03"})

    assert (line.detail, other.detail, str(line)) == ("commune\u00a0: Lens", "", f"{cast.company.pk} corriger")
