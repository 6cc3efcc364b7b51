"""Applies the periods that the page on personal data announces: each finds what is past its time, and lets it go."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.links import link_to
from accounts.models import Bucket, OutgoingMail, Session, Trace, UsedKey, User
from accounts.outbox import queue_mail
from accounts.retention import NOTICE, PERIODS
from companies.kept_files import FOLDER
from companies.models import Contact, Invitation
from conventions.models import Convention
from conventions.models.periods import last_day_of
from documents.models import StoredFile
from privacy.actions import anonymise
from privacy.models import InactivityNotice
from privacy.selectors import still_needed


def idle_accounts(*, at: datetime, since: timedelta) -> QuerySet[User]:
    """Accounts that nobody signed in with for so long, counted from their creation when nobody ever did."""
    used = Coalesce("last_login", "created_at")
    return (
        User.objects.annotate(used_at=used).filter(used_at__lte=at - since).exclude(email__endswith=f"@{User.NOBODY}")
    )


def to_warn(at: datetime) -> QuerySet[User]:
    """Accounts a month from their anonymisation, whose holder can sign in and was not told since the last time."""
    told = InactivityNotice.objects.filter(user=OuterRef("pk"), sent_at__gt=OuterRef("used_at"))
    return idle_accounts(at=at, since=PERIODS["accounts"].length - NOTICE).filter(~Exists(told), is_active=True)


def to_anonymise(at: datetime) -> QuerySet[User]:
    """Accounts past their time: deactivated ones, and those whose holder was told a month ago and did not come back."""
    told = InactivityNotice.objects.filter(
        user=OuterRef("pk"), sent_at__gt=OuterRef("used_at"), sent_at__lte=at - NOTICE
    )
    return idle_accounts(at=at, since=PERIODS["accounts"].length).filter(Exists(told) | Q(is_active=False))


@transaction.atomic
def warn(user: User, *, at: datetime) -> None:
    """Tell somebody, a month before, that the account will be anonymised, and that signing in is enough to keep it."""
    InactivityNotice.objects.update_or_create(user=user, defaults={"sent_at": at})
    context = {"person": user, "on": at + NOTICE, "link": link_to(reverse("login"))}
    queue_mail(
        to=user.email,
        subject="Portail PAQTE : votre compte va être anonymisé",
        body=render_to_string("emails/account_inactive.txt", context),
        purpose=f"inactivity {user.pk} {at:%Y-%m-%d}",
    )


def old_contacts(at: datetime) -> QuerySet[Contact]:
    """Contacts of companies whose conventions all ended so long ago; a company that has none yet keeps its own."""
    limit = (at - PERIODS["contacts"].length).date()
    theirs = Convention.objects.filter(company=OuterRef("company"))
    theirs = theirs.annotate(over_on=last_day_of())
    alive = theirs.filter(Q(over_on__isnull=True) | Q(over_on__gt=limit))
    return Contact.objects.filter(Exists(theirs), ~Exists(alive))


def old_mails(at: datetime) -> QuerySet[OutgoingMail]:
    """Mails that left, were refused or given up, so long ago; one that still waits stays."""
    return OutgoingMail.objects.settled().filter(created_at__lte=_past(at, "mails"))


def _past(at: datetime, code: str) -> datetime:
    return at - PERIODS[code].length


ERASED: dict[str, Callable[[datetime], Iterable[QuerySet[Model]]]] = {
    "contacts": lambda at: [old_contacts(at)],
    "invitations": lambda at: [Invitation.objects.filter(expires_at__lte=_past(at, "invitations"))],
    "mails": lambda at: [old_mails(at)],
    "failures": lambda at: [
        table.objects.filter(attempt_time__lte=_past(at, "failures"))
        for table in (AccessAttempt, AccessFailureLog, AccessLog)
    ],
    "traces": lambda at: [Trace.objects.filter(at__lte=_past(at, "traces"))],
    "unanswered": lambda at: [
        Invitation.objects.filter(accepted_at=None, expires_at__lte=_past(at, "unanswered")),
    ],
    "previews_of_bilans": lambda at: [
        StoredFile.objects.unreferenced().filter(made_at__lte=_past(at, "previews_of_bilans")),
        DBTaskResult.objects.finished().filter(finished_at__lte=_past(at, "previews_of_bilans")),
    ],
    "sessions": lambda at: [
        Session.objects.filter(expire_date__lte=at),
        Bucket.objects.forgettable(at=at),
        UsedKey.objects.forgotten_at(at),
    ],
}
"""The rules that only delete rows, by the code of their period."""


def old_previews(at: datetime) -> list[str]:
    """Files that were shown for confirmation and left there."""
    if not default_storage.exists(FOLDER):
        return []
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    return [name for name in names if default_storage.get_modified_time(name) <= _past(at, "previews")]


def apply(at: datetime, *, dry_run: bool) -> list[str]:
    """Apply every period; what was done, or would be, one sentence each."""
    return [*_accounts(at, dry_run=dry_run), *_rows(at, dry_run=dry_run), *_previews(at, dry_run=dry_run)]


def _accounts(at: datetime, *, dry_run: bool) -> list[str]:
    """Warn first, so that nobody is anonymised by the run that warns; who is still needed is left to people."""
    warned = list(to_warn(at))
    gone, kept = 0, []
    for user in () if dry_run else warned:
        warn(user, at=at)
    for user in to_anonymise(at):
        # Asked anew for each: of two last référents, the second one is needed once the first is gone.
        if reasons := still_needed(user):
            kept.append(f"Compte gardé : {user.email}. {' '.join(reasons)}")
            continue
        gone += 1
        if not dry_run:
            anonymise(user.email, at=at)
    return [f"Avis d’inactivité : {len(warned)}.", f"Comptes anonymisés : {gone}.", *kept]


def _rows(at: datetime, *, dry_run: bool) -> list[str]:
    said = []
    for code, find in ERASED.items():
        found = [rows.count() if dry_run else rows.delete()[0] for rows in find(at)]
        said.append(f"{PERIODS[code].data}, lignes effacées : {sum(found)}.")
    return said


def _previews(at: datetime, *, dry_run: bool) -> list[str]:
    names = old_previews(at)
    for name in () if dry_run else names:
        default_storage.delete(name)
    return [f"{PERIODS['previews'].data}, fichiers effacés : {len(names)}."]
