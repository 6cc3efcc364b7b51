"""French numbers: what is read, what is refused and with which words, and that printing can be read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from french.numbers import NumberRefused, counted, format_number, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u2009234,50", "1234.50"),
        (" 42\u00a0", "42"),
        ("12 345 678", "12345678"),
        ("-3", "-3"),
        ("0,25", "0.25"),
        ("007", "7"),
    ],
)
def test_a_french_number_is_read(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1e3",
        "1_000",
        "٣٤",
        "NaN",
        "Infinity",
        "1,234,5",
        "12 34",
        "1 2345",
        "+5",
        "1,",
        ",5",
        "12€",
        "0x10",
        "１２",
        "½",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NumberRefused, match=r"n’est pas un nombre\. Écrivez par exemple"):
        parse(text)


@pytest.mark.parametrize("text", ["-0", "-00", "-0,0", " -0,00 "])
def test_a_zero_has_no_sign(text: str) -> None:
    with pytest.raises(NumberRefused, match=r"un zéro n’a pas de signe\. Écrivez 0\."):
        parse(text)


def test_a_dot_is_refused_with_both_readings() -> None:
    with pytest.raises(NumberRefused) as refused:
        parse("1.234")

    assert str(refused.value) == (
        "« 1.234 » est ambigu\u00a0: le point n’est pas accepté. "
        "Écrivez 1234 pour un nombre entier ou 1,234 pour un nombre à virgule."
    )


def test_a_long_text_is_shown_cut() -> None:
    with pytest.raises(NumberRefused, match=r"« a{29}… »"):
        parse("a" * 5000)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("999", "999"),
        ("1234.50", "1\u202f234,5"),
        ("1234567", "1\u202f234\u202f567"),
        ("-1234.25", "-1\u202f234,25"),
        ("99999999999.99", "99\u202f999\u202f999\u202f999,99"),
        ("1E+3", "1\u202f000"),
    ],
)
def test_a_number_is_printed(value: str, text: str) -> None:
    assert format_number(Decimal(value)) == text


def test_decimals_can_be_fixed() -> None:
    assert format_number(Decimal("3.5"), 2) == "3,50"
    assert format_number(Decimal("-0.001"), 2) == "0,00"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_printed_is_read_back(value: Decimal) -> None:
    assert parse(format_number(value)) == value


@given(st.text(max_size=40))
def test_parse_reads_or_refuses_and_nothing_else(text: str) -> None:
    try:
        value = parse(text)
    except NumberRefused:
        return
    assert value.is_finite()


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 remontée"), (1, "1 remontée"), (2, "2 remontées"), (1234, "1\u202f234 remontées")]
)
def test_counting_in_french(number: int, text: str) -> None:
    assert counted(number, "remontée", "remontées") == text
