"""The spreadsheet of the indicators of a version: out and in again, changed where the agency works."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from indicators.catalogue import CatalogueError, drafted, load_catalogue, shipped
from indicators.document import Table, read_document, written
from indicators.sheet import document_of, is_spreadsheet, sheet_of
from tests.cast import Cast
from tests.indicators.versions import begun
from tests.pages import page, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DOCUMENT = read_document(shipped("paqte-2018"))
Change = Callable[[Any], None]
"""What somebody does to the sheet in a spreadsheet."""


def changed(change: Change) -> bytes:
    workbook: Workbook = load_workbook(io.BytesIO(sheet_of(DOCUMENT)))
    change(workbook.active)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def column(sheet: Any, title: str) -> int:
    return [cell.value for cell in sheet[1]].index(title) + 1


def put(title: str, value: object, *, line: int = 2) -> Change:
    def change(sheet: Any) -> None:
        sheet.cell(line, column(sheet, title), value)

    return change


def read(document: Table) -> dict[str, Any]:
    return dict(drafted(written(document)).by_code)


def test_out_and_in_again_nothing_changes() -> None:
    file = sheet_of(DOCUMENT)

    assert is_spreadsheet(file)
    assert not is_spreadsheet(shipped("paqte-2018"))
    assert read(document_of(file, DOCUMENT)) == load_catalogue("paqte-2018").by_code


def test_it_is_in_the_words_of_the_form() -> None:
    sheet: Any = load_workbook(io.BytesIO(sheet_of(DOCUMENT))).active

    assert (sheet.max_row, sheet.max_column) == (39, 20)
    said = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}
    assert (said["Code"], said["Axe"], said["Type"], said["Unité"]) == ("SEN-01", "Sensibiliser", "flux", "nombre")
    assert (said["Noyau"], said["Reformulé"], said["Origine"]) == ("oui", "non", "repris d’un document public")
    assert (said["Une unité"], said["Plusieurs"], said["Plafond"] or "") == ("place", "places", "")


def test_lines_are_changed_added_removed_and_moved() -> None:
    def change(sheet: Any) -> None:
        put("Libellé", "Stages offerts")(sheet)
        put("Plafond", 300)(sheet)
        put("Valable à partir du", "01/11/2021")(sheet)
        values = [cell.value for cell in sheet[3]]
        sheet.delete_rows(3)
        sheet.append(["SEN-13" if value == "SEN-02" else value for value in values])

    found = read(document_of(changed(change), DOCUMENT))

    assert "SEN-02" not in found
    assert list(found)[0::37] == ["SEN-01", "SEN-13"]
    first = found["SEN-01"]
    assert (first.label, first.ceiling, str(first.valid_from)) == ("Stages offerts", 300, "2021-11-01")
    # What a sheet does not say stays as the file of the version has it.
    assert first.rules == load_catalogue("paqte-2018").indicator("SEN-01").rules


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            put("Axe", "Vendre"),
            "Ligne 2, colonne Axe, « Vendre »\u00a0: Cette réponse n’est pas, ou n’est plus, proposée",
        ),
        (put("Noyau", "peut-être"), "Ligne 2, colonne Noyau, « peut-être »\u00a0: écrivez oui ou non."),
        (put("Définition", " "), "Ligne 2, colonne Définition\u00a0: « Définition » est à renseigner."),
        (put("Plafond", "beaucoup"), "Ligne 2, colonne Plafond, « beaucoup »\u00a0: "),
        (
            put("Code", "sen 1"),
            "Ligne 2, colonne Code, « sen 1 »\u00a0: Majuscules, chiffres et traits d’union seulement.",
        ),
        (put("Code", "SEN-02"), "SEN-02\u00a0: ce code est sur deux lignes."),
        (put("Unité", "oui ou non"), "Ligne 2\u00a0: Un indicateur oui ou non n’a pas d’autre unité, et inversement."),
        (put("Libellé", "Titre", line=1), "Il manque la colonne\u00a0: Libellé."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_its_column(change: Change, sentence: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        document_of(changed(change), DOCUMENT)

    assert sentence in str(refusal.value)


def test_the_agency_takes_it_and_brings_it_back(cast: Cast) -> None:
    draft = begun(cast.cget)
    url = reverse("draft_import", args=[draft.pk])
    given = page(cast.cget, "draft_file", draft.pk, "xlsx")
    assert given.headers["Content-Disposition"] == 'attachment; filename="paqte-2021-projet.xlsx"'
    assert given.headers["Content-Type"].endswith("spreadsheetml.sheet")

    def sent(content: bytes) -> Any:  # Any: the test client's own
        files = {"file": SimpleUploadedFile("indicateurs.xlsx", content), "shown": draft.catalogue.fingerprint}
        return signed_in(cast.cget).post(url, files)

    refused = sent(changed(put("Axe", "Vendre")))
    accepted = sent(changed(put("Libellé", "Stages offerts")))

    assert refused.status_code == 422
    assert "Ligne 2, colonne Axe" in text(refused)
    assert accepted.status_code == 302
    draft.refresh_from_db()
    assert [line.comment for line in draft.logs.order_by("pk")] == ["", "SEN-01\u00a0: libellé"]
    assert draft.catalogue.version == "paqte-2021"
