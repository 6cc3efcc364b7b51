"""What is read over several models of this room: what a link offers, who answers for nobody, what was done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from companies.models import (
    Company,
    CompanyLog,
    CompanyQuerySet,
    GroupLink,
    Invitation,
    Membership,
    Portfolio,
    Succession,
)
from companies.models.invitation import digest_of

LINES_SHOWN = 20
OWN_SIREN = "Ce SIREN est celui de l’entreprise\u00a0: elle est le groupe, il n’y a pas de lien à enregistrer."


@dataclass(frozen=True)
class RecentJournal:
    """The last lines of the journal of a company, the last first, and how many older ones there are."""

    lines: tuple[CompanyLog, ...]
    older: int


def kin_of(company: Company, siren: str, *, reader: User, on: date) -> CompanyQuerySet:
    """The other companies of this group that `reader` sees: they bear its SIREN, or are linked to it that day."""
    linked = GroupLink.objects.filter(group=siren).in_force_on(on).values("company")
    elsewhere = GroupLink.objects.in_force_on(on).exclude(group=siren).values("company")
    own = Q(legal_unit=siren) & ~Q(pk__in=elsewhere)
    return Company.objects.visible_to(reader).filter(own | Q(pk__in=linked)).exclude(pk=company.pk)


def refusals_to_join(company: Company, *, siren: str | None, since: date | None) -> dict[str, str]:
    """Why a company cannot be linked to the group of this SIREN from that day, by what was asked.

    What is None is not looked at. One query at most.
    """
    found = {"siren": OWN_SIREN} if siren == company.legal_unit_id else {}
    other = company.group_links.select_related("group").order_by("-since").first() if since else None
    if since and other and (other.until is None or since <= other.until):
        found["since"] = f"L’entreprise est déjà rattachée à {other.group} {other.days}."
    return found


def recent_journal(company: Company, *, reader: User) -> RecentJournal:
    """What the sheet shows of it. Two queries."""
    rows = CompanyLog.objects.visible_to(reader).filter(company=company)
    lines = tuple(rows.select_related("by", "about").order_by("-pk")[:LINES_SHOWN])
    return RecentJournal(lines, older=rows.count() - len(lines))


def invitation_behind(token: str, *, at: datetime) -> Invitation | None:
    """The pending invitation whose link holds this token; None for every other reason, which nobody is told."""
    pending = Invitation.objects.pending(at).filter(token_digest=digest_of(token))
    return pending.select_related("company", "department", "invited_by").first()


def is_known(token: str) -> bool:
    """Whether a link once held this token: following an old link is no guess."""
    return Invitation.objects.filter(token_digest=digest_of(token)).exists()


def unanswered(companies: CompanyQuerySet, *, on: date, at: datetime) -> CompanyQuerySet:
    """Those with a convention in force that day, and nobody to transmit its results.

    Who may transmit: an administrator, or the animateur to whom the company is entrusted (see `SUBMISSION`, in the
    room above). A contributor only enters figures. Somebody invited to be one of the two, in time, is on the way.
    """
    of_company = Q(company=OuterRef("pk"))
    pending = Invitation.objects.pending(at)
    return (
        companies.in_force_on(on)
        .exclude(Exists(Membership.objects.administrators().active().filter(of_company)))
        .exclude(Exists(Portfolio.objects.filter(of_company, user__is_active=True)))
        .exclude(Exists(pending.administrators().filter(of_company)))
        .exclude(Exists(pending.filter(portfolio=OuterRef("pk"))))
    )


def bearer_of(siret: str, *, beside: Company) -> Company | None:
    """The other company of the same département that bears this SIRET, if there is one."""
    return Company.objects.filter(department=beside.department_id, siret=siret).exclude(pk=beside.pk).first()


def ended_among(companies: Collection[UUID]) -> dict[UUID, str]:
    """Why those of these companies that have ended promise nothing any more. One query."""
    ends = Succession.objects.filter(company__in=companies).select_related("company", "successor")
    return {end.company_id: end.refusal for end in ends}
