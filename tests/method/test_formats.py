"""The six formats of a bilan: every number printed is the naive one, printed by the rules of the method."""

import io
from collections import defaultdict
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.filing import printed as printed_of
from tests.method import naive, printing
from tests.method.days import LAUNCH, semesters
from tests.method.departments import LAST, departments
from tests.method.engines import FEW, SPECS, bilan_of
from tests.method.naive import NaiveFigure, NaiveRatio
from tests.method.sample_catalogue import INDICATORS, RATIOS
from tests.method.scenario import Department
from tests.reporting.reading import lines_of_csv, ods_rows, text_of, tree_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

WHEN = st.sampled_from(semesters(LAUNCH, LAST)[1:])
Cells = dict[str, dict[str, str]]
"""Code, header, what is in the cell: numbers as programs read them."""


@settings(FEW, max_examples=3)
@given(departments(), WHEN)
def test_six_formats_print_the_naive_figures(department: Department, semester: str):
    data = bilan_of(department, semester)
    files = printed_of(data)
    shown = {figure.code: figure for figure in data.figures}
    figures = {code: one for code, one in naive.figures_of(department, semester).items() if code in shown}
    ratios = naive.ratios_of(department, semester)

    assert_json(tree_of(files["json"]), figures, ratios)
    by_hand = {code: figure_in_file(code, figure) for code, figure in figures.items()}
    by_hand |= {code: ratio_in_file(ratio) for code, ratio in ratios.items()}
    measures, books = of_csv(files["csv"]), (of_xlsx(files["xlsx"]), of_ods(files["ods"]))
    for code, wanted in by_hand.items():
        assert (code, measures[code]) == (code, wanted)
        for book in books:
            assert_row(book[code], wanted)
    rows, paper = rows_of(files["html"].decode()), text_of(files["pdf"])
    for code, figure in figures.items():
        one, unit = INDICATORS[code], SPECS[code].unit.symbol
        promised = printing.promises(figure, one, unit)
        printed = [[code, *printing.results(figure, one, unit)], *([promised] if promised else [])]
        assert sorted(rows[shown[code].label]) == sorted(printed)
        assert [line for line in printed if " ".join(line) not in paper] == []
    for ratio in data.ratios:
        if ratio.code in RATIOS:
            line = [ratio.code, *printing.cells_of_ratio(ratios[ratio.code], "€" if ratio.code == "RAT-09" else "")]
            assert rows[ratio.label] == [line]
            assert " ".join(line) in paper


def assert_json(tree: Any, figures: dict[str, NaiveFigure], ratios: dict[str, NaiveRatio]) -> None:  # Any: JSON
    """Exact, fractions included."""
    lines = {line["code"]: line for axis in tree["axes"] for line in (*axis["figures"], *axis["ratios"])}
    by_hand: dict[str, NaiveFigure | NaiveRatio] = {**figures, **ratios}
    for code, known in by_hand.items():
        for name, value in asdict(known).items():
            assert (code, name, exact(lines[code][name])) == (code, name, value)


def exact(said: Any) -> Fraction | None:  # Any: JSON
    """A number of the file, which is a number; of a fraction, its two terms, which make what is printed of it."""
    if isinstance(said, dict):
        whole = Fraction(said["numerator"], said["denominator"])
        assert Fraction(str(said["value"])) == nearest(whole, 2)
        return whole
    assert said is None or type(said) in {int, float}
    return None if said is None else Fraction(str(said))


NUMBERS = {
    "Résultat du semestre": "semester",
    "Réponses": "respondents",
    "Sans objet": "not_applicable",
    "Silencieuses": "silent",
    "Dont reçues, non validées": "pending",
    "Réponses attendues": "asked",
    "Semestre précédent": "previous",
    "Réponses au semestre précédent": "previous_respondents",
}
COMPARED = {
    "Variation à périmètre constant": "constant",
    "Entreprises comparées": "constant_companies",
    "Nouvelles réponses": "arrivals",
    "Réponses perdues": "departures",
    "Révisé depuis la transmission": "revised",
}
PROMISED = {
    "Réalisé suivi": "tracked",
    "Attendu à ce jour": "expected",
    "Entreprises avec objectif": "expected_companies",
}
STOCK = {
    "Dernier état connu": "last_known",
    "Dont repris du semestre précédent": "carried",
    "Entreprises reprises": "carried_companies",
}
CUMULATED = {
    "Cumul depuis le lancement": "cumulative",
    "Entreprises du cumul": "cumulative_companies",
    "Attendus sans valeur": "holes",
    "Hors objectif": "untracked",
    "Réalisé des conventions en vigueur": "progress",
}
AIMED = {"Objectif": "objective", "Conventions avec objectif": "objective_conventions"}
HEADERS = {
    "flux": NUMBERS | COMPARED | PROMISED | CUMULATED | AIMED,
    "distinct": NUMBERS | COMPARED | AIMED,
    "stock": NUMBERS | COMPARED | PROMISED | STOCK,
    "oui-non": NUMBERS | PROMISED,
}
"""The headers that say something of each kind, and the number under them; the others are empty."""
UNKNOWN = {"semester", "previous", "last_known", "cumulative"}
"""What is « non renseigné » when nobody gave it; of the others there is nothing to say then."""
RATES = {
    "Taux de réalisation": ("tracked", "expected"),
    "Taux sur les seules réponses": ("tracked", "expected_answered"),
    "Avancement": ("progress", "objective"),
}
RATED = {"flux": tuple(RATES), "stock": ("Taux de réalisation",), "distinct": (), "oui-non": ()}
TERMS = ("Numérateur", "Dénominateur", "Numérateur précédent", "Dénominateur précédent")
DESCRIBED = {"Code", "Indicateur", "Axe", "Type", "Unité"}
NOTHING = "sans valeur"
InFile = dict[str, Fraction | str]
"""Header, the number under it to two decimals, or the status that says why there is none."""


