"""`manage.py list_orphans`: say what nobody looks after any more; the exit code says whether there is anything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conventions.selectors.owners import (
    companies_without_member,
    departments_without_referent,
    portfolios_of_people_gone,
)
from french.numbers import counted
from territories.clock import today


class Command(BaseCommand):
    """Print one line per company, portfolio or département without an active owner; 1 when there is any."""

    help = "Liste ce qui n’a plus de responsable actif : entreprises signataires, portefeuilles, départements."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: Django's own signature
        """Look, print, and fail when something was found."""
        day = today()
        lines = [
            *(f"Département sans référent actif : {place}" for place in departments_without_referent(day)),
            *(
                f"Entreprise signataire sans membre actif : {company} ({company.department})"
                for company in companies_without_member(day)
            ),
            *(
                f"Portefeuille d’un compte désactivé : {who} ({counted(count, 'entreprise', 'entreprises')})"
                for who, count in portfolios_of_people_gone().items()
            ),
        ]
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"Sans responsable actif : {len(lines)}.")
        self.stdout.write("Tout a un responsable actif.")
