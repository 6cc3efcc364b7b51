"""Registers the companies of the demonstration and takes their conventions as far as the list says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from accounts.models import User
from companies.actions.sheet import Edited, change_contacts, change_establishments
from companies.actions.signatories import record_charter, register
from companies.models import Company, Contact, Establishment
from conventions.actions import conventions as actions
from conventions.models import Convention
from conventions.transitions import ConventionState
from demonstration import people, sources
from demonstration.figures import Profile, targets_of
from demonstration.sources import CompanySource
from territories.models import Department

CATALOGUE = "paqte-2018"
LAST_REGISTERED = date(2020, 7, 1)
"""Seven weeks before this day, or before the signature, a company is registered."""
SPECIFIC = {
    15: ("Ouvrir la Ferme du Terril aux centres sociaux du quartier", "visites", Decimal(12)),
    30: ("Fournir en plants les jardins partagés des cités du Terril", "plants", Decimal(900)),
}


@dataclass(frozen=True)
class Member:
    """A company of the demonstration once registered: its line, its row and who transmits for it."""

    source: CompanySource
    company: Company
    sender: User

    @property
    def profile(self) -> Profile:
        """What its figures depend on."""
        source = self.source
        return Profile(source.number, source.category, source.headcount, source.axes)


@dataclass(frozen=True)
class Office:
    """A préfecture of the demonstration: its département and its référent."""

    department: Department
    referent: User

    def at(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """An instant of a past day, in the local time of the département."""
        return datetime.combine(day, time(hour, minute), self.department.zone)


def register_company(source: CompanySource, office: Office, users: Mapping[str, User]) -> Member:
    """The company with its contact, its charter, its establishments and its places."""
    texts = sources.department(source.department)
    day = min(source.starts_on or LAST_REGISTERED, LAST_REGISTERED) - timedelta(days=49)
    company = register(
        Company(
            siret=source.siret,
            department_id=source.department,
            name=source.name,
            category=source.category,
            sector=source.sector,
            naf=source.naf,
            headcount=source.headcount,
            address=f"{source.number} rue du {texts.marker}",
            postcode=source.postcode,
            town=source.town,
        ),
        at=office.at(day, 9),
        by=office.referent,
    )
    _fill_in(company, source, at=office.at(day, 9, 20), by=office.referent)
    sender = people.give_places(company, source, texts, users, at=office.at(day + timedelta(days=2), 14))
    return Member(source, company, sender)


def make_convention(member: Member, office: Office) -> Convention | None:
    """Draw up the convention and take it to its state; None for a company that only has a charter."""
    source = member.source
    if source.starts_on is None:
        return None
    drafted = min(source.starts_on - timedelta(days=35), date(2020, 7, 1))
    convention = actions.create(
        company=member.company,
        starts_on=source.starts_on,
        axes=source.axes,
        charter=member.company.charters.first(),
        axes_reason=""
        if len(source.axes) == 4
        else f"Premier engagement de {source.name}, sur les axes de son métier.",
        at=office.at(drafted),
        by=office.referent,
    )
    _commit(convention, member, at=office.at(drafted, 11), by=office.referent)
    if source.state != ConventionState.DRAFT:
        ready = min(source.starts_on - timedelta(days=9), date(2020, 7, 7))
        actions.prepare(convention, at=office.at(ready, 15), by=office.referent)
    if source.state in {ConventionState.SIGNED, ConventionState.TERMINATED}:
        actions.sign(
            convention,
            on=source.starts_on,
            place=source.place,
            at=office.at(source.starts_on, 11, 30),
            by=office.referent,
        )
    return convention


def _commit(convention: Convention, member: Member, *, at: datetime, by: User) -> None:
    """Targets and specific commitments; the two last drafts are left unfinished, to show what is missing."""
    grid = dict(targets_of(member.profile))
    if member.source.state == ConventionState.DRAFT:
        grid = {key: value for key, value in grid.items() if key[0].startswith("FOR")}
    actions.set_targets(convention, targets=grid, at=at, by=by)
    if member.source.number in SPECIFIC:
        label, unit, target = SPECIFIC[member.source.number]
        actions.add_specific_commitment(convention, label=label, unit=unit, target=target, at=at, by=by)


def _fill_in(company: Company, source: CompanySource, *, at: datetime, by: User) -> None:
    """What the sheet says beside the identity."""
    texts = sources.department(source.department)
    contact = Contact(
        name=f"{people.first_name(source)} {texts.marker}",
        job_title="Gérant" if source.is_small else "Responsable des ressources humaines",
        email=f"contact.{source.number:03d}@{people.DOMAIN}",
        phone=texts.phone,
    )
    change_contacts(company, edited=Edited([contact]), at=at, by=by)
    if source.charter:
        year, month = int(source.charter[-7:-3]), 1 + source.number % 12
        record_charter(company, reference=source.charter, signed_on=date(year, month, 12), at=at, by=by)
    if source.category == "GE":
        sites = [
            Establishment(
                siret=sources.invented_siret(source.number, establishment=number),
                label=f"{source.name}, site n° {number}",
            )
            for number in (2, 3)
        ]
        change_establishments(company, edited=Edited(sites), at=at, by=by)
