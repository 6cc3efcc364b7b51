"""Every file, good and bad, through every door of the portal that takes files: none is answered by an error."""

import html
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import invented_siret
from tests.files.bad_files import BAD_FILES
from tests.files.good_files import GOOD_FILES

SLOWEST = 2
"""Seconds of CPU that a page may take to refuse a file."""
HEAVIEST = 100
"""Megabytes that a refusal may add to the memory of the process."""


@dataclass(frozen=True)
class Door:
    """A page that takes files: its address, the titles it knows, a row that it takes, and what it then says."""

    page: str
    titles: Sequence[str]
    row: Sequence[str]
    summary: str


DOORS = {
    "companies": Door(
        "/entreprises/importer/",
        ("SIRET", "Nom", "Catégorie", "Effectif", "Commune"),
        (invented_siret(701), "Société Éléphant", "PME", "12", "Arques"),
        "1 ligne nouvelle, 0 modifiée, 0 inchangée.",
    ),
    "conventions": Door(
        "/conventions/importer/",
        ("Référence", "SIRET", "Date d’effet", "Axes", "Motif du choix des axes"),
        ("", invented_siret(702), "08/02/2019", "former, sensibiliser", "Premier pas"),
        "1 ligne nouvelle, 0 modifiée, 0 inchangée.",
    ),
    "results": Door(
        "/resultats/importer/",
        ("Référence", "Semestre", "Indicateur", "Valeur", "Commentaire"),
        ("PAQTE-62-2019-001", "2019-S1", "REC-01", "1234", "Relevé de la paie"),
        "0 ligne nouvelle, 1 modifiée, 0 inchangée.",
    ),
}


def answer(client: Client, door: Door, content: bytes) -> tuple[int, str]:
    """The status and the text of the page."""
    file = SimpleUploadedFile("fichier.csv", content)
    response = client.post(door.page, {"import_file": file})
    return response.status_code, html.unescape(response.content.decode())


@cache
def built(label: str) -> bytes:
    """The bytes of a bad file, made once."""
    make, _ = BAD_FILES[label]
    return make()


def resident(line: str) -> float:
    """Megabytes of this process, as Linux counts them: VmRSS now, VmHWM at the most."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024


@pytest.mark.parametrize("name", DOORS)
def test_a_bad_file_is_refused_with_its_sentence(staff: Client, name: str) -> None:
    wrong: dict[str, int] = {}
    slow: dict[str, float] = {}
    heavy: dict[str, float] = {}
    for label, (_, sentence) in BAD_FILES.items():
        content = built(label)
        Path("/proc/self/clear_refs").write_text("5", "ascii")  # what was the most is forgotten
        before, began = resident("VmRSS"), time.process_time()
        status, page = answer(staff, DOORS[name], content)
        spent, grown = time.process_time() - began, resident("VmHWM") - before
        # Nobody can send nothing at all: the form says so before the file is read.
        expected = "Le fichier soumis est vide." if not content else sentence
        wrong |= {label: status} if (status, expected in page) != (422, True) else {}
        slow |= {label: spent} if spent > SLOWEST else {}
        heavy |= {label: grown} if grown > HEAVIEST else {}

    assert (wrong, slow, heavy) == ({}, {}, {})


@pytest.mark.parametrize("name", DOORS)
def test_a_good_file_is_previewed(staff: Client, name: str) -> None:
    door = DOORS[name]
    wrong = {}
    for label, build in GOOD_FILES.items():
        status, page = answer(staff, door, build(door.titles, door.row))
        if (status, door.summary in page, "Confirmer l’import" in page) != (200, True, True):
            wrong[label] = status

    assert wrong == {}


def test_the_folder_is_as_full_as_it_promises() -> None:
    assert (len(BAD_FILES) >= 60, len(GOOD_FILES) >= 30) == (True, True)
