"""`manage.py write_schemas`: writes what is published of the JSON files, after their tree has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from national.schema import NATIONAL
from reporting.schema import BILAN


class Command(BaseCommand):
    """Run again, it writes the same files; those of schemas that have been left stay as they are."""

    help = "Écrit les schémas publiés des fichiers JSON dans docs/schemas."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: Django's own signature
        """One file per tree, under its present number."""
        for tree in (BILAN, NATIONAL):
            tree.path().write_bytes(tree.written())
            self.stdout.write(f"{tree.path().name} est à jour.")
