"""`manage.py import_qpv FILE`: the priority neighbourhoods, from the list that the ANCT publishes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from french.numbers import format_number
from territories.models import Department
from territories.qpv_file import UnreadableFileError
from territories.qpv_import import QpvImport, import_qpv


class Command(BaseCommand):
    """Import a list of QPV: every oddity is printed, no row is lost, a second run changes nothing."""

    help = "Importe la liste des quartiers prioritaires (CSV de l’ANCT, géographie 2014 ou 2024)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the option to look without writing."""
        parser.add_argument("file", metavar="FILE", type=Path, help="fichier CSV de l’ANCT")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")

    def handle(self, *_args: Any, **options: Any) -> None:  # Any: Django's own signature
        """Import, print the oddities, then the count. --verbosity 2 adds the count by département."""
        path: Path = options["file"]
        if not Department.objects.exists():
            raise CommandError("Aucun département n’est chargé\u00a0: lancez d’abord load_territories.")
        try:
            result = import_qpv(path.read_bytes(), dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"Le fichier {path} ne peut pas être lu\u00a0: {_reason(error)}") from error
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        for oddity in result.oddities:
            self.stdout.write(str(oddity))
        if options["verbosity"] >= 2:
            for department, count in result.by_department.items():
                self.stdout.write(f"département {department}\u00a0: {format_number(count)} QPV")
        self.stdout.write(_summary(result))
        if options["dry_run"]:
            self.stdout.write("Essai à blanc\u00a0: rien n’a été écrit.")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "il n’existe pas."
    if isinstance(error, IsADirectoryError):
        return "c’est un dossier."
    return "le système le refuse."


def _summary(result: QpvImport) -> str:
    return (
        f"{format_number(result.read)} QPV lus\u00a0: {format_number(result.created)} créés, "
        f"{format_number(result.updated)} modifiés, {format_number(result.unchanged)} inchangés, "
        f"{format_number(result.set_aside)} mis de côté\u00a0; "
        f"{format_number(len(result.oddities))} remarque(s)."
    )
