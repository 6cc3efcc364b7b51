"""A telephone with an application of codes, as its owner holds it: the clock gives the code."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User

SECRET = b"12345678901234567890".hex()
"""The secret of the examples of RFC 6238, whose codes are printed there."""
FIRST = datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
"""1234567890 seconds: the RFC prints 89005924, of which an application shows six digits."""
FIRST_CODE = "005924"
LATER = datetime(2033, 5, 18, 3, 33, 20, tzinfo=UTC)
"""2000000000 seconds: the RFC prints 69279037."""
LATER_CODE = "279037"
STEP = timedelta(seconds=30)


def give_telephone(user: User) -> TOTPDevice:
    """A second factor in force, with the secret of the RFC."""
    device: TOTPDevice = TOTPDevice.objects.create(user=user, key=SECRET, name="Application")
    return device


def telephones(user: User) -> Any:  # Any: a query of a library without types
    """The applications of codes of this account, in force or not yet."""
    return TOTPDevice.objects.filter(user=user)
