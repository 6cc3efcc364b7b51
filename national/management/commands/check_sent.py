"""`manage.py check_sent`: the numbers that the country adds up are those of the documents; every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from national.comparison import disagreements


class Command(BaseCommand):
    """Print one line per difference; 1 when there is any. Nothing is repaired: whoever sees one must know why."""

    help = "Compare les chiffres additionnés par le pays aux documents transmis ; sort en erreur s’ils diffèrent."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: Django's own signature
        """Compare, print, and fail when something differs."""
        found = list(disagreements())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"Chiffres qui ne sont pas ceux des documents\u00a0: {len(found)}.")
        self.stdout.write("Les chiffres sont ceux des documents.")
