"""The section of an activity comes from the first two digits of its code."""

import pytest

from companies.naf import SECTIONS, section_of


@pytest.mark.parametrize(
    ("code", "letter"),
    [
        ("01.11Z", "A"),
        ("4711F", "G"),
        ("47.11F", "G"),
        ("99.00Z", "U"),
        ("84.11Z", "O"),
        ("04.00Z", ""),
        ("", ""),
        ("Z", ""),
        ("٤٧.11F", ""),
    ],
)
def test_the_section_of_a_code(code: str, letter: str) -> None:
    assert section_of(code) == letter


def test_no_division_is_of_two_sections() -> None:
    divisions = [division for _, held in SECTIONS.values() for division in held]

    assert len(divisions) == len(set(divisions)) == 88
    assert list(SECTIONS) == list("ABCDEFGHIJKLMNOPQRSTU")
