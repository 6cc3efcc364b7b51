"""What LibreOffice makes of our workbooks: it reads back what we wrote, and prints it on a few pages."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reporting import renderers
from reporting.bilan import MonthSigned
from reporting.codec import fingerprint
from tests.reporting.samples import sample

BILAN = replace(sample(27), signatures=(MonthSigned("2019-02", 27, 9),), charters_left=4)
KINDS = ("xlsx", "ods")
MOST_PAGES = 15
ATTEMPTS = 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both workbooks, and what LibreOffice saved and printed of each."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice est introuvable : apt-get install -y --no-install-recommends libreoffice-calc-nogui")
    found = tmp_path_factory.mktemp("office")
    files = [found / f"from-{kind}.{kind}" for kind in KINDS]
    for path, content in zip(files, (renderers.to_xlsx(BILAN), renderers.to_ods(BILAN)), strict=True):
        path.write_bytes(content)
    for kind in ("xlsx", "pdf"):
        convert(office, found, files, kind)
    return found / "made"


def convert(office: str, folder: Path, files: list[Path], kind: str) -> None:
    """Each file saved anew as `kind`, in `made`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "made"), *map(str, files)]
    for _ in range(ATTEMPTS):
        # The first start of a new profile sometimes ends before anything is done, on a busy machine the second too.
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)  # noqa: S603  # found above
        if done.returncode == 0:
            return
    pytest.fail(f"{done.stdout}{done.stderr}")


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_back_every_cell(folder: Path, kind: str):
    saved = (folder / f"from-{kind}.xlsx").read_bytes()

    assert cells_of(saved) == cells_of(renderers.to_xlsx(BILAN))


def cells_of(content: bytes) -> dict[str, list[list[Any]]]:  # Any: what openpyxl reads
    """Every cell of every sheet, days as days, without what is blank at the end of a row."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [trimmed(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def trimmed(row: tuple[Any, ...]) -> list[Any]:  # Any: what openpyxl reads
    cells = [cell.date() if hasattr(cell, "date") else cell for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


@pytest.mark.parametrize("kind", KINDS)
def test_it_prints_a_few_pages_that_say_what_their_cells_are(folder: Path, kind: str):
    pages = PdfReader(folder / f"from-{kind}.pdf").pages
    figures = [text for page in pages if "SEN-02" in (text := page.extract_text()) and "Code" in text]

    assert len(pages) <= MOST_PAGES
    assert {page.mediabox.width > page.mediabox.height for page in pages} == {True}
    assert len([text for text in figures if "Stagiaires de 3e accueillis, collèges REP+" in text]) >= 3
    assert fingerprint(BILAN) in pages[0].extract_text().replace("\n", "")


def test_days_stay_days_and_the_first_sheet_tells_how_to_read_the_others(folder: Path):
    book = load_workbook(folder / "from-ods.xlsx")

    assert book.sheetnames[:3] == ["Lisez-moi", "Bilan", "Indicateurs"]
    assert book["Signataires"]["H2"].value.date() == date(2019, 2, 8)
    assert book["Signataires"]["H2"].number_format.lower() == "dd/mm/yyyy"
