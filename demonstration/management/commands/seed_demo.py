"""`manage.py seed_demo`: fill an empty portal with the demonstration, and print the accounts to sign in with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demonstration import people
from demonstration.password import demo_password
from demonstration.seeding import NotReady, Seeded, seed, seed_at_scale
from french.numbers import counted
from reporting.files import make_all


class Command(BaseCommand):
    """Write the demonstration once; every later run only prints the accounts."""

    help = (
        "Remplit le portail de données inventées (62, 59 et 974), une seule fois, puis affiche les comptes. "
        "Avec --companies, écrit à la place un jeu de mesure à l’échelle du pays, dans une base à part."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Both options belong to the set of measures, which is not the demonstration."""
        parser.add_argument(
            "--departements",
            default="all",
            help="jeu de mesure\u00a0: codes séparés par des virgules, ou all (par défaut)",
        )
        parser.add_argument(
            "--companies", type=int, default=0, help="jeu de mesure\u00a0: nombre d’entreprises par département"
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Seed, then say what is there."""
        if settings.PRODUCTION:
            raise CommandError("La démonstration ne se charge jamais en production.")
        password = demo_password(settings.PAQTE_DEMO_PASSWORD, Path(settings.DATA_DIR) / "demo_password")
        try:
            if options["companies"] > 0:
                self._seed_at_scale(options["departements"], options["companies"], password)
                return
            seeded = seed(password=password, render=make_all)
        except NotReady as error:
            raise CommandError(str(error)) from error
        people.keep_password(password)
        self._say_rows(seeded)
        self._say_accounts(password)

    def _seed_at_scale(self, departments: str, companies: int, password: str) -> None:
        codes = (
            [] if departments == "all" else [code.strip().upper() for code in departments.split(",") if code.strip()]
        )
        written = seed_at_scale(codes=codes, companies=companies, password=password)
        self.stdout.write(
            f"Jeu de mesure\u00a0: {counted(written.departments, 'département écrit', 'départements écrits')}, "
            f"{written.known} déjà là, "
            f"{written.companies} entreprises, {written.results} résultats."
        )
        self.stdout.write(f"Comptes\u00a0: cget, referent.<code> et entreprise.<code>, suivis de @{people.DOMAIN}")
        self.stdout.write(f"Mot de passe de tous ces comptes\u00a0: {password}")

    def _say_rows(self, seeded: Seeded) -> None:
        verb = "écrites" if seeded.written else "déjà là, rien n’a changé"
        self.stdout.write(
            f"Données de démonstration {verb}\u00a0: {seeded.companies} entreprises, "
            f"{seeded.conventions} conventions, {seeded.submissions} remontées, {seeded.bilans} bilans."
        )

    def _say_accounts(self, password: str) -> None:
        known = set(people.known_accounts().values_list("email", flat=True))
        self.stdout.write("Comptes\u00a0:")
        for account in people.ACCOUNTS:
            if account.email not in known:
                continue
            self.stdout.write(f"  {account.email}\u00a0– {account.role.label}")
        self.stdout.write(f"Mot de passe de tous ces comptes\u00a0: {password}")
