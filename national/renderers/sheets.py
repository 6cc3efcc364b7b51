"""The consolidated bilan as a workbook: sums, each département beside the others, and its boxes one under the other."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from accounts.agency import AGENCY
from national.renderers.absent import absent_companies
from national.renderers.data import COUNTED, MISSING, counted
from national.value import (
    NATIONAL_SCHEMA,
    Consolidated,
    DepartmentShare,
    NationalFigure,
    NationalRatio,
    NationalTotal,
    names_of,
)
from reporting.figures import Figure, RatioFigure
from reporting.renderers import tables as of_bilan
from reporting.renderers.readme import readme
from reporting.renderers.tables import FIGURES_TITLE, WORDS_WIDTH, with_axis
from reporting.rows import NATIONAL_FILE, NUMBER, headers, wide
from tabular import writing
from tabular.cells import About, Cell, Quantity, Table

Line = Figure | RatioFigure

VALUES, ANSWERS = "Par département", "Réponses par département"
BOXES = "Rubriques"
PLACE = ("Code", "Département")
SHARE_HEADERS = (
    *PLACE,
    "Région",
    "Version",
    "Transmis le",
    "Signataires",
    "Remontées attendues",
    "Remontées reçues",
    "Remontées validées",
    "Empreinte SHA-256 du PDF",
)

RENAMED = {"Bilan": BOXES}
"""The sheet of a bilan about itself has one line per box: here they are those of every département."""

LEFT_OUT = {FIGURES_TITLE, "Sans chiffres"}
"""What the sums and the sheets of who is missing say already."""

SHEETS = {
    FIGURES_TITLE: "Un indicateur ou un ratio par ligne\u00a0; ses colonnes sont définies plus bas.",
    VALUES: "Le résultat du semestre de chaque département, une colonne chacun\u00a0; un ratio en pour cent.",
    ANSWERS: "Combien d’entreprises ont donné ce résultat dans chaque département.",
    "Départements": "Ce que chaque département a transmis.",
    "Départements sans bilan": "Ceux dont une convention était en vigueur et qui n’ont pas transmis.",
    "Entreprises non comptées": "Celles dont les chiffres ne sont comptés nulle part ici, et pourquoi.",
    "Repris d’un bilan antérieur": "Départements dont un bilan antérieur compte dans ce qui court depuis le lancement.",
    BOXES: "Les rubriques rédigées de chaque département.",
    **{title: said for title, said in of_bilan.SHEETS.items() if title not in {*LEFT_OUT, *RENAMED}},
}
"""What is on each sheet."""


def to_xlsx(data: Consolidated) -> bytes:
    """The whole of it as an Excel workbook; the same value gives the same bytes."""
    return writing.to_xlsx(_sheets(data), unknown="", about=_about(data))


def to_ods(data: Consolidated) -> bytes:
    """The whole of it as an OpenDocument workbook; the same value gives the same bytes."""
    return writing.to_ods(_sheets(data), unknown="", about=_about(data))


def tables(data: Consolidated) -> tuple[Table, ...]:
    """The sums, the départements, then what they wrote and listed; a table without a line is not there."""
    total = data.total
    names = (*with_axis(headers(NATIONAL_FILE), "Axe"), MISSING, *COUNTED)
    figures = tuple(_row(item, total) for item in total.lines)
    missing = tuple((one.code, one.name, one.region, len(one.companies)) for one in total.missing)
    companies = tuple((one.code, one.department, one.company, one.why) for one in absent_companies(total))
    every = (
        Table(FIGURES_TITLE, names, figures, still=2, across=3, widest=WORDS_WIDTH),
        _beside(data, VALUES, _value),
        _beside(data, ANSWERS, _answered),
        Table("Départements", SHARE_HEADERS, tuple(map(_share, total.shares))),
        Table("Départements sans bilan", (*PLACE, "Région", "Entreprises"), missing),
        Table("Entreprises non comptées", (*PLACE, "Entreprise", "Pourquoi"), companies),
        Table("Repris d’un bilan antérieur", ("Département",), tuple((name,) for name in total.older)),
        *_gathered(data),
    )
    return tuple(table for table in every if table.rows)


def _sheets(data: Consolidated) -> tuple[Table, ...]:
    found, total = tables(data), data.total
    about = (
        ("Document", _about(data).title),
        ("Bilans transmis", total.sent_said or "aucun"),
        ("Départements sans bilan", ", ".join(names_of(total.missing)) or "aucun"),
        ("Entreprises comptées", f"{total.validated} sur {total.companies}"),
        ("Forme du fichier JSON", f"Publiée par le portail à l’adresse /national/schema-{NATIONAL_SCHEMA}.json."),
        (MISSING, "Ce qu’avaient au semestre précédent les départements qui n’ont pas transmis celui-ci."),
    )
    return (readme(about, SHEETS, found, NATIONAL_FILE, [item.line for item in total.lines]), *found)


def _about(data: Consolidated) -> About:
    """As old as the last bilan that it counts."""
    title = f"Bilan consolidé du PAQTE, {data.total.scope}, {data.semester.label}"
    return About(title, AGENCY, data.made_at)


def _share(share: DepartmentShare) -> tuple[Cell, ...]:
    return (
        share.code,
        share.name,
        share.region,
        share.version,
        share.transmitted_on or "",
        share.signatories,
        share.expected,
        share.received,
        share.validated,
        share.sha256,
    )


def _row(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    cells = with_axis(wide(item.line, NATIONAL_FILE), item.axis_label)
    missing = "" if item.missing is None else Quantity(item.missing, item.line.unit)
    return (*cells, missing, *counted(item, data))


# --- Each département beside the others --------------------------------------------------------------------------


def _beside(data: Consolidated, title: str, cell: Callable[[Line], Cell]) -> Table:
    """One column for the whole, then one for each département: its number of each line, blank where it has none."""
    known = [{line.code: line for line in bilan.lines} for bilan in data.bilans]
    rows = tuple(
        (
            *(item.line.code, item.line.label, item.axis_label, item.line.unit or NUMBER, cell(item.line)),
            *(cell(lines[item.line.code]) if item.line.code in lines else "" for lines in known),
        )
        for item in data.total.lines
    )
    names = ("Code", "Indicateur", "Axe", "Unité", data.total.scope, *map(str, data.total.shares))
    return Table(title, names, rows if known else (), still=2, across=4, widest=WORDS_WIDTH)


def _value(line: Line) -> Cell:
    """The result of the semester."""
    value = line.semester if isinstance(line, Figure) else line.percent
    return "" if value is None else Quantity(value, line.unit)


def _answered(line: Line) -> Cell:
    return line.respondents


# --- What each département wrote and listed ----------------------------------------------------------------------


def _gathered(data: Consolidated) -> Iterator[Table]:
    """The sheets of every bilan, one under the other, each line with its département."""
    rows: dict[str, list[tuple[Cell, ...]]] = {title: [] for title in of_bilan.SHEETS if title not in LEFT_OUT}
    first: dict[str, Table] = {}
    for share, bilan in data.sent:
        for table in of_bilan.tables(bilan):
            if table.title in rows:
                first.setdefault(table.title, table)
                rows[table.title] += [(share.code, share.name, *row) for row in table.rows]
    for title in filter(first.__contains__, rows):
        table = first[title]
        yield replace(
            table,
            title=RENAMED.get(title, title),
            headers=(*PLACE, *table.headers),
            rows=tuple(rows[title]),
            still=table.still and table.still + len(PLACE),
        )
