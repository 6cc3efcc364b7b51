"""The list of a team: who works here, who left, what each would leave behind."""

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import Role
from accounts.selectors.team import team_line
from french.order import searched_words
from lists.columns import Column, Drawn, Face, Text
from lists.listing import Listing
from lists.narrowing import Filter, Search
from lists.sorting import by_case, by_rank
from territories.clock import zone_of

STATES = {"actif": "actif", "desactive": "désactivé"}

Rows = QuerySet[User]


def team_list_for(reader: User) -> Listing[User]:
    """The list as this person reads it: the people of a préfecture, or the référents and agents of the nation."""
    national = reader.role == Role.CGET
    return Listing(
        name="equipe",
        title="Équipe",
        counted=("compte", "comptes"),
        columns=(*_who(), _department() if national else _burden(reader), *_account(reader), *_file_only()),
        order=("compte", *(("departement",) if national else ()), "role", "personne"),
        nothing="Aucun compte ne correspond",
        search=Search("Nom ou adresse", _search, "name_key"),
        filters=(
            Filter("role", "Rôle", Role.choices, lambda rows, role: rows.filter(role=role), every="Tous"),
            Filter("compte", "Compte", [*STATES.items()], _in_state, every="Tous"),
        ),
    )


def _search(rows: Rows, text: str) -> Rows:
    named = Q()
    for word in searched_words(text):
        named &= Q(name_key__contains=word.strip())
    return rows.filter(named | Q(email__icontains=text.strip()))


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(is_active=state == "actif")


def _who() -> tuple[Column[User], ...]:
    return (
        Column(
            "personne",
            "Personne",
            lambda row: row.get_full_name(),
            ("name_key",),
            lambda row: Text(row.get_full_name(), note=row.email),
        ),
        Column("role", "Rôle", lambda row: row.get_role_display(), (by_rank("role", sorted(Role.values)),)),
    )


def _department() -> Column[User]:
    # Those of the agency, who have none, first.
    place = Coalesce("department", Value(""))
    return Column("departement", "Département", lambda row: row.department.name if row.department else "", (place,))


def _burden(reader: User) -> Column[User]:
    return Column(
        "portefeuille",
        "Portefeuille",
        lambda row: str(team_line(row, reader=reader).burden),
        ("companies", "bilans", "invitations"),
    )


def _account(reader: User) -> tuple[Column[User], ...]:
    def state(row: User) -> Face:
        return Drawn("accounts/_team_state.html", {"line": team_line(row, reader=reader)})

    def actions(row: User) -> Face:
        return Drawn("accounts/_team_actions.html", {"line": team_line(row, reader=reader)})

    order = by_case((Q(is_active=True), Q(is_active=False)))
    return (
        Column("compte", "Compte", lambda row: "actif" if row.is_active else "désactivé", (order,), state),
        Column("actions", "Actions", lambda _: None, face=actions, in_file=False),
    )


def _file_only() -> tuple[Column[User], ...]:
    return (
        Column("fonction", "Fonction", lambda row: row.job_title, on_page=False),
        Column("courriel", "Courriel", lambda row: row.email, ("email",), on_page=False),
        Column("telephone", "Téléphone", lambda row: row.phone, on_page=False),
        Column(
            "cree",
            "Créé le",
            lambda row: row.created_at.astimezone(zone_of(row.department)).date(),
            ("created_at",),
            on_page=False,
        ),
    )
