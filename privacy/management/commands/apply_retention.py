"""`manage.py apply_retention`: apply the periods that the page on personal data announces; production runs it daily."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from privacy.retention import apply


class Command(BaseCommand):
    """Say what was done, one line per period."""

    help = "Applique les durées de conservation annoncées par la page « Données personnelles »."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien changer")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        # The real clock: sign-ins and mails follow it too, on the demonstration as well.
        for sentence in apply(timezone.now(), dry_run=options["dry_run"]):
            self.stdout.write(sentence)
