"""`manage.py seed_demo`: fill an empty portal with the demonstration, and print the accounts to sign in with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from reporting.demo import people
from reporting.demo.password import demo_password
from reporting.demo.seeding import NotReady, Seeded, seed
from reporting.renderers import to_pdf


class Command(BaseCommand):
    """Write the demonstration once; every later run only prints the accounts."""

    help = "Remplit le portail de données inventées (62, 59 et 974), une seule fois, puis affiche les comptes."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: Django's own signature
        """Seed, then say what is there."""
        if settings.ENVIRONMENT == "production":
            raise CommandError("La démonstration ne se charge jamais en production.")
        password = demo_password(settings.PAQTE_DEMO_PASSWORD, Path(settings.DATA_DIR) / "demo_password")
        try:
            seeded = seed(password=password, render=to_pdf)
        except NotReady as error:
            raise CommandError(str(error)) from error
        self._say_rows(seeded)
        self._say_accounts(password)

    def _say_rows(self, seeded: Seeded) -> None:
        verb = "écrites" if seeded.written else "déjà là, rien n’a changé"
        self.stdout.write(
            f"Données de démonstration {verb}\u00a0: {seeded.companies} entreprises, "
            f"{seeded.conventions} conventions, {seeded.submissions} remontées, {seeded.bilans} bilans."
        )

    def _say_accounts(self, password: str) -> None:
        first = User.objects.get(email=people.ACCOUNTS[0].email)
        self.stdout.write("Comptes\u00a0:")
        for account in people.ACCOUNTS:
            self.stdout.write(f"  {account.email}\u00a0– {account.role.label}")
        if first.check_password(password):
            self.stdout.write(f"Mot de passe de tous ces comptes\u00a0: {password}")
        else:
            self.stdout.write("Leur mot de passe reste celui du premier chargement.")
