"""Text: what is dropped, what is refused, what passes."""

import pytest
from django.core.exceptions import ValidationError

from dsfr_forms.text import fault_of, refuse_control_characters, refuse_line_breaks, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Société Éléphant", "Société Éléphant"),
        ("e\u0301cole", "école"),
        ("une\r\ndeux\rtrois", "une\ndeux\ntrois"),
        ("\u202egnp.exe", "\u202egnp.exe"),
        ("La\u200bPoste", "LaPoste"),
        ("\ufeffCargo", "Cargo"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("شركة", "شركة"),
        ("O’Connor & fils", "O’Connor & fils"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}}", "{{7*7}}"),
    ],
)
def test_tidy_keeps_what_can_be_read(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    "nothing", ["", " ", "\u200b", "\u3164", "\ufeff", "\u00a0", "\u202e", "\u2800", "\u200d", "\u200b \u3164\n"]
)
def test_tidy_text_that_shows_nothing_is_empty(nothing: str) -> None:
    assert tidy(nothing) == ""


def test_tidy_control_characters_stay_to_be_refused() -> None:
    assert tidy("\x07") == "\x07"


@pytest.mark.parametrize("text", ["Terril\nNord", "Terril\u2028Nord", "Terril\x0bNord", "Terril\u0085Nord"])
def test_refuse_line_breaks_says_one_line(text: str) -> None:
    with pytest.raises(ValidationError, match="une seule ligne"):
        refuse_line_breaks(text)


@pytest.mark.parametrize("text", ["Terril\tNord", "Terril\x07", "\x1b[31m", "\ud800"])
def test_refuse_line_breaks_refuses_control_characters(text: str) -> None:
    with pytest.raises(ValidationError, match="caractère invisible"):
        refuse_line_breaks(text)


@pytest.mark.parametrize("text", ["", "Terril", "une\ndeux", "une\tdeux", "NUL is for Django\0"])
def test_refuse_control_characters_lets_paragraphs_pass(text: str) -> None:
    refuse_control_characters(text)


@pytest.mark.parametrize("text", ["\u202egnp.exe", "\u2066Terril\u2069", "\u200eTerril\u202c"])
def test_what_turns_the_text_around_is_refused(text: str) -> None:
    for refuse in (refuse_line_breaks, refuse_control_characters):
        with pytest.raises(ValidationError, match="retourne le sens"):
            refuse(text)
    assert "retourne le sens" in fault_of(text, 100)


def test_a_cell_of_one_line_is_refused_as_a_field_is() -> None:
    assert fault_of("une\ndeux", 100) == ""
    assert "une seule ligne" in fault_of("une\ndeux", 100, one_line=True)


def test_refuse_control_characters_refuses_a_bell() -> None:
    with pytest.raises(ValidationError, match="caractère invisible"):
        refuse_control_characters("une\ndeux\x07")
