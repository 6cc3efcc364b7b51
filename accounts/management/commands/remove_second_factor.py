"""Take the second factor of an account away: for who lost the telephone and the recovery codes, once recognised."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.second_factor import forget
from accounts.models import User


class Command(BaseCommand):
    """The person is told by mail; where it is mandatory, the next sign-in sets up a new one."""

    help = "Retire le second facteur d’un compte dont la personne a perdu téléphone et codes de secours."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address of the account."""
        parser.add_argument("adresse", help="adresse électronique du compte")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was done; exit code 1 when nothing was."""
        user = User.objects.at(options["adresse"])
        if user is None or not forget(user=user):
            raise CommandError("Aucun compte à cette adresse n’a de second facteur.")
        self.stdout.write(f"Le second facteur de {user.email} est retiré ; un courriel le lui dit.")
