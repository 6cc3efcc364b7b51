"""`manage.py load_territories`: the régions and départements that everything else refers to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from territories.loading import Tally, load_territories


class Command(BaseCommand):
    """Load the reference geography shipped with the portal; safe to run again."""

    help = "Charge les régions et les départements livrés avec le portail (sans effet la seconde fois)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: look without writing."""
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Load, then say what changed."""
        load = load_territories(dry_run=options["dry_run"])
        self.stdout.write(_sentence("Régions", load.regions, ending="ées"))
        self.stdout.write(_sentence("Départements et collectivités", load.departments, ending="és"))
        if options["dry_run"]:
            self.stdout.write("Essai à blanc\u00a0: rien n’a été écrit.")


def _sentence(what: str, tally: Tally, *, ending: str) -> str:
    changed = f"{tally.created} cré{ending}, {tally.updated} modifi{ending}"
    return f"{what}\u00a0: {changed}, {tally.unchanged} inchang{ending}."