def figure_in_file(code: str, figure: NaiveFigure) -> InFile:
    """Everything that a file says of an indicator, and nothing else."""
    kind = "distinct" if INDICATORS[code].distinct else INDICATORS[code].kind
    found: InFile = {header: in_file(figure, name) for header, name in HEADERS[kind].items()}
    for header in RATED[kind]:
        part, whole = (getattr(figure, name) for name in RATES[header])
        found[header] = NOTHING if whole is None else share(part, whole)
    return found


def ratio_in_file(ratio: NaiveRatio) -> InFile:
    """The same of a ratio, with its terms."""
    terms = (ratio.numerator, ratio.denominator, ratio.previous_numerator, ratio.previous_denominator)
    return {
        "Résultat du semestre": share(ratio.numerator, ratio.denominator),
        "Réponses": Fraction(ratio.respondents),
        "Réponses attendues": Fraction(ratio.asked),
        "Semestre précédent": share(ratio.previous_numerator, ratio.previous_denominator),
        "Réponses au semestre précédent": Fraction(ratio.previous_respondents),
        **{
            header: printing.UNKNOWN if term is None else Fraction(term)
            for header, term in zip(TERMS, terms, strict=True)
        },
    }


def assert_row(row: dict[str, str], wanted: InFile) -> None:
    """Numbers in their columns and nothing else in them; what is missing is told in words beside."""
    result = wanted["Résultat du semestre"]
    status, absent = "Statut du résultat", "Autres valeurs absentes"
    untold = {printing.UNKNOWN, printing.IMPOSSIBLE}
    missing = [
        f"{header} : {wanted[header]}"
        for header in row
        if header != "Résultat du semestre" and wanted.get(header) in untold
    ]

    assert row[status] == ("renseigné" if isinstance(result, Fraction) else result)
    assert row[absent].replace("\u00a0", " ") == " ; ".join(missing)
    for header in row.keys() - DESCRIBED - {status, absent}:
        number = wanted.get(header, "")
        assert (header, as_number(row[header])) == (header, number if isinstance(number, Fraction) else "")


def in_file(figure: NaiveFigure, name: str) -> Fraction | str:
    """A number to two decimals at most, or why there is none."""
    value = getattr(figure, name)
    if value is None and name == "semester" and printing.is_out_of_place(figure):
        return printing.OUT_OF_PLACE
    if value is None:
        return printing.UNKNOWN if name in UNKNOWN else NOTHING
    return nearest(Fraction(value), 2)


def share(part: Any, whole: Any) -> Fraction | str:  # Any: a number or None
    """In percent, one decimal."""
    if whole is None:
        return printing.UNKNOWN
    return nearest(Fraction(part or 0) * 100 / Fraction(whole), 1) if whole else printing.IMPOSSIBLE


def nearest(value: Fraction, places: int) -> Fraction:
    """Halves away from zero."""
    return Fraction(printing.fixed(value, places).replace(" ", "").replace(",", ".").replace("−", "-"))


def as_number(cell: str) -> Fraction | str:
    """The number that a program reads in a cell, or its words."""
    try:
        return Fraction(Decimal(cell.replace(",", ".")))
    except ArithmeticError:
        return cell


def of_csv(content: bytes) -> dict[str, InFile]:
    """Each measure of each line: its number, or its status."""
    found: dict[str, InFile] = {}
    for line in by_header(lines_of_csv(content)):
        value = as_number(line["Valeur"])
        assert (value == "") == (line["Statut"] != "renseigné")
        assert line["Mesure"] not in found.setdefault(line["Code"], {})
        found[line["Code"]][line["Mesure"]] = value if line["Valeur"] else line["Statut"]
    return found


def of_xlsx(content: bytes) -> Cells:
    """Percentages as they are shown, which is as they are computed with, a hundred times more."""
    sheet = load_workbook(io.BytesIO(content))["Indicateurs"]
    rows = [[in_percent(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    return {line["Code"]: line for line in by_header(rows)}


def in_percent(value: object, shown: str) -> str:
    """What a reader sees of a cell, without its signs."""
    if value is None:
        return ""
    return str(Decimal(str(value)) * 100) if shown.endswith("%") else str(value)


def of_ods(content: bytes) -> Cells:
    """The same; an ODS says itself which cells are percentages."""
    return {line["Code"]: line for line in by_header(ods_rows(content, "Indicateurs"))}


def by_header(rows: list[list[str]]) -> list[dict[str, str]]:
    """Each line under the headers."""
    headers, *lines = rows
    return [dict(zip(headers, line, strict=True)) for line in lines]


GAUGED = 7
"""Cells of a line of a chart: its bar, whose sentence says the numbers that follow, then these numbers."""


class Rows(HTMLParser):
    """The rows of the tables of a page: the name of each line without its notes, and the cells of each of its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: defaultdict[str, list[list[str]]] = defaultdict(list)
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.cells = []
        if tag in {"th", "td"}:
            self.cells.append("")
        self.open.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"th", "td"}:
            self.cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass
        if tag == "tr" and self.cells:
            name, *cells = (" ".join(cell.split()) for cell in self.cells)
            kept = cells[1:] if len(cells) == GAUGED else cells
            self.rows[name.removeprefix("dont ").removesuffix(" (€)")].append(kept)


def rows_of(html: str) -> dict[str, list[list[str]]]:
    """Each line by the label of its indicator."""
    parser = Rows()
    parser.feed(html)
    return parser.rows
