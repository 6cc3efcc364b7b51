"""Plays the story of the demonstration in its order, from the first signatures to the open campaign of 2020-S1."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import OutgoingMail, User
from companies.models import Company
from conventions.models import Campaign, Convention, Submission
from conventions.transitions import ConventionState
from demonstration import bilans, lives, people, sources
from demonstration.collection import Course, open_campaign
from demonstration.national import National, seed_national
from demonstration.signing import CATALOGUE, Member, Office, make_convention, register_company
from indicators.models import CatalogueVersion
from reporting.actions import Render
from reporting.models import Bilan, SeededAccount
from territories.models import Department
from territories.semester import Semester

DEPARTMENTS = ("62", "59", "974")
SEMESTERS = (Semester(2019, 1), Semester(2019, 2), Semester(2020, 1))


class NotReady(Exception):
    """The demonstration cannot be written here; the message is a French sentence that says what to do."""


@dataclass(frozen=True)
class Seeded:
    """How many rows of each kind the demonstration has; `written` is false when it was there already."""

    written: bool
    companies: int
    conventions: int
    submissions: int
    bilans: int


def seed(*, password: str, render: Render) -> Seeded:
    """Write the demonstration, all of it or nothing; do nothing when it is there. Raises NotReady."""
    refuse_without_references()
    refuse_foreign_base()
    written = not is_seeded()
    if written:
        _write(password, render)
    return Seeded(
        written=written,
        companies=Company.objects.count(),
        conventions=Convention.objects.count(),
        submissions=Submission.objects.count(),
        bilans=Bilan.objects.count(),
    )


def seed_at_scale(*, codes: Sequence[str], companies: int, password: str) -> National:
    """Write the set of measures for these départements, or for all 101 of them when none is named. Raises NotReady."""
    refuse_without_references()
    refuse_foreign_base()
    if User.objects.filter(email=people.ACCOUNTS[3].email).exists():
        raise NotReady(
            "La démonstration est dans cette base\u00a0: donnez-en une autre au jeu de mesure (DATABASE_URL)."
        )
    found = Department.objects.filter(pk__in=codes) if codes else Department.objects.exclude(region=None)
    unknown = sorted(set(codes) - {department.pk for department in found})
    if unknown:
        raise NotReady(f"Ces départements n’existent pas\u00a0: {', '.join(unknown)}.")
    with people.making_accounts():
        return seed_national(departments=list(found.order_by("pk")), companies=companies, password=password)


def refuse_without_references() -> None:
    """Raise NotReady unless the départements and the catalogue are there."""
    if not Department.objects.filter(pk__in=DEPARTMENTS).exists():
        raise NotReady("Les départements manquent. Lancez d’abord\u00a0: manage.py load_territories")
    if not CatalogueVersion.objects.filter(pk=CATALOGUE).exists():
        raise NotReady("Le catalogue d’indicateurs manque. Lancez d’abord\u00a0: manage.py sync_catalogues")


def refuse_foreign_base() -> None:
    """Raise NotReady when somebody else wrote here: invented rows among real ones would never be sorted out again."""
    if is_seeded():
        return
    if any(model.objects.exists() for model in (User, Company, Campaign)):
        raise NotReady(
            "Cette base contient des données que la démonstration n’a pas écrites\u00a0: "
            "donnez-en une autre à la démonstration (DATABASE_URL ou PAQTE_DATA_DIR)."
        )


def is_seeded() -> bool:
    """Everything is written in one transaction: one account of its own tells about all the rest."""
    return SeededAccount.objects.exists()


@transaction.atomic
def _write(password: str, render: Render) -> None:
    waiting = list(OutgoingMail.objects.filter(sent_at=None).values_list("pk", flat=True))
    with people.making_accounts():
        _play_the_story(password, render)
    # The mails of the past are in the queue, as they would be, but nobody must receive them now.
    theirs = OutgoingMail.objects.filter(sent_at=None).exclude(pk__in=waiting)
    theirs.update(delivery=OutgoingMail.Delivery.SENT, sent_at=timezone.now())


def _play_the_story(password: str, render: Render) -> None:
    users = people.create_accounts(password)
    offices = {code: Office(Department.objects.get(pk=code), users[f"referent.{code}"]) for code in DEPARTMENTS}
    members = {
        source.number: register_company(source, offices[source.department], users) for source in sources.companies()
    }
    for code in DEPARTMENTS:
        bilans.prepare_ground(sources.department(code))
    for semester in SEMESTERS:
        _play(semester, members, offices, agency=users["cget"], render=render)
    unsigned = {ConventionState.READY, ConventionState.DRAFT}
    _sign([member for member in members.values() if member.source.state in unsigned], offices)
    people.invite_two(members[1].company, users, at=timezone.now())


def _play(
    semester: Semester, members: Mapping[int, Member], offices: Mapping[str, Office], *, agency: User, render: Render
) -> None:
    """One semester: signatures, collection, bilans, then what came too late for them."""
    everybody = list(members.values())
    _sign([member for member in everybody if _starts_in(member, semester)], offices)
    if semester == SEMESTERS[-1]:
        lives.play(lives.AFTER_IT, members, offices)
    courses = _courses(open_campaign(semester, by=agency), members, offices)
    for number, course in courses.items():
        course.play(members[number].source.courses.get(str(semester), ""))
    if semester == SEMESTERS[1]:
        lives.play(lives.BEFORE_THE_SECOND_BILAN, members, offices)
    sent = _send_bilans(semester, offices, render)
    for number, course in courses.items():
        _play_after_the_bilan(course, members[number].source.courses.get(str(semester), ""))
    for code, bilan in sent.items():
        source = next(row for row in sources.department(code).bilans if row.semester == semester)
        bilans.rectify(bilan, source, offices[code], render=render)


def _starts_in(member: Member, semester: Semester) -> bool:
    """The pioneer of 2018 is there from the launch on."""
    day = member.source.starts_on
    return day is not None and (day in semester or (semester == SEMESTERS[0] and day < semester.start))


def _sign(members: Iterable[Member], offices: Mapping[str, Office]) -> None:
    for member in members:
        make_convention(member, offices[member.source.department])


def _courses(campaign: Campaign, members: Mapping[int, Member], offices: Mapping[str, Office]) -> dict[int, Course]:
    """The submissions that the campaign opened, by number of company, in the order of the list."""
    rows = Submission.objects.filter(campaign=campaign).select_related("campaign", "convention", "company__department")
    by_company = {row.company_id: row for row in rows}
    return {
        number: Course(by_company[member.company.pk], member, offices[member.source.department])
        for number, member in members.items()
        if member.company.pk in by_company
    }


def _send_bilans(semester: Semester, offices: Mapping[str, Office], render: Render) -> dict[str, Bilan]:
    return {
        code: bilans.send(source, sources.department(code), office, render=render)
        for code, office in offices.items()
        for source in sources.department(code).bilans
        if source.semester == semester
    }


def _play_after_the_bilan(course: Course, name: str) -> None:
    """What a rectificatif is for: an answer that came late, a submission opened again, corrected or not yet."""
    if name == "tardy":
        course.tardy()
    elif name == "reopened":
        course.reopen()
    elif name == "recalled":
        course.recall()
