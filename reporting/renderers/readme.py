"""The first sheet of a workbook: what it is about, how it is read, what each column and each indicator means. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporting.columns import Column
from reporting.figures import Figure, RatioFigure
from reporting.meanings import MEANINGS, STATUSES
from reporting.renderers.tables import FIGURES_TITLE
from reporting.rows import ABSENT, STATUS
from tabular.cells import Cell, Table

TITLE = "Lisez-moi"
READING = (
    ("0", "La valeur déclarée ou comptée est zéro."),
    (
        "Case vide",
        "Il n’y a pas de nombre. Une colonne de statut dit pourquoi\u00a0; sinon, rien n’est à dire de cette ligne. "
        "Une case vide n’est jamais un zéro.",
    ),
    (
        "Nombres et dates",
        "Ce sont des nombres et des dates\u00a0: ils se trient et se calculent. Aucune cellule ne calcule.",
    ),
    ("Pourcentages", "La cellule contient 0,684 et montre 68,4\u00a0%. Le CSV et le JSON écrivent 68,4."),
    ("Texte précédé d’une apostrophe", "Il commence par un signe qu’un tableur prendrait pour une formule."),
)

Line = Figure | RatioFigure


def readme(
    about: Iterable[tuple[str, Cell]],
    sheets: Mapping[str, str],
    tables: Sequence[Table],
    columns: Sequence[Column],
    lines: Sequence[Line],
) -> Table:
    """`about`: what is said of the whole file, each thing under its name; `sheets`: what is on each."""
    parts = (
        ("Ce fichier", about),
        ("Comment lire", READING),
        ("Statut", STATUSES.items()),
        ("Feuille", ((table.title, sheets[table.title]) for table in tables)),
        (f"Colonne de «\u00a0{FIGURES_TITLE}\u00a0»", _columns(columns)),
        ("Indicateur", ((_named(line), line.definition) for line in lines)),
    )
    rows = tuple((part, name, text) for part, found in parts for name, text in found)
    return Table(TITLE, ("Partie", "Nom", "Sens"), rows, widest=86)


def _columns(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if column.name in MEANINGS:
            yield column.file, MEANINGS[column.name]
        if column.name == "semester":
            yield STATUS, "Si le résultat du semestre est renseigné, et sinon pourquoi."
    yield ABSENT, "Les autres colonnes où un nombre manque, et pourquoi."


def _named(line: Line) -> str:
    unit = f" ({line.unit})" if line.unit else ""
    return f"{line.code}\u00a0– {line.label}{unit}"
