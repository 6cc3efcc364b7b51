"""The files of the agency's lists: how far each bilan is, who the référents are, the library of good practices."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from accounts.agency import AGENCY
from national.selectors.board import Board
from national.selectors.directory import Directory
from national.sheets import Sheet
from reporting.models import SentExample
from tabular.cells import About, Cell, Table
from territories.models import Department
from territories.semester import Semester

PLACE = ("Code département", "Département", "Région")


def board_sheet(known: Board, semester: Semester) -> Sheet:
    """One line per territory: what the map draws and its table says. Raises StopIteration for an unknown campaign."""
    campaign = next(one for one in known.campaigns if one.semester == semester)
    rows = [
        (*_place(line.department), line.companies, line.standing.value, line.detail) for line in known.lines(campaign)
    ]
    headers = (*PLACE, "Entreprises engagées à ce jour", "Bilan", "Précision")
    return Table("Bilans", headers, rows, still=2), _about(f"Bilans du {semester.label}, par département", known.on)


def directory_sheet(found: Directory, on: date) -> Sheet:
    """One line per référent, and one per territory that has none."""
    rows: list[tuple[Cell, ...]] = []
    for entry in found.entries:
        owes = "oui" if entry.is_late else "non"
        people: list[tuple[Cell, ...]] = [
            (person.get_full_name(), person.job_title, person.phone, person.email, person.created_at.date())
            for person in entry.referents
        ]
        rows += [(*_place(entry.department), *person, owes) for person in people or [("", "", "", "", "")]]
    told = ("Référent", "Fonction", "Téléphone", "Courriel", "Coordonnées reçues le")
    table = Table("Référents", (*PLACE, *told, "Doit un bilan"), rows, still=2, across=2)
    return table, _about("Annuaire des référents", on)


def practices_sheet(practices: Iterable[SentExample], on: date) -> Sheet:
    """One line per example; who tells it is empty for the préfecture."""
    rows = [
        (
            *(str(one.semester), one.get_axis_display(), *_place(one.department)),
            *(one.company, one.title, one.text),
        )
        for one in practices
    ]
    table = Table("Bonnes pratiques", ("Semestre", "Axe", *PLACE, "Entreprise", "Titre", "Récit"), rows, across=2)
    return table, _about("Bonnes pratiques", on)


def _place(department: Department) -> tuple[str, str, str]:
    return department.pk, department.name, department.region_name


def _about(title: str, on: date) -> About:
    """As old as the day it says what is known of."""
    return About(f"PAQTE, {title}", AGENCY, datetime.combine(on, time(), UTC))
