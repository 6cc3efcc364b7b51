"""The one formula guard: what a spreadsheet would run goes out as text, and comes back as it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabular.cells import Cell, guarded, unguarded, written


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "==1+1", "+33612345678", "-2+3", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"),
        *(" =1", "\u00a0=1", "\u202f@x", "\n=1", "\t=1", "\r=1", "\tx", "'=1", "' @x", "#REF!", "#N/A"),
    ],
)
def test_what_looks_like_a_formula_goes_out_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "   ", "\t", "12", "l’Atelier", "'entre guillemets'", "a=1", "00090001900015", "Terril = charbon"]
)
def test_what_does_not_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_what_goes_out_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, "non renseigné"),
        ("", ""),
        (0, 0),
        (Decimal("-2.5"), Decimal("-2.5")),
        (date(2019, 2, 8), date(2019, 2, 8)),
        ("nul\x00 et cloche\x07", "nul et cloche"),
        ("=1\x00", "'=1"),
        ("a" * 40_000, "a" * 32_767),
    ],
)
def test_a_cell_of_a_workbook_keeps_its_type_and_opens_anywhere(cell: Cell, expected: object) -> None:
    assert written(cell, unknown="non renseigné") == expected
