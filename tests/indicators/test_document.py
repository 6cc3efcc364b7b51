"""The file of a catalogue is read, changed and written back without losing anything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import editing
from indicators.catalogue import FOLDER, drafted, load_catalogue
from indicators.document import CatalogueError, read_document, written

FILE = (FOLDER / "paqte_2018.toml").read_bytes()


def test_the_published_file_written_back_says_the_same() -> None:
    document = read_document(FILE)

    assert read_document(written(document)) == document
    again = drafted(written(document))
    assert again.fingerprint != load_catalogue("paqte-2018").fingerprint
    assert replace(again, fingerprint="") == replace(load_catalogue("paqte-2018"), fingerprint="")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.decimals(0, 1000, places=2))
def test_any_text_and_any_number_come_back(text: str, number: Decimal) -> None:
    row = {"definition": text, "ceiling": number, "valid_from": date(2020, 1, 1), "core": False}
    document = editing.changed(read_document(FILE), "SEN-01", row)

    found = editing.row_of(read_document(written(document)), "SEN-01")

    assert found is not None
    assert {name: found[name] for name in row} == row


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x = " + b"[" * 5000 + b"]" * 5000, b"[[ratio", b""])
def test_what_is_no_catalogue_is_refused_in_french(content: bytes) -> None:
    with pytest.raises(CatalogueError, match="catalogue"):
        read_document(content)


def test_a_new_version_begins_as_the_last_one_under_its_own_name() -> None:
    old = editing.changed(read_document(FILE), "SEN-01", {"reworded": True})

    new = editing.begun(old, version="paqte-2021", title="Catalogue 2021", published_on=date(2021, 11, 1))

    catalogue = drafted(written(new))
    assert (catalogue.version, catalogue.title, catalogue.published_on) == (
        "paqte-2021",
        "Catalogue 2021",
        date(2021, 11, 1),
    )
    assert catalogue.indicators == load_catalogue("paqte-2018").indicators


def test_an_indicator_is_added_after_the_last_of_its_axis_changed_and_removed() -> None:
    document = read_document(FILE)
    row = editing.row_of(document, "SEN-12")
    assert row is not None

    more = editing.added(document, {**row, "code": "SEN-13", "ceiling": None})
    codes = [spec.code for spec in drafted(written(more)).indicators]
    assert codes[11:14] == ["SEN-12", "SEN-13", "FOR-01"]

    less = editing.removed(more, "SEN-01")
    assert editing.row_of(less, "SEN-01") is None
    assert drafted(written(less)).problems == ["RAT-02\u00a0: cite SEN-01, qui n’existe pas."]

    without_limit = editing.changed(document, "SEN-06", {"ceiling": None, "label": "Interventions"})
    spec = drafted(written(without_limit)).indicator("SEN-06")
    assert (spec.ceiling, spec.label) == (Decimal(1000), "Interventions")
