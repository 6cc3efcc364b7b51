"""`manage.py anonymise_person ADDRESS`: erase who a person is; figures, journals and sent bilans stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from privacy.actions import anonymise
from privacy.selectors import held_on, mentions, still_needed, words_about


class Command(BaseCommand):
    """Say what is held, ask, erase, then say where people typed the name by themselves."""

    help = "Anonymise une personne : son compte, ses coordonnées, ses courriels. Sans retour possible."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="l’adresse électronique de la personne")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui est détenu, sans rien changer")
        parser.add_argument("--yes", action="store_true", help="ne demande pas de confirmation")
        parser.add_argument("--force", action="store_true", help="même si personne d’autre ne tient sa place")

    def handle(self, *_args: Any, address: str, **options: Any) -> None:  # Any: Django's own signature
        held = held_on(address)
        if not held:
            raise CommandError(f"Le portail ne détient rien à l’adresse {address}.")
        for label, rows in held.items():
            self.stdout.write(f"{label} : {len(rows)}")
        user = User.objects.at(address)
        if user and not options["force"] and (reasons := still_needed(user)):
            raise CommandError(" ".join([*reasons, "Désignez quelqu’un d’autre, ou ajoutez --force."]))
        if options["dry_run"]:
            return
        if not options["yes"] and input("Retapez l’adresse pour confirmer : ").strip().lower() != address.lower():
            raise CommandError("L’adresse retapée n’est pas la même : rien n’a changé.")
        words = words_about(address)
        anonymise(address, at=timezone.now())
        self.stdout.write(f"{address} est anonymisé.")
        for label, pk, field in mentions(words):
            self.stdout.write(f"À relire, un texte libre le nomme encore : {label} {pk}, {field}.")
