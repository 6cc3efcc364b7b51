"""A figure is exact, the catalogue alone names indicators, what says Pure is. Each guard is shown a planted fault."""

import ast

import pytest

from tests.architecture import PACKAGES, ROOT
from tests.exactness import (
    CODE,
    FIGURES,
    held_to_their_word,
    inexact,
    modules,
    named_indicators,
    pure_modules,
    says_pure,
)

EXACT = {
    "documents/charts.py": ["Fraction(value) * WIDTH / Fraction(goal)", "done / due"],
    "demonstration/collection.py": ["(answer.value or Decimal(0)) / 1000"],
    "demonstration/figures.py": [
        "Decimal(value.numerator) / Decimal(value.denominator)",
        "Decimal(value.numerator) / Decimal(value.denominator) / step",
    ],
    # A path.
    "demonstration/sources.py": ["DATA / name"],
    # A number of JSON that reads back as the same decimal, or is refused.
    "reporting/codec.py": ["float", "float", "float", "float", "float"],
    # Paths.
    "documents/filing.py": ["root / folder", "root / folder"],
    # Whole numbers, which the database divides; they sort a list and are never shown.
    "conventions/lists/answers.py": ["answered * WHOLE / Count('pk')"],
    # How much two words look alike.
    "french/likeness.py": ["0.0", "0.4", "float", "float", "len(some & others) / len(some | others)"],
    # Seconds of waiting.
    "reporting/tasks.py": ["0.5", "1.0", "2.0", "4.0"],
    "reporting/worker.py": ["0.5"],
    "reporting/renderers/charts.py": ["Fraction(figure.progress or 0) / figure.objective"],
    "reporting/figures.py": ["Fraction(part) * 100 / Fraction(whole)"],
    "reporting/dashboards/progress.py": ["Decimal(bar.done) * 100 / WIDTH"],
}
"""The divisions of the rooms of figures, typed by hand: each has a decimal on one side."""

NAMELESS = [package for package in PACKAGES if package != "demonstration"]
"""The demonstration alone answers as people do, by the codes of its catalogue."""


def test_no_figure_is_a_binary_fraction() -> None:
    found = {file.relative_to(ROOT).as_posix(): inexact(file.read_text(encoding="utf-8")) for file in modules(*FIGURES)}

    assert {name: faults for name, faults in found.items() if faults} == EXACT


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("percent = round(float(part) * 100)", ["float"]),
        ("def of(value: float) -> None: ...", ["float"]),
        ("expected = days / 365", ["days / 365"]),
        ("total /= 2", ["total /= 2"]),
        ("rate = part * 0.5", ["0.5"]),
        ("from django.db.models import Avg", ["Avg"]),
        ("import math", ["math"]),
        ("mean = models.Avg('value')", ["Avg"]),
        ("data = FOLDER / 'data' / f'{code}.toml'", []),
        ("percent = Fraction(part * 100, whole)", []),
        ("half = part // 2", []),
    ],
)
def test_a_binary_fraction_is_seen(source: str, faults: list[str]) -> None:
    assert inexact(source) == faults


def test_the_catalogue_alone_names_indicators() -> None:
    texts = [file for folder in ("templates", "static/js") for file in (ROOT / folder).rglob("*.*")]

    named = {file.name: named_indicators(file.read_text("utf-8")) for file in modules(*NAMELESS)}

    assert {name: codes for name, codes in named.items() if codes} == {}
    assert len(texts) > 100
    assert [file.name for file in texts if CODE.search(file.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("if row.code == 'REC-02':\n    pass", ["REC-02"]),
        ("WHOLE = {'SEN-07': 'SEN-01'}", ["SEN-07", "SEN-01"]),
        ('"""SEN-01, or LIB-3."""', []),
        ("CODE = 'LIB-3'", []),
    ],
)
def test_an_indicator_named_by_the_code_is_seen(source: str, codes: list[str]) -> None:
    assert named_indicators(source) == codes


def test_what_says_pure_is_held_to_it() -> None:
    configuration = (ROOT / "pyproject.toml").read_text("utf-8")

    assert set(pure_modules()) - held_to_their_word(configuration) == set()


@pytest.mark.parametrize(
    ("docstring", "pure"),
    [
        ("Says an answer in French. Pure.", True),
        ("Pure: what still stands in the way.", True),
        ("The figures of a bilan. Pure and exact.", True),
        ("The database, which is impure.", False),
        ("", False),
    ],
)
def test_a_module_that_says_pure_is_seen(docstring: str, pure: bool) -> None:
    assert says_pure(ast.unparse(ast.Expr(ast.Constant(docstring)))) is pure


def test_a_pure_module_left_out_of_the_contract_is_seen() -> None:
    contract = '[[tool.importlinter.contracts]]\nname = "x"\nsource_modules = ["a.b"]\nforbidden_modules = ["django"]'

    assert held_to_their_word(contract) == {"a.b"}
