"""`manage.py invite_agent prenom.nom@domaine`: how the first agent of the CGET enters, who invites everybody else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from accounts.links import link_to
from accounts.models import User
from accounts.roles import Role
from companies.actions.invitations import InvitationRefused, invite_agent


class Command(BaseCommand):
    """Run again, it sends a new link and the former one is void; an agent who is in already is left alone."""

    help = "Invite un agent du CGET, par courriel ; affiche le lien, à ne donner qu’à cette personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="prenom.nom@domaine", help="l’adresse électronique de l’agent")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Check the address, invite, print the link."""
        address = User.objects.normalize_email(options["address"])
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"« {address} » n’est pas une adresse électronique.") from error
        account = User.objects.at(address)
        if account and account.role == Role.CGET and account.is_active:
            self.stdout.write(f"{address} est déjà agent du CGET : rien à faire.")
            return
        try:
            path = invite_agent(address, at=timezone.now())
        except InvitationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{address} est invité pour sept jours. Son lien, qui ne sert qu’une fois :")
        self.stdout.write(link_to(path))
