"""Set up, check and turn off a second factor: a telephone that gives codes, and ten recovery codes."""

import math
import re
from datetime import datetime

import django_otp
from django.db import transaction
from django.utils import timezone
from django_otp.models import ThrottlingMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import buckets, second_factor
from accounts.buckets import Purpose
from accounts.models import AccountAct, User
from accounts.notices import note, tell
from accounts.sessions import end_sessions
from french.numbers import counted

RECOVERY_CODES = 10
SIX_DIGITS = re.compile(r"[0-9]{6}")


NOT_THIS_ONE = "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en affiche un autre"
WRONG = f"{NOT_THIS_ONE}, ou prenez un code de secours."
WRONG_FIRST = f"{NOT_THIS_ONE}."
"""While the telephone is only prepared: nobody has recovery codes yet."""


class CodeRefused(Exception):
    """The code does not prove anything; the message is a French sentence."""


class FactorMandatory(Exception):
    """This account may not go without a second factor; the message is a French sentence."""

    def __init__(self) -> None:
        super().__init__("Votre compte doit garder un second facteur\u00a0: il ne peut pas être désactivé.")


@transaction.atomic
def begin(*, by: User) -> TOTPDevice:
    """Draw a secret. It is not in force before a first code proves that the telephone has it."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    TOTPDevice.objects.filter(user=by, confirmed=False).delete()
    return TOTPDevice.objects.create(user=by, name="Application", confirmed=False)


def confirm(*, code: str, by: User, session: str | None) -> list[str]:
    """Put the drawn secret in force; returns the recovery codes, which nobody can read again. Raises CodeRefused.

    Every session of this person but this one ends: it was opened by one proof.
    """
    candidate = second_factor.candidate_of(by)
    if candidate is None:
        raise CodeRefused("La préparation n’est plus valable\u00a0: recommencez.")
    _verify(candidate, second_factor.bare_code(code), by=by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        TOTPDevice.objects.filter(user=by, confirmed=True).delete()
        TOTPDevice.objects.filter(pk=candidate.pk).update(confirmed=True)
        codes = _new_codes(by)
        end_sessions(by, but=session)
        note(by, AccountAct.Kind.FACTOR)
        tell(by, "Un second facteur protège maintenant votre compte.")
    return codes


@transaction.atomic
def renew_codes(*, by: User) -> list[str]:
    """Ten new recovery codes; the old ones are void."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    tell(by, "De nouveaux codes de secours ont été donnés pour votre compte\u00a0; les anciens ne valent plus rien.")
    return _new_codes(by)


def turn_off(*, code: str, by: User) -> None:
    """Take the second factor away. Raises FactorMandatory, or CodeRefused when the code is wrong."""
    if second_factor.is_required_of(by):
        raise FactorMandatory
    check(code=code, by=by)
    with transaction.atomic():
        note(by, AccountAct.Kind.NO_FACTOR)
        forget(user=by)


@transaction.atomic
def forget(*, user: User) -> bool:
    """Delete the telephone and the recovery codes; False when there was none."""
    had_one: bool = TOTPDevice.objects.filter(user=user).delete()[0] > 0
    StaticDevice.objects.filter(user=user).delete()
    if had_one:
        tell(user, "Le second facteur de votre compte est désactivé.")
    return had_one


def check(*, code: str, by: User) -> None:
    """Accept a code of the telephone or a recovery code, once. Raises CodeRefused, and says how long to wait."""
    typed = second_factor.bare_code(code)
    if SIX_DIGITS.fullmatch(typed):
        _verify(second_factor.telephone_of(by), typed, by=by)
        return
    _verify(second_factor.recovery_of(by), second_factor.digest_of(by, typed), by=by)
    with transaction.atomic():
        left = StaticToken.objects.filter(device__user=by).count()
        tell(by, f"Un code de secours de votre compte vient de servir\u00a0; il en reste {left}.")


def _verify(device: TOTPDevice | StaticDevice | None, token: str, *, by: User) -> None:
    """Try the code on the device, which makes one wait longer after each failure; TooMany after five of them."""
    buckets.check(Purpose.SECOND_FACTOR, str(by.pk), at=timezone.now())
    if device is not None:
        _refuse_haste(device)
    if device is None or django_otp.verify_token(by, device.persistent_id, token) is None:
        buckets.spend(Purpose.SECOND_FACTOR, str(by.pk), at=timezone.now())
        raise CodeRefused(WRONG if device is None or device.confirmed else WRONG_FIRST)


def _refuse_haste(device: ThrottlingMixin) -> None:
    """Say how long the device stays closed after wrong codes."""
    allowed, details = device.verify_is_allowed()
    if not allowed:
        raise CodeRefused(
            f"Trop de codes erronés\u00a0: attendez {_delay(details['locked_until'])} avant d’en essayer un autre."
        )


def _delay(until: datetime) -> str:
    """« 8 secondes », « 5 minutes »: rounded up, so that coming back then is late enough."""
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    if seconds < 60:
        return counted(seconds, "seconde", "secondes")
    return counted(math.ceil(seconds / 60), "minute", "minutes")


def _new_codes(user: User) -> list[str]:
    """Draw the codes, keep what recognises them, and return them."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Codes de secours")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=second_factor.digest_of(user, code)) for code in codes
    )
    return [second_factor.readable_code(code) for code in codes]
