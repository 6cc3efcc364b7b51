"""Files that every import takes, in the dress in which people send them; each is built from titles and one row."""

import csv
import io
from collections.abc import Callable, Sequence

from tests.files import dressed
from tests.files.recipes import archive, cells, ods, ods_of, ods_rows, shared, workbook

Build = Callable[[Sequence[str], Sequence[str]], bytes]


def saved(titles: Sequence[str], row: Sequence[str], separator: str = ";", end: str = "\n") -> str:
    """As a spreadsheet saves a table, with quotation marks where they are needed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows([titles, row])
    return out.getvalue()


def strings(titles: Sequence[str], row: Sequence[str]) -> bytes:
    """As Excel saves a workbook: the texts apart, each once."""
    texts = [*titles, *row]
    written = [f'<c t="s"><v>{index}</v></c>' for index in range(len(texts))]
    lines = ("".join(written[: len(titles)]), "".join(written[len(titles) :]))
    return shared("".join(f"<row>{line}</row>" for line in lines), *texts)


GOOD_FILES: dict[str, Build] = {
    "UTF-8": lambda titles, row: saved(titles, row).encode(),
    "UTF-8 with its mark": lambda titles, row: saved(titles, row).encode("utf-8-sig"),
    "the Windows alphabet": lambda titles, row: saved(titles, row).encode("cp1252"),
    "Unicode text of Excel": lambda titles, row: saved(titles, row, "\t", "\r\n").encode("utf-16"),
    "line ends of Windows": lambda titles, row: saved(titles, row, end="\r\n").encode(),
    "line ends of the first Macintosh": lambda titles, row: saved(titles, row, end="\r").encode(),
    "commas": lambda titles, row: saved(titles, row, ",").encode(),
    "tabs": lambda titles, row: saved(titles, row, "\t").encode(),
    "no line end at the end": lambda titles, row: saved(titles, row).rstrip("\n").encode(),
    "blank lines before, between and after": lambda titles, row: (
        "\n;;\n" + saved(titles, row).replace("\n", "\n\n;;\n") + "\n" * 200
    ).encode(),
    "empty columns at the end": lambda titles, row: saved([*titles, "", ""], [*row, "", ""]).encode(),
    "a title and a date over the table": lambda titles, row: (
        "Suivi du PAQTE;;\nau;2 juillet 2020;\n\n" + saved(titles, row)
    ).encode(),
    "columns in another order": lambda titles, row: saved(titles[::-1], row[::-1]).encode(),
    "columns of one’s own": lambda titles, row: saved([*titles, "id", "Notes"], [*row, "1", "à revoir"]).encode(),
    "titles in capitals": lambda titles, row: saved([title.upper() for title in titles], row).encode(),
    "titles without accents": lambda titles, row: saved(
        [title.replace("é", "e").replace("É", "E").replace("’", "'") for title in titles], row
    ).encode(),
    "spaces around": lambda titles, row: saved(titles, [f"  {cell} " for cell in row]).encode(),
    "every cell in quotation marks": lambda titles, row: "\n".join(
        ";".join(f'"{cell}"' for cell in line) for line in (titles, row)
    ).encode(),
    "XLSX": workbook,
    "XLSX with a hidden sheet": lambda titles, row: workbook(titles, row, hidden=1),
    "XLSX with blank sheets": lambda titles, row: workbook(titles, row, sheets=3),
    "XLSX with a sheet of notes": lambda titles, row: workbook(titles, row, beside=["Notes de la réunion", "#REF!"]),
    "XLSX with blank rows": lambda titles, row: workbook([], titles, [], [None], row, []),
    "XLSX with shared strings": strings,
    "XLSX with titles over the table": lambda titles, row: workbook(
        ["Suivi du PAQTE"], ["Mis à jour le", "2 juillet 2020", "par", "le référent"], [], titles, row
    ),
    "XLSX without a style": lambda titles, row: archive(cells(titles, row)),
    "ODS": ods,
    "ODS with blank sheets": lambda titles, row: ods_of(
        f'</table:table><table:table table:name="B">{ods_rows(titles, row)}</table:table><table:table table:name="C">'
    ),
    "line ends inside a cell": lambda titles, row: saved([*titles, "Notes"], [*row, "deux\nlignes"]).encode(),
    "the Windows alphabet and its euro": lambda titles, row: saved(
        [*titles, "Montant (€)"], [*row, "1 234,50 €"]
    ).encode("cp1252"),
    "titles on two lines": lambda titles, row: saved([title.replace(" ", "\n") for title in titles], row).encode(),
    "XLSX with a table, its filter and frozen panes": dressed.tabled,
    "XLSX with hidden rows and columns": dressed.partly_hidden,
    "XLSX with colours far beyond the rows": dressed.coloured_far,
    "XLSX with days and numbers": dressed.typed,
    "XLSX of formulas with their results": dressed.computed,
    "XLSX with a letter in bold": dressed.partly_bold,
    "ODS of LibreOffice": dressed.of_libreoffice,
    "a refused file put right": dressed.corrected,
}
