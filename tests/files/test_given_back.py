"""A faulty file through every door that takes files: it comes back with its faults, and back in as it was."""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories import invented_siret
from tests.files.good_files import saved
from tests.files.test_doors import DOORS, HEAVIEST, Door, answer, resident

WRONG = {
    "companies": ("Catégorie", "énorme", "« énorme » n’est pas l’une des valeurs possibles"),
    "conventions": ("Axes", "licencier", "Axes possibles\u00a0: "),
    "results": ("Valeur", "douze", "« douze » n’est pas un nombre. "),
}


def given_back(client: Client, door: Door, page: str) -> bytes:
    """The bytes of the annotated file that a refused page offers."""
    name = re.findall(r'name="refused_file" value="([^"]*)"', page)
    return client.post(f"{door.page}annote/", {"refused_file": name}).getvalue()


@pytest.mark.parametrize("name", DOORS)
def test_every_door_gives_a_faulty_file_back(staff: Client, name: str) -> None:
    door, (column, value, sentence) = DOORS[name], WRONG[name]
    row = [value if title == column else cell for title, cell in zip(door.titles, door.row, strict=True)]
    _, page = answer(staff, door, saved(door.titles, row).encode())

    content = given_back(staff, door, page)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    status, again = answer(staff, door, content)

    assert [cell.value for cell in sheet[1]] == [*door.titles, "À corriger"]
    assert str(sheet.cell(2, len(row) + 1).value).startswith(f"{column}\u00a0: {sentence}")
    assert (status, re.findall("<li>Ligne.*</li>", again)) == (422, re.findall("<li>Ligne.*</li>", page))


def test_ten_thousand_faulty_rows_go_back_within_the_memory_of_a_refusal(staff: Client) -> None:
    door = DOORS["companies"]
    lines = (f"{invented_siret(index)};Terril {index};énorme;1;Lens" for index in range(10_000))
    _, page = answer(staff, door, "\n".join([";".join(door.titles), *lines]).encode())
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    before = resident("VmRSS")

    content = given_back(staff, door, page)

    assert resident("VmHWM") - before < HEAVIEST
    assert "Et 9\u202f900 autres défauts." in answer(staff, door, content)[1]
