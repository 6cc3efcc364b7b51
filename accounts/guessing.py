"""Slows down whoever guesses, before any hash is computed; only failures count, and no victim is locked out."""

from django.http import HttpRequest
from django.utils import timezone

from accounts.buckets import Purpose, TooMany, check, spend
from accounts.known_browsers import accounts_known_here
from accounts.models import User
from accounts.throttle import network_of


class Try:
    """One try at entering an account: `check` before, `failed` after.

    A browser from which this account entered before is not counted here: django-axes alone limits it, by account and
    network address. So neither a whole préfecture behind one address, nor somebody whose account is attacked from many
    networks, waits for what others do.
    """

    def __init__(self, request: HttpRequest, address: str) -> None:
        self.counters: tuple[tuple[Purpose, str], ...] = ()
        if not _knows(request, address):
            self.counters = ((Purpose.SIGN_IN_NETWORK, network_of(request)), (Purpose.SIGN_IN_ACCOUNT, address))

    def check(self) -> None:
        """Raise TooMany when too many tries of this network or on this account failed."""
        now = timezone.now()
        for purpose, key in self.counters:
            check(purpose, key, at=now)

    def failed(self) -> None:
        """Count one failure; several that travelled together may each still find room to be tried, none to be free."""
        now = timezone.now()
        for purpose, key in self.counters:
            try:
                spend(purpose, key, at=now)
            except TooMany:
                continue


def may_mail(request: HttpRequest, address: str, *, to: Purpose, by: Purpose) -> bool:
    """Whether one more mail may go to this address at the request of this network; counts it if so.

    The page says the same in both cases: whoever asks too often does not learn it, nor whether the account exists.
    """
    now = timezone.now()
    try:
        spend(by, network_of(request), at=now)
        spend(to, address, at=now)
    except TooMany:
        return False
    return True


def _knows(request: HttpRequest, address: str) -> bool:
    known = accounts_known_here(request)
    return bool(known) and User.objects.filter(pk__in=known, email=User.objects.normalize_email(address)).exists()
