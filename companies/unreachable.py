"""The addresses that do not receive the portal's mails, among those of the people whom somebody answers for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import OutgoingMail, User
from companies.models import Invitation, Membership


@dataclass(frozen=True)
class Unreachable:
    """An address, who has it, what became of its last mail, and the page where that is repaired."""

    mail: OutgoingMail
    who: str
    where: str
    remedy: str
    url: str


def unreachable(user: User) -> QuerySet[OutgoingMail]:
    """The last mail of each address that did not get it, of the people that this person sees, accounts and invited.

    Colleagues of the préfecture, members of its companies, and whoever is invited and did not answer. A mail may have
    been about anything: only its address and its fate are for whoever reads this.
    """
    theirs = (
        Q(to__in=User.objects.filter(department=user.department, is_active=True).values("email"))
        | Q(to__in=Membership.objects.visible_to(user).active().values("user__email"))
        | Q(to__in=Invitation.objects.visible_to(user).open().values("email"))
    )
    return OutgoingMail.objects.lost().not_made_up_for().filter(theirs).order_by("created_at", "pk")


def lines_of(mails: Iterable[OutgoingMail], *, reader: User) -> list[Unreachable]:
    """Rows of a list. Three queries, whatever their number."""
    rows = list(mails)
    addresses = [mail.to for mail in rows]
    places = _members(addresses, reader) | _invited(addresses, reader)
    colleagues = {
        person.email: person for person in User.objects.filter(department=reader.department, email__in=addresses)
    }
    return [_line(mail, colleagues.get(mail.to), places.get(mail.to)) for mail in rows]


def _members(addresses: Sequence[str], reader: User) -> dict[str, Membership | Invitation]:
    found = Membership.objects.visible_to(reader).active().filter(user__email__in=addresses)
    return {place.user.email: place for place in found.select_related("user", "company").order_by("-pk")}


def _invited(addresses: Sequence[str], reader: User) -> dict[str, Membership | Invitation]:
    found = Invitation.objects.visible_to(reader).open().filter(email__in=addresses)
    return {row.email: row for row in found.select_related("company", "department").order_by("invited_at")}


def _line(mail: OutgoingMail, colleague: User | None, place: Membership | Invitation | None) -> Unreachable:
    """Who is invited is invited anew; who has an account corrects the address, or leaves the place to somebody."""
    if isinstance(place, Invitation):
        remedy = "Annuler l’invitation et inviter à la bonne adresse"
        return Unreachable(mail, place.seat.label, place.where, remedy, reverse("invitation_list"))
    if place is not None:
        members = reverse("company_members", args=[place.company_id])
        return Unreachable(mail, place.user.get_full_name(), place.company.name, "Revoir les membres", members)
    who, where = (colleague.get_full_name(), colleague.get_role_display()) if colleague else ("", "")
    return Unreachable(mail, who, where, "Revoir l’équipe", reverse("team_list"))
