"""The mail of an invitation, queued in the transaction that writes it; the token stands nowhere else."""

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.links import link_to
from accounts.outbox import queue_mail
from companies.models import Invitation
from territories.clock import zone_of


def invitation_sent(invitation: Invitation, *, path: str) -> None:
    """Tell the person who invites them, to what, and until when, in the hours of their own département."""
    with timezone.override(zone_of(invitation.department)):
        invitation.mail = queue_mail(
            to=invitation.email,
            subject=f"Invitation au portail PAQTE\u00a0: {invitation.where}",
            body=render_to_string("emails/invitation.txt", {"invitation": invitation, "link": link_to(path)}),
            purpose=f"invitation {invitation.token_digest}",
            holds_secret=True,
        )
    invitation.save(update_fields=["mail"])
