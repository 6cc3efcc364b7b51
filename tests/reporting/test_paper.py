"""The bilan on paper: its structure as a screen reader walks it, what it says, and what hostile text does to it."""

import io
import json
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from documents.long_words import CUT
from reporting import renderers
from reporting.bilan import BilanData, MonthSigned
from reporting.boxes import TYPED
from reporting.codec import fingerprint, from_json_value, to_json
from tests.documents.structure import Element, nested, opened, outside, tree
from tests.reporting.reading import text_of
from tests.reporting.samples import sample

LEFT = date(2019, 5, 31)


def bilan(companies: int = 90) -> BilanData:
    """A long draft: its list takes more than a page, a company left, months are told."""
    data = sample(companies, draft=True)
    first, *others = data.signatories
    gone = replace(first, stays=False, left_on=LEFT, departure="résiliée")
    months = (MonthSigned("2019-01", 0, 0), MonthSigned("2019-02", 12, 5))
    return replace(data, signatories=(gone, *others), signatures=months, charters_left=2)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return renderers.to_pdf(bilan())


@pytest.fixture(scope="module")
def printed(paper: bytes) -> str:
    return text_of(paper)


@pytest.fixture(scope="module")
def document(paper: bytes) -> pikepdf.Pdf:
    return opened(paper)


@pytest.fixture(scope="module")
def read(document: pikepdf.Pdf) -> Element:
    return tree(document)


def test_nothing_is_outside_the_tree_but_artifacts(document: pikepdf.Pdf) -> None:
    assert outside(document) == []


def test_there_is_one_table_for_one_caption_whatever_pages_it_crosses(read: Element) -> None:
    tables = read.all("Table")
    crossing = [table for table in tables if len({page for part in table.walk() for page, _ in part.content}) > 1]

    assert [[child.kind for child in table.children] for table in tables] == [["Caption", "THead", "TBody"]] * len(
        tables
    )
    assert len(tables) == len(read.all("Caption")) > 20
    assert crossing
    assert max(len(table.all("TR")) for table in tables) == 91
    assert {str(cell.node.A.Scope) for cell in read.all("TH")} == {"/Row", "/Column"}


def test_headings_are_nested(read: Element) -> None:
    levels = [int(found.kind[1]) for found in read.walk() if found.kind in {"H1", "H2", "H3", "H4", "H5", "H6"}]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(one, other) for one, other in pairwise(levels) if other > one + 1] == []


def test_every_figure_has_its_alternative(read: Element) -> None:
    said = [str(figure.node.get("/Alt", "")) for figure in read.all("Figure")]

    assert all(said)
    assert said[0] == "Complétude\u00a0: 89 remontées validées sur 90"
    assert any(text.endswith("de l’objectif triennal") for text in said)


def test_a_link_is_called_by_its_words_and_no_artifact_stands_inside_the_content(document: pikepdf.Pdf) -> None:
    called = [str(link.Contents) for page in document.pages for link in page.get("/Annots", [])]

    assert called[:2] == ["L’essentiel", "1. Référent du PAQTE"]
    assert {len(marks) for page in document.pages for marks in nested(page)} == {1}


def test_it_prints_the_fingerprint_of_the_data_that_it_carries(printed: str, document: pikepdf.Pdf) -> None:
    data = bilan()
    carried = document.attachments["bilan-paqte-62-2019-S1-projet.json"].get_file().read_bytes()

    assert carried == to_json(data)
    assert fingerprint(data) in printed.replace(" ", "")


def test_it_says_who_left_what_was_signed_and_where_the_prefet_signs(printed: str) -> None:
    for said in (
        "Ateliers Terril 000 000 900 000 00000 PME SEN 08/02/2019 EQ-2016-12 résiliée le 31/05/2019",
        "Signatures Janvier Février Total Conventions signées 0 12 12 dont issues d’une charte 0 5 5",
        "2 chartes Entreprises et Quartiers restaient à convertir en convention au dernier jour du semestre.",
        "Visa du préfet du Pas-de-Calais",
        "Barre fine et claire",
    ):
        assert said in printed


def test_the_method_is_told_once(printed: str) -> None:
    assert printed.count("jamais une moyenne de pourcentages") == 1
    assert printed.count("au prorata des jours en vigueur") == 1


LONG = '<script>alert(1)</script>{{7*7}}<img src="http://127.0.0.1:9/a.png">W' * 60
"""As long as a box takes, and more, without a space for most of it."""
NAME = "<b>&amp;" + "M" * 192


def test_hostile_text_of_full_length_in_every_box_is_printed_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object) -> None:
        raise AssertionError(f"a connection: {args}")

    monkeypatch.setattr("socket.socket.connect", refused)
    value = json.loads(to_json(bilan(40)))
    start = time.process_time()
    content = renderers.to_pdf(from_json_value(hostile(value)))
    spent = time.process_time() - start
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    printed = printed.replace("\n", "").replace(CUT, "")

    assert spent < 10
    assert printed.count("<script>alert(1)</script>{{7*7}}") >= len(TYPED)
    assert printed.replace(" ", "").count(NAME) > 40
    assert outside(opened(content)) == []


def hostile(value: Any) -> Any:  # Any: JSON
    """The same value with such a text wherever people type one."""
    value["texts"] = dict.fromkeys(value["texts"], LONG)
    value["sending_note"] = LONG
    for line in (*value["signatories"], *value["specific"], *value["movements"]):
        line["company"] = NAME
    for line in value["partners"]:
        line |= {"name": NAME, "part": LONG}
    for axis in value["axes"]:
        for line in axis["examples"]:
            line |= {"company": NAME, "title": NAME, "text": LONG}
    value["completeness"]["silent"] = [NAME] * 3
    return value
