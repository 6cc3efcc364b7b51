"""`manage.py read_bounces FICHIER`: the mails that came back, from the mailbox of the portal's sender (mbox)."""

import mailbox
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.bounces import bounce_of
from accounts.outbox import note_bounces


class Command(BaseCommand):
    """The file is only read; run twice on the same one, it changes nothing the second time."""

    help = "Lit les avis de non-remise d’une boîte aux lettres (mbox) et marque les courriels refusés."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", help="la boîte aux lettres de l’expéditeur, au format mbox")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Say which addresses refused a mail."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"« {path} » n’est pas un fichier que l’on puisse lire.")
        notices = mailbox.mbox(path, create=False)
        try:
            found = note_bounces([bounce for notice in notices if (bounce := bounce_of(notice))])
        finally:
            notices.close()
        for mail in found:
            self.stdout.write(f"{mail.to} : {mail.last_error}")
        self.stdout.write(f"{len(found)} courriel(s) revenu(s).")
