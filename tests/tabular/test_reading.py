"""Files as people save them are read; files that would fill the memory, or mean two things, are refused at once."""

import io
import resource
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from tabular.reading import canonical_headers, read_table
from tabular.workbook_check import FileRefused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
TWO_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>SIRET</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>'
)


def archive(rows: str = TWO_ROWS, *, prolog: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook made by hand, so that it may be wrong."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in PARTS.items():
            file.writestr(name, content)
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        file.writestr("xl/worksheets/sheet1.xml", f'<?xml version="1.0"?>{prolog}{sheet}')
        for name, data in (extra or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def workbook(*rows: list[object], sheets: int = 1) -> bytes:
    """A workbook as a spreadsheet saves it."""
    book = Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffSIRET;Nom\r\n00090001900015;Société Terril\r\n".encode(),
        "SIRET;Nom\n00090001900015;Société Terril\n;\n;\n".encode("cp1252"),
        b'SIRET,Nom\n00090001900015,"Soci\xc3\xa9t\xc3\xa9 Terril"\n',
        b"SIRET\tNom\t\t\n00090001900015\tSoci\xc3\xa9t\xc3\xa9 Terril\t\t\n",
        workbook(["SIRET", "Nom"], ["00090001900015", "Société Terril"], [None, None]),
    ],
    ids=["utf-8 with its mark", "windows", "commas", "tabs and empty columns", "xlsx"],
)
def test_a_table_is_read_however_it_was_saved(content: bytes) -> None:
    assert read_table(content) == [["SIRET", "Nom"], ["00090001900015", "Société Terril"]]


def test_cells_of_a_workbook_become_what_one_would_type() -> None:
    content = workbook(["a", "b", "c", "d", "e"], [90001900015, 1234.5, date(2019, 2, 8), True, 0])

    assert read_table(content)[1] == ["90001900015", "1234,5", "08/02/2019", "oui", "0"]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a far cell": (
        lambda: archive(TWO_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "plus de 5000 lignes",
    ),
    "a far cell in a near row": (
        lambda: archive('<row r="1"><c r="A1048576"><v>1</v></c></row>'),
        "plus de 5000 lignes",
    ),
    "a wide header": (lambda: archive('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "plus de 60 colonnes"),
    "a million empty rows": (lambda: archive("<row/>" * 1_000_000), "plus de 5000 lignes"),
    "a cell of 60 MB": (
        lambda: archive('<row><c t="inlineStr"><is><t>' + "a" * 60_000_000 + "</t></is></c></row>"),
        "trop volumineux",
    ),
    "a cell of 40,000 signs": (
        lambda: archive('<row><c t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>"),
        "dépasse 32767 caractères",
    ),
    "entities": (
        lambda: archive(prolog='<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'),
        "déclaration interdite",
    ),
    "an external entity": (
        lambda: archive(prolog='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'),
        "déclaration interdite",
    ),
    "a sheet under another name": (
        lambda: archive(extra={"xl/picture.png": b'<worksheet><row r="1048576"/></worksheet>'}),
        "plus de 5000 lignes",
    ),
    "many members": (lambda: archive(extra={f"x{n}": b"" for n in range(300)}), "trop d’éléments"),
    "a member outside": (lambda: archive(extra={"../../evil": b""}), "élément interdit"),
    "macros": (lambda: archive(extra={"xl/vbaProject.bin": b"x"}), "macros"),
    "a formula without its value": (
        lambda: archive('<row r="1"><c r="A1"><f>1+1</f></c></row>'),
        "La cellule A1 contient une formule sans résultat",
    ),
    "broken markup": (lambda: archive("<row><c></row>"), "abîmé"),
    "a truncated archive": (lambda: archive()[:-30], "abîmé"),
    "an archive that is no workbook": (lambda: _zip_of({"a.txt": b"a"}), "n’est pas un classeur"),
    "two sheets": (lambda: workbook(["SIRET"], ["1"], sheets=2), "une seule feuille"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "ni un classeur"),
    "an old workbook or a locked one": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "ni un classeur"),
    "a page": (lambda: b"<html>", "ni un classeur"),
    "a PDF": (lambda: b"%PDF-1.7", "ni un classeur"),
    "a text of 16 bits": (lambda: "SIRET;Nom\n1;2".encode("utf-16"), "ni un classeur"),
    "6 MB": (lambda: b"a" * 6_000_000, "dépasse 5 Mo"),
    "nothing but titles": (lambda: b"SIRET;Nom\n", "aucune ligne"),
    "nothing at all": (lambda: b"", "aucune ligne"),
    "5,001 lines": (lambda: b"SIRET\n" + b"1\n" * 5001, "plus de 5000 lignes"),
    "61 columns": (lambda: b";".join([b"a"] * 61) + b"\n1", "plus de 60 colonnes"),
    "a cell without a title": (lambda: b"SIRET;Nom\n1;2;3\n", "La ligne 2 a plus de cellules"),
    "an open quotation mark": (lambda: b'SIRET;Nom\n"1;2\n', "mal formé"),
    "a long line of text": (lambda: b"SIRET\n" + b"a" * 40_000, "dépasse 32767 caractères"),
}


def _zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_trusted_is_refused_at_once(name: str) -> None:
    make, sentence = HOSTILE[name]
    content = make()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()

    with pytest.raises(FileRefused, match=sentence):
        read_table(content)

    assert time.process_time() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100 * 1024


def test_a_sheet_may_have_pictures_and_links() -> None:
    content = archive(extra={"xl/media/image1.png": b"\x89PNG", "docProps/app.xml": b"<Properties/>"})

    assert read_table(content) == [["SIRET"], ["x"]]


def test_headers_are_known_whatever_their_dress() -> None:
    aliases = {"siret": "SIRET", "n siret": "SIRET", "date d effet": "Date d’effet"}

    assert canonical_headers(["N° Siret", "DATE D’EFFET", "Autre"], aliases) == ["SIRET", "Date d’effet", "Autre"]
    with pytest.raises(FileRefused, match="« SIRET » figure deux fois"):
        canonical_headers(["SIRET", "n° SIRET"], aliases)
