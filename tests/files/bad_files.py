"""Files that no import takes, whatever they are about, with the sentence that each is answered; typed by hand."""

import zipfile
from collections.abc import Callable

from tests.files.recipes import (
    PARTS,
    TWO_ROWS,
    archive,
    cells,
    ods_of,
    ods_rows,
    shared,
    sheet,
    styled,
    text,
    workbook,
    zip_of,
)

MANY_ROWS = (
    "Ce fichier compte plus de 10\u202f000 lignes (ou une cellule très loin)\u00a0: "
    "copiez vos lignes dans un fichier neuf, en plusieurs fichiers s’il le faut."
)
MANY_COLUMNS = "Ce fichier compte plus de 120 colonnes\u00a0: gardez celles du modèle."
MANY_CELLS = (
    "Ce fichier compte plus de 150\u202f000 cellules remplies ou 5\u202f000\u202f000 caractères\u00a0: "
    "coupez-le en plusieurs."
)
MANY_PARTS = "Ce classeur contient trop d’éléments\u00a0: copiez vos lignes dans un classeur neuf."
FORBIDDEN = "Ce classeur contient un élément interdit\u00a0: copiez vos lignes dans un classeur neuf."
DECLARED = "Ce classeur contient une déclaration interdite\u00a0: copiez vos lignes dans un classeur neuf."
MACROS = "Ce classeur contient des macros\u00a0: enregistrez-le au format .xlsx ou .ods."
DAMAGED = "Ce classeur est abîmé\u00a0: enregistrez-le de nouveau au format .xlsx ou .ods."
LOCKED = (
    "Ce classeur est abîmé ou protégé par un mot de passe\u00a0: enregistrez-le de nouveau au format .xlsx ou .ods."
)
OLD = (
    "Ce classeur est d’un ancien format (.xls) ou protégé par un mot de passe\u00a0: enregistrez-le au format .xlsx ou "
    ".ods, sans mot de passe."
)
NO_TABLE = "Ce fichier n’est ni un classeur .xlsx ou .ods ni un fichier .csv\u00a0: enregistrez-le dans l’un des trois."
NO_WORKBOOK = "Ce fichier n’est pas un classeur\u00a0: enregistrez-le au format .xlsx, .ods ou .csv."
BIG = "Ce classeur est trop volumineux une fois ouvert\u00a0: copiez vos lignes dans un classeur neuf."
ONE_SHEET = (
    "Le classeur doit avoir une seule feuille visible\u00a0: celle des lignes à importer. "
    "Masquez ou supprimez les autres."
)
NO_LINE = "Ce fichier ne contient aucune ligne sous ses titres de colonnes."
EMPTY = "Ce fichier est vide."
HEAVY = "Ce fichier dépasse 5 Mo\u00a0: coupez-le en plusieurs."
UNREAD = (
    "Ligne 3\u00a0: elle contient un caractère qui ne se lit pas. "
    "Enregistrez ce fichier au format «\u00a0CSV UTF-8\u00a0»."
)


def impossible(written: str) -> str:
    return f"La cellule A2 contient un nombre impossible ({written})\u00a0: corrigez-la."


def number(written: str) -> bytes:
    """A workbook whose cell A2 holds this as a number."""
    return archive(cells(["SIRET"]) + f"<row><c><v>{written}</v></c></row>")


def date(written: str, kind: str = "") -> bytes:
    """A workbook whose cell A2 holds this as a date."""
    return styled(cells(["SIRET"]) + f'<row><c s="1"{kind}><v>{written}</v></c></row>')


def repeated_text() -> bytes:
    """One text of 30,000 letters, named by 10,000 cells: 300 million letters once read."""
    rows = '<row><c t="s"><v>0</v></c></row>' * 10_000
    return shared(rows, "a" * 30_000)


def with_link() -> bytes:
    """A member that is a symbolic link."""
    link = zipfile.ZipInfo("xl/media/image1.png")
    link.external_attr = 0o120777 << 16
    return zip_of({**PARTS, "xl/worksheets/sheet1.xml": sheet(), link: "/etc/passwd"})  # type: ignore[dict-item]  # as zipfile takes it


