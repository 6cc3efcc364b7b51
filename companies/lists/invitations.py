"""The list of invitations: to whom, what for, by whom, and what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from accounts.roles import Role
from companies.models import Invitation
from french.order import searched_words
from lists.columns import Column, Drawn, Face
from lists.listing import Listing
from lists.narrowing import Search
from lists.sorting import by_rank
from territories.clock import zone_of

TONES = {Invitation.State.PENDING: "info", Invitation.State.ACCEPTED: "success", Invitation.State.EXPIRED: "warning"}


def invitation_list_at(at: datetime, *, nothing: str, acts: bool) -> Listing[Invitation]:
    """The list as it is read at this hour; with `acts`, something can still be done with each."""
    return Listing(
        name="invitations",
        title="Invitations",
        counted=("invitation", "invitations"),
        columns=(*_who(), *_when(at), *(_actions() if acts else ())),
        order=("-invitee",),
        nothing=nothing,
        advice="Vérifiez l’adresse, ou effacez la recherche.",
        search=Search("Adresse, entreprise ou commune", _search, "company__search_key"),
        loaded=lambda rows: rows.select_related("company__department", "department", "invited_by", "mail"),
    )


@dataclass(frozen=True)
class InvitationLine:
    """An invitation in a list, with what is said of it at this hour."""

    invitation: Invitation
    state: Invitation.State

    @property
    def tone(self) -> str:
        """Of the badge."""
        return TONES.get(self.state, "")


def lines_of(invitations: Iterable[Invitation], *, at: datetime) -> list[InvitationLine]:
    """Invitations as lists show them."""
    return [InvitationLine(row, row.state_at(at)) for row in invitations]


def _search(rows: QuerySet[Invitation], text: str) -> QuerySet[Invitation]:
    of_company = Q()
    for word in searched_words(text):
        of_company &= Q(company__search_key__contains=word)
    return rows.filter(of_company | Q(email__icontains=text.strip()))


def _who() -> tuple[Column[Invitation], ...]:
    return (
        Column("adresse", "Adresse électronique", lambda row: row.email, ("email",)),
        Column("role", "Rôle", lambda row: row.seat.label, (by_rank("role", Role.values), "company_role")),
        Column("lieu", "Où", lambda row: row.where, ("company__name_key", "department")),
        Column("par", "Invité par", _sender, ("invited_by__name_key",)),
    )


def _sender(row: Invitation) -> str:
    """Who invites: a person, or the command of whoever installed the portal."""
    return row.invited_by.get_full_name() if row.invited_by else "l’installation"


def _when(at: datetime) -> tuple[Column[Invitation], ...]:
    def state(row: Invitation) -> Face:
        return Drawn("companies/_invitation_cell.html", {"line": InvitationLine(row, row.state_at(at))})

    return (
        Column("invitee", "Le", lambda row: _day(row, row.invited_at), ("invited_at",), header="Invité le"),
        Column("etat-dit", "État", lambda row: row.state_at(at).label, ("accepted_at", "expires_at"), state),
        Column("expire", "Expire le", lambda row: _day(row, row.expires_at), on_page=False),
        Column("acceptee", "Acceptée le", lambda row: _day(row, row.accepted_at), on_page=False),
    )


def _actions() -> Sequence[Column[Invitation]]:
    def drawn(row: Invitation) -> Face:
        return Drawn("companies/_invitation_actions_cell.html", {"invitation": row})

    return (Column("actions", "Actions", lambda _: None, face=drawn, in_file=False),)


def _day(row: Invitation, instant: datetime | None) -> date | None:
    """In the hours of the place."""
    place = row.company.department if row.company else row.department
    return instant.astimezone(zone_of(place)).date() if instant else None
