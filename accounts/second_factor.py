"""Who has a second factor, who must, and how a code is written; the writing is in actions."""

import base64
import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from accounts.roles import Role

STATE_AGENTS = frozenset({Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR, Role.CGET})
"""Who works for the State here: PAQTE_SECOND_FACTOR makes a second factor mandatory for them."""


def is_required_of(user: User) -> bool:
    """Whether this account may not sign in by one proof alone."""
    return settings.PAQTE_SECOND_FACTOR and (user.role in STATE_AGENTS or user.is_staff)


def telephone_of(user: User) -> TOTPDevice | None:
    """The application that gives codes to this person, once a first code has proved it."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def candidate_of(user: User) -> TOTPDevice | None:
    """The secret that this person is setting up."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def recovery_of(user: User) -> StaticDevice | None:
    """The recovery codes of this person; each is a row, deleted when it serves."""
    return StaticDevice.objects.filter(user=user, confirmed=True).first()


def readable_secret(device: TOTPDevice) -> str:
    """The secret as a person types it: base 32, in groups of four."""
    text = base64.b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(_groups(text))


def readable_code(code: str) -> str:
    """A recovery code as it is printed."""
    return "-".join(_groups(code))


def bare_code(typed: str) -> str:
    """A code without the spaces, dashes and capitals of whoever copies it."""
    return re.sub(r"[\s\-–]", "", typed).lower()


def digest_of(user: User, code: str) -> str:
    """What the database keeps of a recovery code: without the secret key, a copy of it opens nothing."""
    return salted_hmac("accounts.second_factor.recovery", f"{user.pk} {code}", algorithm="sha256").hexdigest()[:16]


def _groups(text: str) -> Iterable[str]:
    return (text[start : start + 4] for start in range(0, len(text), 4))
