"""Limits what may be guessed and what sends mails: `spend` one, or learn when to come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import Bucket
from accounts.rates import Rate

MINUTE, HOUR = 60, 3600
LONGEST_IN_MINUTES = 90 * MINUTE
"""A longer wait is said in hours."""


class Purpose(StrEnum):
    """What is counted, and by whom: the key that `spend` wants with each."""

    PASSWORD_MAIL = auto()
    """Mails of a forgotten password, by address."""
    PASSWORD_MAIL_NETWORK = auto()
    """The same, by network address of who asks."""
    SIGN_IN_MAIL = auto()
    """Mails with a link or a code to sign in, by address."""
    SIGN_IN_MAIL_NETWORK = auto()
    """The same, by network address of who asks."""
    ADDRESS_MAIL = auto()
    """Mails that ask a new address to confirm itself, by account."""
    SIGN_IN_NETWORK = auto()
    """Failed sign-ins over all accounts, by network address."""
    SIGN_IN_ACCOUNT = auto()
    """Failed sign-ins from all networks, by address typed."""
    SECOND_FACTOR = auto()
    """Wrong codes, by account."""
    INVITATION = auto()
    """Invitations sent, by account of who invites."""
    INVITATION_TOKEN = auto()
    """Invitation links that lead nowhere, by network address."""


@dataclass(frozen=True)
class Limit:
    """How often, and what is said to whoever comes too often."""

    rate: Rate
    sentence: str


def _limit(times: int, sentence: str, **per: int) -> Limit:
    return Limit(Rate(times, timedelta(**per)), sentence)


MAILED = "Plusieurs courriels viennent d’être demandés."
FAILED = "Plusieurs tentatives de connexion ont échoué."

LIMITS: Mapping[Purpose, Limit] = {
    Purpose.PASSWORD_MAIL: _limit(3, MAILED, hours=1),
    Purpose.PASSWORD_MAIL_NETWORK: _limit(20, MAILED, hours=1),
    Purpose.SIGN_IN_MAIL: _limit(5, MAILED, hours=1),
    Purpose.SIGN_IN_MAIL_NETWORK: _limit(40, MAILED, hours=1),
    Purpose.ADDRESS_MAIL: _limit(5, MAILED, hours=1),
    Purpose.SIGN_IN_NETWORK: _limit(20, FAILED, minutes=15),
    Purpose.SIGN_IN_ACCOUNT: _limit(30, FAILED, hours=1),
    Purpose.SECOND_FACTOR: _limit(5, "Plusieurs codes faux ont été saisis.", minutes=15),
    Purpose.INVITATION: _limit(50, "Vous avez envoyé beaucoup d’invitations aujourd’hui.", days=1),
    Purpose.INVITATION_TOKEN: _limit(20, "Plusieurs liens d’invitation n’ont mené à rien.", minutes=15),
}
"""A whole préfecture may share one network address: what is counted by network leaves room for all its people."""


class TooMany(Exception):
    """A limit is reached; says so in French, with the wait."""

    def __init__(self, purpose: Purpose, *, until: datetime, at: datetime) -> None:
        self.purpose = purpose
        self.until = until
        self.seconds = ceil((until - at).total_seconds())
        self.sentence = LIMITS[purpose].sentence
        super().__init__(f"{self.sentence} Attendez {waiting(self.seconds)} avant de réessayer.")


def spend(purpose: Purpose, key: str, *, at: datetime) -> None:
    """Take one from the bucket of `key`, or raise TooMany: a refusal costs nothing.

    The row stays locked until the caller's transaction ends, and a rollback gives back what was taken.
    """
    rate = LIMITS[purpose].rate
    digest = _digest(purpose, key)
    with transaction.atomic():
        # Writing what is there already locks the row, new or old: two requests cannot both take the last one.
        Bucket.objects.bulk_create(
            [Bucket(purpose=purpose, digest=digest, full_at=at)],
            update_conflicts=True,
            unique_fields=["purpose", "digest"],
            update_fields=["purpose"],
        )
        row = Bucket.objects.get(purpose=purpose, digest=digest)
        _refuse_early(purpose, row.full_at, at=at)
        row.full_at = rate.taken(row.full_at, at=at)
        row.save(update_fields=["full_at"])


def check(purpose: Purpose, key: str, *, at: datetime) -> None:
    """Raise TooMany if nothing is left for `key`; writes nothing. For limits on failures only, before the try."""
    row = Bucket.objects.filter(purpose=purpose, digest=_digest(purpose, key)).first()
    if row is not None:
        _refuse_early(purpose, row.full_at, at=at)


def waiting(seconds: int) -> str:
    """A wait in words, never shorter than it is: 1 minute, 15 minutes, 3 heures."""
    if seconds <= LONGEST_IN_MINUTES:
        minutes = ceil(seconds / MINUTE)
        return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    return f"{ceil(seconds / HOUR)}\u00a0heures"


def _refuse_early(purpose: Purpose, full_at: datetime, *, at: datetime) -> None:
    until = LIMITS[purpose].rate.opens_at(full_at, at=at)
    if until > at:
        raise TooMany(purpose, until=until, at=at)


def _digest(purpose: Purpose, key: str) -> str:
    """SHA-256 under the portal's secret: addresses are few enough to be found again from a bare digest."""
    return salted_hmac(f"accounts.buckets.{purpose}", key.strip().lower(), algorithm="sha256").hexdigest()
