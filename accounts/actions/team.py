"""Somebody leaves, comes back or hands over: accounts are closed, never deleted, and what they did stays theirs."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.links import link_to
from accounts.models import AccountAct, User
from accounts.outbox import queue_mail
from accounts.roles import HANDED_OVER, Role
from accounts.selectors.team import Burden, bilans_of, burden_of, is_last, managed_by, successors_of
from accounts.sessions import end_sessions
from territories.locks import lock_departments


class TeamRefused(Exception):
    """This cannot be done to this account, or no longer; the message is a French sentence."""


class LastOne(TeamRefused):
    """Nobody would be left to do the work; a successor comes first, or the agency says why there is none."""


LAST = {
    Role.REFERENT: (
        "C’est le dernier référent actif du département\u00a0: invitez d’abord la personne qui prend la suite. "
        "Sans successeur, seul le CGET peut désactiver ce compte, et il dit pourquoi."
    ),
    Role.CGET: "C’est le dernier agent actif du CGET\u00a0: invitez d’abord la personne qui prend la suite.",
}
"""What is said for each role of NEVER_EMPTY."""


@transaction.atomic
def deactivate(account: User, *, reason: str = "", at: datetime, by: User) -> User:
    """Close an account: its sessions end now, its rights at its next request. Raises TeamRefused."""
    row = _locked(account, by=by)
    if not row.is_active:
        raise TeamRefused(f"Le compte de {row} est déjà désactivé.")
    _refuse_last(row, reason=reason.strip(), by=by)
    row.is_active = False
    row.save(update_fields=["is_active"])
    end_sessions(row)
    row.invitations_sent.take_back(at=at, by=by)
    _note(row, AccountAct.Kind.DEACTIVATE, reason=reason, at=at, by=by)
    return row


@transaction.atomic
def reactivate(account: User, *, at: datetime, by: User) -> User:
    """Open a closed account again, with the password it had. Raises TeamRefused."""
    row = _locked(account, by=by)
    if row.is_active:
        raise TeamRefused(f"Le compte de {row} est déjà actif.")
    row.is_active = True
    row.save(update_fields=["is_active"])
    _note(row, AccountAct.Kind.REACTIVATE, at=at, by=by)
    return row


@transaction.atomic
def hand_over(account: User, *, to: User, at: datetime, by: User) -> Burden:
    """Give everything that is this person's own to another of the same role and département. Raises TeamRefused.

    Of an animateur: the companies entrusted. Of a référent: the bilans in preparation that bear their name, and the
    invitations without an answer. What was signed, validated or sent keeps its author.
    """
    row = _locked(account, by=by)
    if by.role != Role.REFERENT or row.role not in HANDED_OVER:
        raise TeamRefused("Le portefeuille d’un référent ou d’un animateur se confie dans son département.")
    successor = successors_of(row).filter(pk=to.pk).first()
    if successor is None:
        raise TeamRefused(
            f"{to} n’est plus un compte actif du même rôle dans le département\u00a0: choisissez quelqu’un."
        )
    given = burden_of(row)
    if not given:
        raise TeamRefused(f"{row} n’a rien à confier\u00a0: ni entreprise, ni bilan en préparation, ni invitation.")
    _give_companies(row, successor)
    _give_bilans(row, successor)
    row.invitations_sent.open().update(invited_by=successor)
    _note(row, AccountAct.Kind.HAND_OVER, successor=successor, at=at, by=by)
    _tell(successor, row, given)
    return given


def _locked(account: User, *, by: User) -> User:
    """The account as it is now, when `by` still manages it. One at a time in a place, so that somebody stays.

    Of two people who deactivate each other the second finds out that it may not any more.
    """
    both = Q(pk__in=[account.pk, by.pk])
    asked = both if account.department_id else both | Q(role=account.role)
    list(User.objects.filter(asked).order_by("pk").select_for_update(of=("self",), no_key=True))
    if account.department_id:
        lock_departments([account.department_id])
    row = managed_by(User.objects.get(pk=by.pk)).filter(pk=account.pk).first()
    if row is None:
        raise TeamRefused("Vous ne gérez pas, ou plus, ce compte.")
    return row


def _refuse_last(row: User, *, reason: str, by: User) -> None:
    agency_says_why = by.role == Role.CGET and row.role == Role.REFERENT and reason
    if is_last(row) and not agency_says_why:
        raise LastOne(LAST[Role(row.role)])


def _give_companies(row: User, to: User) -> None:
    """The companies of an animateur; one that both follow is followed once."""
    row.portfolio.filter(company__in=to.portfolio.values("company")).delete()
    row.portfolio.update(user=to)


def _give_bilans(row: User, to: User) -> None:
    """The référent's box of the bilans in preparation; a sent one keeps the name of whoever sent it."""
    if row.role != Role.REFERENT:
        return
    bilans_of(row).update(
        referent_name=to.get_full_name(),
        referent_job_title=to.job_title,
        referent_email=to.email,
        referent_phone=to.phone,
    )


def _tell(successor: User, former: User, given: Burden) -> None:
    """The mail to the person who takes over."""
    context = {"successor": successor, "former": former, "given": given, "link": link_to(reverse("dashboard"))}
    body = render_to_string("emails/portfolio_handed_over.txt", context)
    queue_mail(to=successor.email, subject=f"Le portefeuille de {former} vous est confié", body=body)


def _note(
    row: User, kind: AccountAct.Kind, *, successor: User | None = None, reason: str = "", at: datetime, by: User
) -> None:
    """The line of the journal."""
    AccountAct.objects.create(account=row, kind=kind, successor=successor, reason=reason.strip(), at=at, by=by)
