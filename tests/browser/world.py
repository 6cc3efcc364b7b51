"""What the browser suite adds to the demonstration: hostile names and empty places; and where the rows are."""

from datetime import UTC, date, datetime

from accounts.models import User
from accounts.roles import Role
from companies.models import Company, GroupLink, Invitation
from conventions.actions.opening import open_submissions_of
from conventions.models import Convention, Submission
from indicators import editing
from indicators.actions.drafts import begin_version, change_indicator, remove_indicator
from indicators.models import CatalogueDraft
from national.actions.messages import write
from national.models import Message
from territories.models import Department
from tests.factories import CompanyFactory, ConventionFactory, InvitationFactory, MembershipFactory, invented_siret
from tests.national.frozen import frozen

DOMAIN = "demo.example"
TOKEN = "jeton-du-prefet"
"""Of the link by which somebody without an account is invited."""
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "braces": "{{7*7}}",
    "longest": "Terril" + "x" * 249,
    "arabic": "مؤسسة التعاون للأحياء",
}
COMPANIES = {"main": "Ateliers Terril", "free": "Papeterie Terril"}
CONVENTIONS = {
    "signed": "Ateliers Terril",
    "ready": "Verrerie Terril",
    "draft": "Boulangerie Terril",
    "terminated": "Marée Terril",
}
SUBMISSIONS = {
    "progress": "Ateliers Terril",
    "transmitted": "Distribution Terril Gohelle",
    "validated": "Banque coopérative Terril",
    "returned": "Transports Terril Artois",
    "blank": "Terril Restauration collective",
    "extended": "Conserverie Terril",
}
"""Submissions of 2020-S1 by state, each by the name of its company."""

ACCOUNTS = {"referent": "referent.62", "animateur": "animateur.62", "gone": "partie.62"}
"""People of the team of the Pas-de-Calais."""


def build() -> dict[str, str]:
    """Add the rows; returns the id of each row by its key."""
    hostile = {key: _hostile_company(name) for key, name in HOSTILE.items()}
    _add_people(hostile["arabic"])
    found: dict[str, object] = {f"company.{key}": company.pk for key, company in hostile.items()}
    found |= {f"company.{key}": Company.objects.get(name=name).pk for key, name in COMPANIES.items()}
    for key, name in CONVENTIONS.items():
        found[f"convention.{key}"] = Convention.objects.get(company__name=name).pk
    for key, local_part in ACCOUNTS.items():
        found[f"account.{key}"] = User.objects.get(email=f"{local_part}@{DOMAIN}").public_id
    for key, name in {**SUBMISSIONS, **HOSTILE}.items():
        row = Submission.objects.get(semester="2020-S1", company__name=name)
        found[f"submission.{key}"] = row.pk
        if key in HOSTILE:
            found[f"convention.{key}"] = row.convention_id
    found["siret.main"] = Company.objects.get(name=COMPANIES["main"]).siret
    found["group.main"] = GroupLink.objects.get().group_id
    found["invitation.pending"] = Invitation.objects.open().get(email=f"nouvelle.recrue@{DOMAIN}").pk
    InvitationFactory(
        lecteur=True,
        email=f"prefet.62@{DOMAIN}",
        token=TOKEN,
        invited_by=User.objects.get(email=f"referent.62@{DOMAIN}"),
    )
    found["convention.cancellable"] = _just_signed().pk
    found["message.main"] = _written().pk
    found["edition.main"] = frozen(
        by=User.objects.get(email=f"cget@{DOMAIN}"), at=datetime(2020, 7, 7, 10, tzinfo=UTC)
    ).pk
    found["version.main"] = _prepared().pk
    return {key: str(pk) for key, pk in found.items()}


def _written() -> Message:
    """What the agency wrote to two référents."""
    people = User.objects.filter(email__in=[f"referent.62@{DOMAIN}", f"referent.59@{DOMAIN}"])
    agent = User.objects.get(email=f"cget@{DOMAIN}")
    at = datetime(2020, 7, 6, 10, tzinfo=UTC)
    return write(
        to=list(people), subject="Calendrier du semestre", body="Bonjour,\n\nLes dates sont fixées.", at=at, by=agent
    )


def _prepared() -> CatalogueDraft:
    """A version of the catalogue of which one indicator is worded otherwise, and another is gone."""
    agent = User.objects.get(email=f"cget@{DOMAIN}")
    at = datetime(2020, 7, 6, 10, tzinfo=UTC)
    draft = begin_version(
        code="paqte-2021", title="Catalogue PAQTE 2021", published_on=date(2021, 1, 1), at=at, by=agent
    )
    row = editing.row_of(draft.document, "SEN-02") or {}
    said = {**row, "definition": f"{row['definition']} Le jour du stage.", "core": False}
    change_indicator(draft, code="SEN-02", said=said, shown=draft.catalogue.fingerprint, at=at, by=agent)
    draft.refresh_from_db()
    remove_indicator(draft, code="SEN-05", shown=draft.catalogue.fingerprint, at=at, by=agent)
    return draft


def _just_signed() -> Convention:
    """A convention to come, of which nothing has been transmitted: its signature can still be cancelled."""
    company = CompanyFactory(
        name="Scierie Terril", department=Department.objects.get(pk="62"), siret=invented_siret(9700)
    )
    convention: Convention = ConventionFactory(
        company=company, reference="PAQTE-62-2020-95000", starts_on=date(2020, 9, 1), signed_on=date(2020, 7, 1)
    )
    return convention


def _hostile_company(name: str) -> Company:
    """A company of the Pas-de-Calais with a signed convention and its open submission."""
    department = Department.objects.get(pk="62")
    siret = invented_siret(9000 + len(name))
    company: Company = CompanyFactory(name=name, department=department, siret=siret, legal_unit__name=name[:100])
    open_submissions_of(ConventionFactory(company=company, reference=f"PAQTE-62-2019-9{len(name):04d}"))
    return company


def _add_people(company: Company) -> None:
    """A référent in a département without anything, an account without a role, members of one company or none."""
    password = User.objects.get(email=f"referent.62@{DOMAIN}").password
    creuse = Department.objects.get(pk="23")
    for local_part, role, department in (
        ("referent.23", Role.REFERENT, creuse),
        ("sans-role", "", None),
        ("sans-entreprise", Role.ENTREPRISE, None),
        ("arabe", Role.ENTREPRISE, None),
        ("animatrice.62", Role.ANIMATEUR, Department.objects.get(pk="62")),
        ("partie.62", Role.REFERENT, Department.objects.get(pk="62")),
    ):
        User.objects.create(
            email=f"{local_part}@{DOMAIN}",
            first_name="Sacha",
            last_name="Terril",
            role=role,
            department=department,
            password=password,
        )
    MembershipFactory(company=company, user=User.objects.get(email=f"arabe@{DOMAIN}"))
    User.objects.filter(email=f"partie.62@{DOMAIN}").update(is_active=False)