def locked() -> bytes:
    """The first member says that it is encrypted."""
    content = bytearray(archive())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def flipped() -> bytes:
    """A workbook in the middle of whose sheet some bytes changed on the way."""
    content = bytearray(archive(cells(["SIRET"], *([f"ligne {index}"] for index in range(500)))))
    middle = content.index(b"sheet1.xml") + 200
    content[middle : middle + 20] = bytes(20)
    return bytes(content)


FEW_ATTRIBUTES = " ".join(f'a{index}=""' for index in range(200_000))
CHART_SHEET = {
    "xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace("/worksheet", "/chartsheet"),
    "xl/worksheets/sheet1.xml": f"<chartsheet xmlns={PARTS['xl/workbook.xml'].split('xmlns=')[1].split(' ')[0]}/>",
}

BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    # Not a table at all.
    "nothing at all": (lambda: b"", EMPTY),
    "spaces and line ends": (lambda: b" \r\n\r\n ", EMPTY),
    "separators alone": (lambda: b";;;\n;;;\n", EMPTY),
    "titles alone": (lambda: b"SIRET;Nom\n", NO_LINE),
    "titles alone in a workbook": (lambda: workbook(["SIRET", "Nom"]), NO_LINE),
    "titles alone in OpenDocument": (lambda: ods_of("<table:table-row/>"), EMPTY),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", NO_TABLE),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0JFIF", NO_TABLE),
    "a page": (lambda: b"<html><table><tr><td>SIRET", NO_TABLE),
    "a PDF": (lambda: b"%PDF-1.7", NO_TABLE),
    "an old workbook or a locked one": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, OLD),
    "a letter": (lambda: b"{\\rtf1 SIRET}", NO_TABLE),
    "an archive that is no workbook": (lambda: zip_of({"a.txt": b"a"}), NO_WORKBOOK),
    "UTF-16 without its mark": (lambda: "SIRET;Nom\n1;2\n".encode("utf-16-le"), NO_TABLE),
    "half of a UTF-16 letter": (lambda: "SIRET;Nom\n1;2\n".encode("utf-16")[:-1], NO_TABLE),
    # Too much of something.
    "6 MB": (lambda: b"a" * 6_000_000, HEAVY),
    "10,001 lines": (lambda: b"SIRET\n" + b"1\n" * 10_001, MANY_ROWS),
    "five million line ends": (lambda: b"SIRET\n" + b"\n" * 5_000_000, MANY_ROWS),
    "121 columns": (lambda: b";".join([b"a"] * 121) + b"\n1", MANY_COLUMNS),
    "160,000 cells": (lambda: (b";".join([b"a"] * 20) + b"\n") * 8_000, MANY_CELLS),
    "a far cell": (lambda: archive(TWO_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), MANY_ROWS),
    "a far cell in a near row": (lambda: archive('<row r="1"><c r="A1048576"><v>1</v></c></row>'), MANY_ROWS),
    "a wide header": (lambda: archive('<row r="1"><c r="XFD1"><v>1</v></c></row>'), MANY_COLUMNS),
    "a million empty rows": (lambda: archive("<row/>" * 1_000_000), MANY_ROWS),
    "a sheet under another name": (
        lambda: archive(extra={"xl/picture.png": b'<worksheet><row r="1048576"/></worksheet>'}),
        MANY_ROWS,
    ),
    "70 kB of spaces before the sheet": (
        lambda: archive(extra={"x.xml": b" " * 70_000 + b'<worksheet><row r="1048576"/></worksheet>'}),
        MANY_ROWS,
    ),
    "a sheet of 16 bits without its mark": (
        lambda: archive(part='<worksheet><row r="1048576"/></worksheet>'.encode("utf-16-be")),
        MANY_ROWS,
    ),
    "a cell of 60 MB": (lambda: archive(cells(["a" * 60_000_000])), BIG),
    "a cell of 40,000 signs": (
        lambda: archive('<row><c r="B1" t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>"),
        "La cellule B1 dépasse 32\u202f767 caractères\u00a0: raccourcissez-la.",
    ),
    "a long cell of text": (
        lambda: b"SIRET\n" + b"a" * 40_000,
        "Ligne 2\u00a0: une cellule dépasse 32\u202f767 caractères\u00a0: raccourcissez-la.",
    ),
    "a cell of text without end": (
        lambda: b"SIRET\n1\n" + b"a" * 200_000,
        "Ligne 3\u00a0: une cellule dépasse 32\u202f767 caractères\u00a0: raccourcissez-la.",
    ),
    "one long text in every cell": (repeated_text, MANY_CELLS),
    "six million letters in shared strings": (
        lambda: shared('<row><c t="s"><v>0</v></c></row>', *(["a" * 30_000] * 200)),
        MANY_CELLS,
    ),
    "a million elements of no use": (lambda: archive("<a>x</a>" * 1_000_000), MANY_PARTS),
    "a million values in a cell": (lambda: archive(f"<row><c>{'<v/>' * 1_000_000}</c></row>"), MANY_PARTS),
    "a million styles": (lambda: archive(extra={"xl/styles.xml": f"<s>{'<xf/>' * 1_000_000}</s>"}), MANY_PARTS),
    "a text twenty thousand elements deep in OpenDocument": (
        lambda: ods_of(
            f"<table:table-row><table:table-cell><text:p>{'<text:span>' * 20_000}x{'</text:span>' * 20_000}</text:p>"
            "</table:table-cell></table:table-row>"
        ),
        MANY_PARTS,
    ),
    "elements 5,000 deep": (lambda: archive("<a>" * 5_000 + "</a>" * 5_000), MANY_PARTS),
    "many members": (lambda: archive(extra={f"x{index}": b"" for index in range(300)}), MANY_PARTS),
    "40,000 members": (lambda: zip_of({f"{index}": b"" for index in range(40_000)}), MANY_PARTS),
    "a tag with 200,000 attributes": (lambda: archive(f"<row {FEW_ATTRIBUTES}/>"), DAMAGED),
    "a comment of 10 MB": (lambda: archive(f"<!--{'x' * 10_000_000}-->"), DAMAGED),
    "a row repeated 20,000 times": (
        lambda: ods_of(
            '<table:table-row table:number-rows-repeated="20000"><table:table-cell office:value-type="string">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
        ),
        MANY_ROWS,
    ),
    "a cell repeated 1,000 times": (
        lambda: ods_of(
            '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="1000">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
        ),
        MANY_COLUMNS,
    ),
    # Dangerous.
    "entities": (lambda: archive(prolog='<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'), DECLARED),
    "an external entity": (lambda: archive(prolog='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>'), DECLARED),
    "a member outside": (lambda: archive(extra={"../../evil": b""}), FORBIDDEN),
    "a member that is a link": (with_link, FORBIDDEN),
    "a member packed as no spreadsheet packs": (
        lambda: zip_of({**PARTS, "xl/worksheets/sheet1.xml": sheet()}, compression=zipfile.ZIP_LZMA),
        FORBIDDEN,
    ),
    "macros": (lambda: archive(extra={"xl/vbaProject.bin": b"x"}), MACROS),
    "macros of OpenDocument": (lambda: ods_of("<table:table-row/>", **{"Basic/script.xml": "<a/>"}), MACROS),
    # Damaged.
    "a truncated archive": (lambda: archive()[:-30], LOCKED),
    "half of an archive": (lambda: workbook(["SIRET"], ["x"])[:2_000], LOCKED),
    "bytes changed on the way": (flipped, LOCKED),
    "a password": (locked, LOCKED),
    "broken markup": (lambda: archive("<row><c></row>"), DAMAGED),
    "a sheet that is not there": (lambda: archive(without="xl/worksheets/sheet1.xml"), ONE_SHEET),
    "a list of sheets that is not there": (lambda: archive(without="xl/_rels/workbook.xml.rels"), DAMAGED),
    "a list of parts that is not there": (lambda: archive(without="[Content_Types].xml"), DAMAGED),
    "an empty list of parts": (lambda: archive(extra={"[Content_Types].xml": "<Types/>"}), DAMAGED),
    "a relation that leads nowhere": (
        lambda: archive(extra={"xl/workbook.xml": PARTS["xl/workbook.xml"].replace("rId1", "rId9")}),
        DAMAGED,
    ),
    "a sheet that is a chart": (lambda: archive(extra=CHART_SHEET), DAMAGED),
    "a shared string that is not there": (
        lambda: shared(cells(["SIRET"]) + '<row><c t="s"><v>7</v></c></row>', "x"),
        DAMAGED,
    ),
    "a shared string whose number is a word": (lambda: shared('<row><c t="s"><v>x</v></c></row>', "x"), DAMAGED),
    "a style that is a word": (lambda: styled(cells(["SIRET"]) + '<row><c s="x"><v>1</v></c></row>'), DAMAGED),
    "rows that go back": (lambda: archive('<row r="5"/><row r="3"/>'), DAMAGED),
    "a cell twice": (lambda: archive('<row r="1"><c r="A1"/><c r="A1"/></row>'), DAMAGED),
    "a cell in another row": (lambda: archive('<row r="1"><c r="A2"/></row>'), DAMAGED),
    "a cell without a name": (lambda: archive('<row r="1"><c r="1A"/></row>'), DAMAGED),
    "OpenDocument whose content is no markup": (
        lambda: zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"\x9a\x01\xff"}),
        LOCKED,
    ),
    "OpenDocument locked as a whole": (
        lambda: zip_of(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "encrypted-package": b"\x9a\x01"}
        ),
        LOCKED,
    ),
    "OpenDocument without a sheet": (
        lambda: zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        ONE_SHEET,
    ),
    # What a cell says.
    "not a number": (lambda: number("nan"), DAMAGED),
    "infinity": (lambda: number("inf"), DAMAGED),
    "a number past all": (lambda: number("1e400"), impossible("inf")),
    "300 digits": (lambda: number("1" + "0" * 299), impossible("1" + "0" * 29)),
    "5,000 digits": (lambda: number("9" * 5_000), DAMAGED),
    "a number that is a word": (lambda: number("douze"), DAMAGED),
    "the 99th of the 99th": (lambda: date("9999-99-99", ' t="d"'), DAMAGED),
    "a day past the end of time": (
        lambda: date("99999999999"),
        "La cellule A2 contient une erreur (#VALUE!)\u00a0: remplacez-la par sa valeur.",
    ),
    "an error": (
        lambda: archive(cells(["SIRET"]) + '<row><c t="e"><v>#REF!</v></c></row>'),
        "La cellule A2 contient une erreur (#REF!)\u00a0: remplacez-la par sa valeur.",
    ),
    "a formula without its value": (
        lambda: archive('<row r="1"><c r="A1"><f>1+1</f></c></row>'),
        "La cellule A1 contient une formule sans résultat\u00a0: remplacez-la par sa valeur.",
    ),
    "a formula of OpenDocument without its value": (
        lambda: ods_of('<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'),
        "La cellule A1 contient une formule sans résultat\u00a0: remplacez-la par sa valeur.",
    ),
    "the 32nd of a month in OpenDocument": (
        lambda: ods_of(
            '<table:table-row><table:table-cell office:value-type="date" office:date-value="2019-01-32"/>'
            "</table:table-row>"
        ),
        DAMAGED,
    ),
    "a number of OpenDocument that is none": (
        lambda: ods_of(
            '<table:table-row><table:table-cell office:value-type="float" office:value="NaN"/></table:table-row>'
        ),
        "La cellule A1 contient un nombre impossible (NaN)\u00a0: corrigez-la.",
    ),
    # What a table says.
    "two sheets that may each be the one": (lambda: workbook(["SIRET"], ["1"], beside=["Notes", "à moi"]), ONE_SHEET),
    "two sheets of OpenDocument": (
        lambda: ods_of(f'{ods_rows(["SIRET"])}</table:table><table:table table:name="B">{ods_rows(["Notes"])}'),
        ONE_SHEET,
    ),
    "a cell without a title": (
        lambda: b"SIRET;Nom\n\n1;2;trop\n",
        "Ligne 3, colonne C\u00a0: « trop » n’a pas de titre de colonne. Donnez-lui en un, ou effacez-la.",
    ),
    "an open quotation mark": (
        lambda: b'SIRET;Nom\n\n"1;2\n',
        "Ligne 3\u00a0: ce fichier CSV est mal formé, vérifiez les guillemets à partir de cette ligne.",
    ),
    "a nul": (lambda: b"SIRET;Nom\n1;a\x00b\n", "Ligne 2\u00a0: elle contient un caractère nul. Effacez-le."),
    "UTF-8 with a byte of another alphabet": (
        lambda: text(["SIRET", "Société"], ["1", "Éléphant"]) + b"2;Soci\xe9t\xe9\n",
        UNREAD,
    ),
    "a byte that is no letter": (lambda: b"SIRET;Nom\n1;a\n2;b\x81\n", UNREAD),
}
