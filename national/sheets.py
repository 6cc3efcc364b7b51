"""The files of what the agency looks at: an indicator wherever it was sent, an axis side by side, companies."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from accounts.agency import AGENCY
from french.numbers import NO_BREAK_SPACE
from french.words import NONE, NOT_APPLICABLE, NOT_GIVEN, percentage
from national.grid import Number
from national.selectors.companies import SentCompany
from national.selectors.looking import Comparison, Spread
from national.selectors.total import Waited
from national.value import NationalTotal
from reporting import sayings
from reporting.bilan import BilanData
from reporting.figures import Figure, RatioFigure
from reporting.renderers.spreadsheets import about_of
from reporting.rows import NUMBER
from tabular import writing
from tabular.cells import PERCENT, About, Cell, Quantity, Table
from territories.semester import Semester

PLACES = ("Niveau", "Code territoire", "Territoire", "Semestre")
WHO = (
    *("Résultat", "Unité", "Réponses", "Réponses attendues", "Sans objet", "Départements comptés"),
    *("Variation à périmètre constant", "Entreprises comparées"),
)
MISSING = "département sans bilan"

Line = Figure | RatioFigure
Row = tuple[Cell, ...]
Sheet = tuple[Table, About]

WRITERS: Mapping[str, Callable[[Sheet], bytes]] = {
    "xlsx": lambda sheet: writing.to_xlsx([sheet[0]], unknown="", about=sheet[1]),
    "ods": lambda sheet: writing.to_ods([sheet[0]], unknown="", about=sheet[1]),
    "csv": lambda sheet: writing.to_csv(sheet[0], unknown=""),
}
"""By the end of an address."""


def said(line: Line, number: Number | None) -> str:
    """What a page prints of a number, in the words of a bilan; « – » where nobody was asked."""
    if number is None:
        return NONE
    if isinstance(line, RatioFigure):
        return percentage(number.percent) if number.respondents else NOT_GIVEN
    if 0 < number.asked == number.not_applicable:
        return NOT_APPLICABLE
    return sayings.amount(number.value, line.unit)


def spread_sheet(spread: Spread, whole: NationalTotal, waited: Waited) -> Sheet:
    """One line per place and semester; then the départements that are waited for in any of them."""
    line = spread.line
    rows = [(*place, line.code, line.label, *_who(line, number)) for place, number in _places(spread, whole.scope)]
    blank = ("",) * len(WHO)
    rows += [
        (MISSING, one.code, one.name, str(semester), line.code, line.label, *blank)
        for semester, missing in waited.items()
        for one in missing
    ]
    table = Table(line.code, (*PLACES, "Code", "Indicateur", *WHO), rows, still=3)
    return table, _about(whole, f"{line.code}, {line.label}")


def _places(spread: Spread, scope: str) -> Iterator[tuple[Row, Number]]:
    for semester, number in spread.over_time.items():
        yield ("ensemble", "", scope, str(semester)), number
    for spot in (*spread.regions, *spread.departments):
        for semester, number in sorted(spot.by_semester.items()):
            yield (spot.level.value, spot.code, spot.name, str(semester)), number


def _who(line: Line, number: Number) -> Row:
    """Under WHO."""
    return (
        _value(line, number),
        _unit(line),
        number.respondents,
        number.asked,
        number.not_applicable,
        number.departments,
        "" if number.constant is None else Quantity(number.constant, line.unit),
        "" if number.constant is None else number.constant_companies,
    )


def comparison_sheet(comparison: Comparison, whole: NationalTotal, title: str, waited: Waited) -> Sheet:
    """One line per indicator; under each column its number, then who answered; last, who is missing of a semester."""
    pairs = [(column.name, f"{column.name}{NO_BREAK_SPACE}: réponses") for column in comparison.columns]
    names = ("Code", "Indicateur", "Unité", *(name for pair in pairs for name in pair))
    rows: list[Row] = [
        (side.line.code, side.line.label, _unit(side.line), *_pairs(side.line, side.numbers))
        for side in comparison.rows
    ]
    rows += [("", said, *("",) * (len(names) - 2)) for said in absences(waited)]
    return Table(title, names, rows, still=2, across=2), _about(whole, title)


def absences(waited: Waited) -> list[str]:
    """A line for each semester that misses a département; one that says so where none does."""
    found = [
        f"Départements sans bilan, {semester.label}{NO_BREAK_SPACE}: {', '.join(map(str, missing))}"
        for semester, missing in waited.items()
    ]
    return found or [f"Départements sans bilan{NO_BREAK_SPACE}: aucun"]


COMPANIES = (
    *("Code département", "Département", "Semestre", "Version", "Entreprise", "SIRET", "Catégorie", "Secteur"),
    *("Code NAF", "Commune", "Axes", "Convention", "Signée le", "Fin", "Réponse"),
)


def companies_sheet(data: BilanData, companies: Sequence[SentCompany]) -> Sheet:
    """One line per company of a version."""
    place: Row = (data.place.code, data.place.name, data.semester, data.version)
    rows = [
        (
            *(*place, one.line.company, one.line.siret, one.line.category, one.line.sector, one.line.naf),
            *(
                one.line.town,
                ", ".join(one.line.axes),
                one.line.reference,
                one.line.signed_on,
                one.line.ends_on,
                one.answer,
            ),
        )
        for one in companies
    ]
    title = f"PAQTE, {data.place.name}, {Semester.parse(data.semester).label}, entreprises du bilan transmis"
    return Table("Entreprises", COMPANIES, rows, across=2), about_of(data, title)


def _pairs(line: Line, numbers: tuple[Number | None, ...]) -> Iterator[Cell]:
    for number in numbers:
        yield "" if number is None else _value(line, number)
        yield "" if number is None else sayings.answers(number.answers)


def _value(line: Line, number: Number) -> Cell:
    value, unit = (number.percent, PERCENT) if isinstance(line, RatioFigure) else (number.value, line.unit)
    return "" if value is None else Quantity(value, unit)


def _unit(line: Line) -> str:
    return PERCENT if isinstance(line, RatioFigure) else line.unit or NUMBER


def _about(whole: NationalTotal, title: str) -> About:
    label = Semester.parse(whole.semester).label
    return About(f"PAQTE, {whole.scope}, {label}, {title}", AGENCY, whole.made_at)
