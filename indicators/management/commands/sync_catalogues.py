"""`manage.py sync_catalogues`: publish in the database the catalogue versions that the portal ships."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import CatalogueError, available_versions, load_catalogue


class Command(BaseCommand):
    """Publish new versions, leave the known ones alone, refuse a published version whose file changed."""

    help = "Publie les versions du catalogue d’indicateurs livrées avec le portail (sans effet la seconde fois)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: look without writing."""
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait publié, sans rien écrire")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Sync, then say what was published."""
        try:
            catalogues = [load_catalogue(version) for version in available_versions()]
            result = sync_catalogues(catalogues, dry_run=options["dry_run"])
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        for version in result.published:
            self.stdout.write(f"Catalogue {version}\u00a0: publié.")
        for version in result.unchanged:
            self.stdout.write(f"Catalogue {version}\u00a0: inchangé.")
        if options["dry_run"]:
            self.stdout.write("Essai à blanc\u00a0: rien n’a été écrit.")
