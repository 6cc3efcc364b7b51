"""`manage.py write_schemas`: writes what is published of the JSON files, after their tree has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from reporting.schema import PUBLISHED, path_of, published


class Command(BaseCommand):
    """Run again, it writes the same files; those of schemas that have been left stay as they are."""

    help = "Écrit les schémas publiés des fichiers JSON dans docs/schemas."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: Django's own signature
        """One file per tree, under its present number."""
        for name, (_, number) in PUBLISHED.items():
            path_of(name, number).write_bytes(published(name))
            self.stdout.write(f"{path_of(name, number).name} est à jour.")
