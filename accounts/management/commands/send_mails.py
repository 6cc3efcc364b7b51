"""Send the mails that wait in the outbox; production runs it every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.outbox import deliver_waiting

Delivery = OutgoingMail.Delivery


class Command(BaseCommand):
    """Exit code 1 when a mail could not leave: it stays in the queue for the next run, or it never will."""

    help = "Envoie les courriels en attente."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send and say how many left."""
        fates = deliver_waiting(at=timezone.now())
        self.stdout.write(f"{fates[Delivery.SENT]} courriel(s) envoyé(s), {fates[Delivery.WAITING]} en attente.")
        if lost := fates[Delivery.REFUSED] + fates[Delivery.GIVEN_UP]:
            self.stderr.write(f"{lost} courriel(s) refusé(s) ou abandonné(s) : ils ne partiront pas.")
        if failed := lost + fates[Delivery.WAITING]:
            raise CommandError(f"{failed} courriel(s) n’ont pas pu partir.")
