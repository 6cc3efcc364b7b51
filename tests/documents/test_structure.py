"""What a reader of screens is told of a document: one table however many pages it crosses, and no head of page."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.template import engines
from pypdf import PdfReader

from documents import pdf
from tests.documents.structure import Element, artifacts, opened, outside, tree
from tests.documents.test_frame import SHEET

PAGE = """{% extends 'documents/print.html' %}{% load portal %}{% block body %}<h2>Liste</h2>
<dl><dt>Nom</dt><dd>Terril</dd><dd>Arras</dd></dl>
{% document_table id="noms" caption="Les noms" css="" %}
<thead><tr><th scope="col">Nom</th><th scope="col">Nombre</th></tr></thead>
<tbody>{% for n in rows %}<tr><th scope="row">Nom {{ n }}</th><td>{{ n }}</td></tr>{% endfor %}</tbody>
{% enddocument_table %}
<p>{% for n in rows %}Une longue phrase qui passe la page, puis une autre, et une autre encore. {% endfor %}</p>
<svg role="img" viewBox="0 0 10 1"><title>Tout est fait</title><rect width="10" height="1"/></svg>
{% endblock %}"""
HELD = b'{"a": 1}'


def written(rows: int = 120, page: str = PAGE) -> bytes:
    html = engines["django"].from_string(page).render({"frame": SHEET, "rows": range(rows)})
    data = pdf.Attached("donnees.json", "Les données", HELD, datetime(2020, 3, 16, tzinfo=UTC))
    return pdf.write(html, identifier=b"0" * 16, attached=[data])


@pytest.fixture(scope="module")
def paper() -> bytes:
    return written()


@pytest.fixture(scope="module")
def document(paper: bytes) -> pikepdf.Pdf:
    return opened(paper)


@pytest.fixture(scope="module")
def read(document: pikepdf.Pdf) -> Element:
    return tree(document)


def test_heads_and_feet_are_artifacts_and_all_else_is_in_the_tree(document: pikepdf.Pdf) -> None:
    assert outside(document) == []
    # Nothing on the cover; then the head, PROJET and the foot, and from the third page the head of the table too.
    assert [artifacts(page) for page in document.pages][:3] == [0, 3, 5]


def test_a_table_over_several_pages_is_one(document: pikepdf.Pdf, read: Element) -> None:
    (table,) = read.all("Table")
    pages = {page for element in table.walk() for page, _ in element.content}

    assert len(pages) > 2
    assert [child.kind for child in table.children] == ["Caption", "THead", "TBody"]
    assert len(table.all("TR")) == 121
    scopes = [str(cell.node.A.Scope) for cell in table.all("TH")]
    assert scopes == ["/Column", "/Column", *["/Row"] * 120]
    names = {str(cell.node.ID) for cell in table.all("TH")}
    assert [len(cell.node.A.Headers) for cell in table.all("TD")] == [2] * 120
    assert {str(name) for cell in table.all("TD") for name in cell.node.A.Headers} <= names


def test_a_paragraph_over_several_pages_is_one(read: Element) -> None:
    pages = [{page for part in element.walk() for page, _ in part.content} for element in read.all("P")]

    assert [len(found) for found in pages if len(found) > 1] == [3]


def test_a_term_is_the_label_of_its_definitions(read: Element) -> None:
    terms = read.all("L")[-1]

    assert [child.kind for child in terms.children[0].children] == ["Lbl", "LBody", "LBody"]


def test_a_figure_says_what_it_shows_and_where_it_is(document: pikepdf.Pdf, read: Element) -> None:
    (figure,) = read.all("Figure")
    left, bottom, right, top = map(float, figure.node.A.BBox)

    assert str(figure.node.Alt) == "Tout est fait"
    assert 0 < left < right < 596
    assert top - bottom == pytest.approx((right - left) / 10, abs=1)
    assert 0 < bottom < top < 842


def test_pages_have_labels_and_the_data_travel_inside(document: pikepdf.Pdf) -> None:
    labels = document.Root.PageLabels.Nums
    metadata = document.Root.Metadata.read_bytes()

    assert (int(labels[0]), str(labels[1].S)) == (0, "/D")
    assert document.attachments["donnees.json"].get_file().read_bytes() == HELD
    assert [str(file.AFRelationship) for file in document.Root.AF] == ["/Data"]
    assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert b'pdfuaid:part="1"' in metadata
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata


RARE = "{% extends 'documents/print.html' %}{% block body %}<p>شركة Αθήνα \U000e1234 ✓ 12\u202f000</p>{% endblock %}"


def test_the_machine_has_no_say_in_the_bytes(tmp_path: Path) -> None:
    """Another machine: fonts under the names of ours, and another order of preference."""
    other = tmp_path / "fonts.conf"
    other.write_text(
        '<fontconfig><dir>/usr/share/fonts</dir><match target="pattern"><edit name="family" mode="assign" '
        'binding="strong"><string>DejaVu Serif</string></edit></match></fontconfig>'
    )
    script = tmp_path / "made.py"
    script.write_text(
        "import sys, django; django.setup(); from tests.documents.test_structure import RARE, written; "
        "sys.stdout.buffer.write(written(page=RARE))"
    )
    environment = os.environ | {
        "FONTCONFIG_FILE": str(other),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(Path.cwd()),
        "HOME": str(tmp_path),
    }
    command = [sys.executable, str(script)]
    elsewhere = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)  # noqa: S603

    assert elsewhere.stdout == written(page=RARE)


def test_the_programs_that_this_one_starts_keep_their_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    written(rows=1)
    assert "FONTCONFIG_FILE" not in os.environ

    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    written(rows=1)
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/fonts.conf"


def test_what_no_font_draws_is_replaced_and_what_one_draws_is_kept() -> None:
    content = written(page=RARE)
    printed = PdfReader(io.BytesIO(content)).pages[1].extract_text()
    document = opened(content)
    names = {str(font.BaseFont).split("+")[1] for page in document.pages for font in page.Resources.Font.values()}

    assert "Αθήνα \ufffd ✓" in printed
    assert names <= {"Marianne", "Marianne-Bold", "Marianne-Italic", "Fallback"}
