"""The accounts of the demonstration: ten to sign in with, and one administrator per company who cannot."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import CompanyRole, Role
from companies.actions.invitations import VALID_FOR, Offer, invite
from companies.actions.members import add_member, entrust
from companies.models import Company
from companies.seats import CONTRIBUTOR, LECTEUR
from demonstration import sources
from demonstration.sources import CompanySource, DepartmentSource
from reporting.models import SeededAccount

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Account:
    """An account to sign in with; `company` is a number of companies.csv, `staff` opens the administration."""

    local_part: str
    first_name: str
    last_name: str
    role: Role
    job_title: str
    department: str = ""
    company: int = 0
    place: CompanyRole = CompanyRole.ADMINISTRATOR
    staff: bool = False

    @property
    def email(self) -> str:
        """A reserved domain: nobody ever receives these mails."""
        return f"{self.local_part}@{DOMAIN}"


ACCOUNTS = (
    Account("referent.62", "Camille", "Terril", Role.REFERENT, "Référente PAQTE", "62", staff=True),
    Account("referent.59", "Camille", "Beffroi", Role.REFERENT, "Référent PAQTE", "59", staff=True),
    Account("referent.974", "Camille", "Vanille", Role.REFERENT, "Référente PAQTE", "974", staff=True),
    Account("lecteur.62", "Claude", "Terril", Role.LECTEUR, "Délégué du préfet", "62"),
    Account("animateur.62", "Sacha", "Terril", Role.ANIMATEUR, "Club des entreprises du Terril", "62"),
    Account("entreprise.62", "Dominique", "Terril", Role.ENTREPRISE, "Responsable des ressources humaines", company=1),
    Account(
        "contributeur.62",
        "Alix",
        "Terril",
        Role.ENTREPRISE,
        "Chargé de recrutement",
        company=1,
        place=CompanyRole.CONTRIBUTOR,
    ),
    Account("rivale.62", "Morgan", "Terril", Role.ENTREPRISE, "Directrice des relations sociales", company=10),
    Account("entreprise.59", "Dominique", "Beffroi", Role.ENTREPRISE, "Responsable des achats", company=101),
    Account("cget", "Charlie", "Hexagone", Role.CGET, "Chargée de mission PAQTE"),
)
ENTRUSTED = frozenset({1, 9, 12, 14, 15, 18, 22, 27})
"""The companies of the animateur: mostly very small ones."""

FIRST_NAMES = (
    "Alex",
    "Andréa",
    "Ange",
    "Camille",
    "Charlie",
    "Claude",
    "Dany",
    "Eden",
    "Lou",
    "Maxence",
    "Noa",
    "Sacha",
)


REFERENTS_KNOWN_SINCE = datetime(2019, 2, 11, 9, tzinfo=UTC)
"""The circular wants the contact of each référent to reach the agency by 15 February 2019."""


def create_accounts(password: str) -> dict[str, User]:
    """The ten accounts, by what stands before the @. The password is hashed once: a hash is slow on purpose."""
    users = {}
    hashed = ""
    for account in ACCOUNTS:
        user = User(
            email=account.email,
            first_name=account.first_name,
            last_name=account.last_name,
            job_title=account.job_title,
            role=account.role,
            department_id=account.department or None,
            phone=sources.department(account.department).phone if account.role == Role.REFERENT else "",
            is_staff=account.staff,
        )
        if hashed:
            user.password = hashed
        else:
            user.set_password(password)
            hashed = user.password
        user.save()
        users[account.local_part] = user
    # An account is dated of the day it is written, whatever the day that the demonstration lives on.
    User.objects.filter(pk__in=[user.pk for user in users.values()], role=Role.REFERENT).update(
        created_at=REFERENTS_KNOWN_SINCE
    )
    return users


@contextmanager
def making_accounts() -> Iterator[None]:
    """Remember the accounts made meanwhile as those of the demonstration."""
    others = set(User.objects.values_list("pk", flat=True))
    yield
    made = User.objects.exclude(pk__in=others).values_list("pk", flat=True)
    SeededAccount.objects.bulk_create(SeededAccount(user_id=pk) for pk in made)


def known_accounts() -> QuerySet[User]:
    """Those of ACCOUNTS that the demonstration made; somebody invited at such an address is not one."""
    made = SeededAccount.objects.values("user")
    return User.objects.filter(pk__in=made, email__in=[account.email for account in ACCOUNTS])


def keep_password(password: str) -> None:
    """Make `password` that of the accounts to sign in with, without hashing again when it is already."""
    accounts = known_accounts()
    first = accounts.first()
    if first and not first.check_password(password):
        first.set_password(password)
        accounts.update(password=first.password)


def give_places(
    company: Company, source: CompanySource, texts: DepartmentSource, users: Mapping[str, User], *, at: datetime
) -> User:
    """Seat the demonstration accounts, or else an administrator who never signs in; returns who transmits."""
    seated = [account for account in ACCOUNTS if account.company == source.number]
    for account in seated:
        add_member(company, user=users[account.local_part], role=account.place, at=at)
    if source.number in ENTRUSTED:
        entrust(company, user=users["animateur.62"], at=at)
    if seated:
        return users[seated[0].local_part]
    administrator = User.objects.create_user(
        f"entreprise.{source.number:03d}@{DOMAIN}",
        first_name=first_name(source),
        last_name=texts.marker,
        job_title="Gérant" if source.is_small else "Responsable des ressources humaines",
        role=Role.ENTREPRISE,
    )
    add_member(company, user=administrator, role=CompanyRole.ADMINISTRATOR, at=at)
    return users["animateur.62"] if source.number in ENTRUSTED else administrator


def invite_two(company: Company, users: Mapping[str, User], *, at: datetime) -> None:
    """An invitation that waits and one whose week is over, by the real clock: links live by no other."""
    office = users["referent.62"].department
    recruit = Offer(f"nouvelle.recrue@{DOMAIN}", CONTRIBUTOR, department=office, company=company)
    reader = Offer(f"sous-prefete.62@{DOMAIN}", LECTEUR, department=office)
    invite(recruit, at=at, by=users["entreprise.62"])
    invite(reader, at=at - VALID_FOR, by=users["referent.62"])


def first_name(source: CompanySource) -> str:
    """An invented person's first name, the same at every run."""
    return FIRST_NAMES[source.number % len(FIRST_NAMES)]
