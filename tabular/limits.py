"""How big a file may be in every direction, and the refusal of what is not a table. Pure."""

from french.numbers import format_number

MAX_BYTES = 5 * 1024 * 1024
TOO_HEAVY = "Ce fichier dépasse 5 Mo\u00a0: coupez-le en plusieurs."
MAX_ROWS = 10_000
MAX_COLUMNS = 120
MOST_ABOVE = 20
"""Rows among which the titles are looked for: people write a title, a date and their name over a table."""
MAX_CELL = 32_767
"""What a spreadsheet itself allows in a cell."""
MAX_CELLS = 150_000
"""That say something: a list of conventions has a column for each target, most of them blank."""
MAX_TEXT = 5_000_000
"""Characters of all the cells together: a workbook may name one long text in every cell."""

WIDEST, MOST_CELLS, MOST_TEXT = MAX_COLUMNS + 1, MAX_CELLS + MAX_ROWS, MAX_TEXT + 1_000_000
"""As much with our own column beside (`TO_CORRECT`): what came in at its largest comes in again annotated."""

MAX_MEMBERS = 200
MAX_UNZIPPED = 50 * 1024 * 1024
MAX_VALUES = 2
"""In one cell: a value, and the text that some programs write beside it."""

MAX_ELEMENTS = 600_000
"""That rows, cells and their texts are made of; a cell takes two to four."""
MAX_OTHER_ELEMENTS = 20_000
"""Of any other kind: styles, relations, links, merged cells, all made into objects by who loads them."""


MAX_DEPTH = 100
"""Elements inside one another; a spreadsheet goes ten deep, and whoever reads a text goes down into each."""


class FileRefused(ValueError):
    """The file cannot be read; the message is a French sentence that says why and what to do."""


def too_many_rows() -> FileRefused:
    """The refusal of a file that is too long."""
    return FileRefused(
        f"Ce fichier compte plus de {format_number(MAX_ROWS)} lignes (ou une cellule très loin)\u00a0: "
        "copiez vos lignes dans un fichier neuf, en plusieurs fichiers s’il le faut."
    )


def too_many_columns() -> FileRefused:
    """The refusal of a file that is too wide."""
    return FileRefused(f"Ce fichier compte plus de {MAX_COLUMNS} colonnes\u00a0: gardez celles du modèle.")


def too_many_cells() -> FileRefused:
    """The refusal of a file that holds too much altogether."""
    return FileRefused(
        f"Ce fichier compte plus de {format_number(MAX_CELLS)} cellules remplies ou {format_number(MAX_TEXT)} "
        "caractères\u00a0: coupez-le en plusieurs."
    )


def too_long_a_cell(where: str) -> FileRefused:
    """The refusal of a cell that no spreadsheet would hold."""
    return FileRefused(f"{where} dépasse {format_number(MAX_CELL)} caractères\u00a0: raccourcissez-la.")
