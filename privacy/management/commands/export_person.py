"""`manage.py export_person ADDRESS`: everything held on one person, in JSON, for whoever asks for their data."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy.selectors import held_on


class Command(BaseCommand):
    """Write on the standard output; exit code 1 when nothing is held."""

    help = "Exporte en JSON tout ce que le portail détient sur une personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="l’adresse électronique de la personne")

    def handle(self, *_args: Any, address: str, **_options: Any) -> None:  # Any: Django's own signature
        held = held_on(address)
        if not held:
            raise CommandError(f"Le portail ne détient rien à l’adresse {address}.")
        self.stdout.write(json.dumps(held, default=str, ensure_ascii=False, indent=2))
