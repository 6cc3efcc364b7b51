"""Rows of this room: the accounts, the mails that wait for people, their sessions and their tries."""

from accounts.models.act import AccountAct
from accounts.models.bucket import Bucket, BucketQuerySet
from accounts.models.kept_list import ChosenColumns, SavedView
from accounts.models.mail import OutgoingMail
from accounts.models.session import Session, SessionQuerySet
from accounts.models.trace import Trace
from accounts.models.used_key import UsedKey
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = [
    "AccountAct",
    "Bucket",
    "BucketQuerySet",
    "ChosenColumns",
    "OutgoingMail",
    "SavedView",
    "Session",
    "SessionQuerySet",
    "Trace",
    "UsedKey",
    "User",
    "UserManager",
    "UserQuerySet",
]
