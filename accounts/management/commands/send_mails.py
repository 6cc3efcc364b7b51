"""Send the mails that wait in the outbox; production runs it every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.outbox import deliver_waiting


class Command(BaseCommand):
    """Exit code 1 when a mail could not leave: it stays in the queue for the next run."""

    help = "Envoie les courriels en attente."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send and say how many left."""
        sent, failed = deliver_waiting()
        self.stdout.write(f"{sent} courriel(s) envoyé(s), {failed} en attente.")
        if failed:
            raise CommandError(f"{failed} courriel(s) n’ont pas pu partir : ils restent en file.")
