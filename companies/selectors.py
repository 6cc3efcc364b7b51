"""What is read over several models of this room: what a link offers, which companies have nobody to answer."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from companies.models import CompanyQuerySet, Invitation, Membership, Portfolio
from companies.models.invitation import digest_of


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
