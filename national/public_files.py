"""What is public of a bilan, and of the nation, as CSV and as workbooks: each number, or why there is none."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from accounts.agency import AGENCY
from french.words import long_date
from national.models import Publication
from national.selectors.public import PublicBilan, Status
from reporting.renderers.spreadsheets import about_of
from tabular import writing
from tabular.cells import About, Cell, Quantity, Table
from territories.semester import Semester

HEADERS = ("Axe", "Code", "Indicateur", "Type", "Unité", "Résultat du semestre", "Statut")
PLACE = ("Code département", "Département", "Semestre", "Version")
PLACES = ("Niveau", "Code territoire", "Territoire", *HEADERS)
RULE = (
    "Un nombre n’est publié que s’il vient de trois entreprises au moins et si aucune n’en fait plus de 85\u00a0%. "
    "D’autres sont tus quand une soustraction les donnerait. C’est la règle du secret statistique de l’Insee. "
    "Une question à laquelle toutes ont répondu de même est tue aussi."
)
MEANINGS = {
    Status.SHOWN: "Le nombre peut être lu de tous.",
    Status.HIDDEN: "Le nombre existe et n’est pas publié.",
    Status.NOBODY: "Aucune entreprise n’a répondu.",
}

Row = tuple[Cell, ...]
WORKBOOKS = {"xlsx": writing.to_xlsx, "ods": writing.to_ods}


def public_to(fmt: str, public: PublicBilan) -> bytes:
    """One line per indicator; a workbook begins with what must be known to read it. `fmt` is one of SHEETS."""
    if fmt == "csv":
        data = public.data
        place: Row = (data.place.code, data.place.name, data.semester, data.version)
        return _csv("Indicateurs", (*PLACE, *HEADERS), [(*place, *row) for row in _rows(public)])
    return WORKBOOKS[fmt](_sheets(public), unknown="", about=_about(public))


def _rows(public: PublicBilan) -> Iterator[Row]:
    for line in public.lines:
        figure = line.figure
        value = "" if line.value is None else Quantity(line.value, figure.unit)
        yield line.axis, figure.code, figure.label, figure.kind, figure.unit, value, line.status.value


def _sheets(public: PublicBilan) -> tuple[Table, ...]:
    data, silent = public.data, public.data.completeness
    about = (
        ("Document", _about(public).title),
        ("Auteur", f"Préfecture {data.place.of_name}"),
        ("Version", f"{data.version}, transmise le {long_date(public.transmitted_on)}"),
        ("Entreprises qui ont répondu", f"{silent.received} sur {silent.expected}"),
        ("Nombres tus", str(public.hidden)),
        ("Règle", RULE),
        *((f"« {status} »", said) for status, said in MEANINGS.items()),
    )
    return (
        Table("Lisez-moi", ("Nom", "Sens"), about, widest=86),
        Table("Indicateurs", HEADERS, list(_rows(public)), still=3, widest=60),
    )


def _about(public: PublicBilan) -> About:
    data = public.data
    title = f"Bilan du PAQTE, {data.place.name}, {Semester.parse(data.semester).label}, version publique"
    return about_of(data, title)


def publication_to(fmt: str, row: Publication) -> bytes:
    """The figures of a semester that were made public, one line per indicator and place."""
    if fmt == "csv":
        return _csv("Chiffres", ("Semestre", *PLACES), _of_nation(row, str(row.semester)))
    title = f"PAQTE, France, {row.semester.label}, chiffres publics"
    about = About(title, AGENCY, row.at)
    said = (
        ("Document", title),
        ("Auteur", AGENCY),
        ("Publié le", long_date(row.at.date())),
        ("Empreinte SHA-256 des chiffres", row.sha256),
        ("Départements comptés", str(len(row.content["departments"]))),
        ("Départements sans bilan", ", ".join(row.content["missing"]) or "aucun"),
        ("Règle", RULE),
        *((f"« {status} »", meaning) for status, meaning in MEANINGS.items()),
    )
    sheets = (
        Table("Lisez-moi", ("Nom", "Sens"), said, widest=86),
        Table("Chiffres", PLACES, list(_of_nation(row)), still=3, across=2),
    )
    return WORKBOOKS[fmt](sheets, unknown="", about=about)


def _of_nation(row: Publication, *before: Cell) -> Iterator[Row]:
    for line in row.content["lines"]:
        for level, code, name, value, status in line["cells"]:
            number = "" if value is None else Quantity(Decimal(value), line["unit"])
            words = (line["axis"], line["code"], line["label"], line["kind"], line["unit"])
            yield *before, level, code, name, *words, number, status


def _csv(title: str, headers: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    return writing.to_csv(Table(title, headers, rows), unknown="")
