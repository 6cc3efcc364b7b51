"""Rows of this room: the accounts, the mails that wait for people, the counters of their tries."""

from accounts.models.bucket import Bucket, BucketQuerySet
from accounts.models.mail import OutgoingMail
from accounts.models.user import User, UserManager

__all__ = ["Bucket", "BucketQuerySet", "OutgoingMail", "User", "UserManager"]
