"""Rows of this room: the accounts, and the mails that wait for people."""

from accounts.models.mail import OutgoingMail
from accounts.models.user import User, UserManager

__all__ = ["OutgoingMail", "User", "UserManager"]
