"""`manage.py run_tasks`: the worker that makes PDFs and carries out transmissions; one is always running."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.worker import work


class Command(BaseCommand):
    """Runs until it is told to stop; whoever starts it starts it again when it dies."""

    help = "Fait ce qui attend (PDF, tableurs, transmissions), sans s’arrêter ; reprend ce qu’un arrêt a interrompu."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long it runs."""
        parser.add_argument("--until-empty", action="store_true", help="s’arrête quand plus rien n’attend")
        parser.add_argument("--beside", type=int, help="s’arrête avec le processus de ce numéro")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Work."""
        work(until_empty=options["until_empty"], beside=options["beside"])
