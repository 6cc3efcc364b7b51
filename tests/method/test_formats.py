"""The six formats of a bilan: every number printed is the naive one, printed by the rules of the method."""

import io
from collections.abc import Iterator
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
    for sheet in (of_csv(files["csv"]), of_xlsx(files["xlsx"]), of_ods(files["ods"])):
        assert_sheet(sheet, figures, ratios)
    rows, paper = rows_of(files["html"].decode()), text_of(files["pdf"])
    for code, figure in figures.items():
        printed = printing.cells(figure, INDICATORS[code], SPECS[code].unit.symbol)
        assert rows[shown[code].label] == printed
        assert " ".join(printed) in paper
    for ratio in data.ratios:
        if ratio.code in RATIOS:
            printed = printing.cells_of_ratio(ratios[ratio.code], "€" if ratio.code == "RAT-09" else "")
            assert rows[ratio.label] == printed
            assert " ".join(printed) in paper


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
"""What is « non renseigné » when nobody gave it; the others are empty then."""
DESCRIBED = {"Code département", "Département", "Semestre", "Version"} | {
    *("Axe", "Code", "Indicateur", "Type", "Unité", "Définition")
}
RATES = {
    "Taux de réalisation (%)": ("tracked", "expected"),
    "Taux sur les seules réponses (%)": ("tracked", "expected_answered"),
    "Avancement (%)": ("progress", "objective"),
}


def assert_sheet(sheet: Cells, figures: dict[str, NaiveFigure], ratios: dict[str, NaiveRatio]) -> None:
    """Every cell of every line of the sample."""
    for code, figure in figures.items():
        one = INDICATORS[code]
        names = HEADERS["distinct" if one.distinct else one.kind]
        for header, cell in sheet[code].items():
            if header in names:
                wanted = in_file(figure, names[header])
                assert (code, header, as_number(cell)) == (code, header, wanted)
            elif header not in DESCRIBED | RATES.keys():
                assert (code, header, cell) == (code, header, "")
    for code, ratio in ratios.items():
        assert as_number(sheet[code]["Résultat du semestre"]) == share(ratio.numerator, ratio.denominator)
        assert as_number(sheet[code]["Semestre précédent"]) == share(
            ratio.previous_numerator, ratio.previous_denominator
        )
        assert as_number(sheet[code]["Réponses"]) == ratio.respondents
        assert as_number(sheet[code]["Réponses attendues"]) == ratio.asked
    for code, header, cell in rates_of(sheet, figures):
        part, whole = (getattr(figures[code], name) for name in RATES[header])
        assert (code, header, as_number(cell)) == (code, header, "" if whole is None else share(part, whole))


def rates_of(sheet: Cells, figures: dict[str, NaiveFigure]) -> Iterator[tuple[str, str, str]]:
    """The rates of the flux that cumulate, and that of the stocks."""
    for code in figures:
        one = INDICATORS[code]
        kinds = {"flux": list(RATES), "stock": ["Taux de réalisation (%)"]}.get("" if one.distinct else one.kind, [])
        for header in RATES:
            if header in kinds:
                yield code, header, sheet[code][header]
            else:
                assert sheet[code][header] == ""


def in_file(figure: NaiveFigure, name: str) -> Fraction | str:
    """A number to two decimals at most, or what stands for none."""
    value = getattr(figure, name)
    if value is None and name == "semester" and printing.is_out_of_place(figure):
        return printing.OUT_OF_PLACE
    if value is None:
        return printing.UNKNOWN if name in UNKNOWN else ""
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


def of_csv(content: bytes) -> Cells:
    headers, *rows = lines_of_csv(content)
    return by_code(headers, rows)


def of_xlsx(content: bytes) -> Cells:
    sheet = load_workbook(io.BytesIO(content))["Indicateurs"]
    headers, *rows = [["" if one is None else str(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    return by_code(headers, rows)


def of_ods(content: bytes) -> Cells:
    headers, *rows = ods_rows(content, "Indicateurs")
    return by_code(headers, rows)


def by_code(headers: list[str], rows: list[list[str]]) -> Cells:
    found = (dict(zip(headers, row, strict=True)) for row in rows)
    return {cells["Code"]: cells for cells in found}


class Rows(HTMLParser):
    """The rows of the tables of a page: the name of each line without its notes, and its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
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
            self.rows[name.removeprefix("dont ").removesuffix(" (€)")] = cells


def rows_of(html: str) -> dict[str, list[str]]:
    """Each line by the label of its indicator."""
    parser = Rows()
    parser.feed(html)
    return parser.rows
