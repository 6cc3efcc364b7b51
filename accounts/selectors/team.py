"""The people of a préfecture or of the agency: who manages whom, and what each would leave behind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from accounts.models import AccountAct, User, UserQuerySet
from accounts.roles import HANDED_OVER, MANAGES, NEVER_EMPTY, Role
from french.numbers import counted

SIGNED_DRAFT = Q(department__bilans__state="draft", department__bilans__referent_email__iexact=F("email"))
UNANSWERED = Q(invitations_sent__accepted_at=None, invitations_sent__revoked_at=None)
"""Bilans and invitations stand in rooms above: they are reached by reverse relations."""


@dataclass(frozen=True)
class Burden:
    """What is somebody's own, and needs somebody else once they leave."""

    companies: int
    bilans: int
    invitations: int = 0
    """Sent, neither accepted nor taken back."""

    def __bool__(self) -> bool:
        return bool(self.companies or self.bilans or self.invitations)

    @property
    def kept(self) -> "Burden":
        """What stays in the name of somebody who leaves: invitations do not."""
        return Burden(self.companies, self.bilans)

    def __str__(self) -> str:
        """« 8 entreprises », « 1 bilan en préparation et 2 invitations sans réponse »; empty without any."""
        parts = (
            (self.companies, "entreprise", "entreprises"),
            (self.bilans, "bilan en préparation", "bilans en préparation"),
            (self.invitations, "invitation sans réponse", "invitations sans réponse"),
        )
        return " et ".join(counted(number, one, several) for number, one, several in parts if number)


@dataclass(frozen=True)
class TeamLine:
    """One person in the list, and what the reader may do about them."""

    account: User
    burden: Burden
    closed: AccountAct | None
    """The act that closed the account; None while it is open, or when a command closed it."""
    may_hand_over: bool


def managed_by(user: User) -> UserQuerySet:
    """Those whose account this person closes and opens again: `MANAGES`, within their département or the nation."""
    accounts = User.objects.get_queryset()
    if not user.is_active or user.role not in MANAGES:
        return accounts.none()
    managed = accounts.filter(role__in=MANAGES[Role(user.role)]).exclude(email__endswith=f"@{User.NOBODY}")
    return managed.filter(department=user.department_id) if user.department_id else managed


def team_of(user: User) -> QuerySet[User]:
    """The same, with what a list says of them."""
    acts = Prefetch("acts", AccountAct.objects.visible_to(user).select_related("by"))
    team = managed_by(user).select_related("department").prefetch_related(acts)
    if user.role == Role.REFERENT:
        # What is in a préfecture is not told to the agency.
        team = team.annotate(
            companies=Count("portfolio", distinct=True),
            bilans=Count("department__bilans", filter=SIGNED_DRAFT, distinct=True),
            invitations=Count("invitations_sent", filter=UNANSWERED, distinct=True),
        )
    return team


def team_line(account: User, *, reader: User) -> TeamLine:
    """A line of the list, of an account as `team_of` reads it; no query."""
    burden = Burden(*(getattr(account, name, 0) for name in ("companies", "bilans", "invitations")))
    closings = [act for act in account.acts.all() if act.kind == AccountAct.Kind.DEACTIVATE]
    return TeamLine(
        account=account,
        burden=burden,
        closed=closings[-1] if closings and not account.is_active else None,
        may_hand_over=bool(burden) and reader.role == Role.REFERENT and account.role in HANDED_OVER,
    )


def bilans_of(account: User) -> Any:  # Any: rows of a room above
    """The bilans in preparation that bear the name of this référent."""
    if account.department is None or account.role != Role.REFERENT:
        return User.objects.none()
    return account.department.bilans.filter(state="draft", referent_email__iexact=account.email)


def burden_of(account: User) -> Burden:
    """What one person would leave behind. Three queries."""
    return Burden(account.portfolio.count(), bilans_of(account).count(), account.invitations_sent.open().count())


def burden_told(account: User, *, reader: User) -> Burden:
    """The same, as far as the reader may know it: what is in a préfecture is not told to the agency."""
    return burden_of(account) if reader.role == Role.REFERENT else Burden(0, 0)


def successors_of(account: User) -> QuerySet[User]:
    """Those to whom this person may hand over: active, of the same role and département, by name."""
    same = User.objects.filter(role=account.role, department=account.department_id, is_active=True)
    return same.exclude(pk=account.pk).order_by("name_key")


def is_last(account: User) -> bool:
    """Whether nobody else can do this person's work, which somebody must do."""
    return account.role in NEVER_EMPTY and not successors_of(account).exists()
