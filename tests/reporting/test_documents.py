"""What the documents say is what SQL says; the PDF is accessible, reproducible, and never fetches or leaks anything."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.db import connection
from openpyxl import load_workbook
from pypdf import PdfReader

from documents import pdf
from reporting import renderers
from reporting.bilan import BilanData
from reporting.selectors import bilan_for
from tests.factories import BilanFactory, ConventionFactory, SubmissionFactory
from tests.reporting.reading import measures_of, ods_rows, text_of, words
from tests.reporting.samples import TEXTS, sample

HOSTILE = [
    '<script>alert(1)</script><img src="file:///etc/hostname">',
    '"><link rel=attachment href="file:///etc/passwd">',
    "{{7*7}}{% debug %}",
    "@import url(http://127.0.0.1:9/x.css);",
    '<svg><image href="http://127.0.0.1:9/a.png"/></svg>',
    "=HYPERLINK(1)",
    "شركة التضامن",
    "É" * 255,
]


AFTER = date(2019, 11, 15)
"""The campaign takes no more answers: figures are not provisional."""


@pytest.fixture(scope="module")
def paper() -> bytes:
    """The PDF of a transmitted bilan of three companies."""
    return renderers.to_pdf(sample(3))


@pytest.fixture
def live(catalogue: str) -> BilanData:
    """Three companies, with a value, a zero and no answer for the same indicator."""
    for recruited, hours in ((1234, Decimal("1234.5")), (0, 0), (None, 17)):
        convention = ConventionFactory(axes=["recruter", "acheter"], targets={("REC-02", 1): 500, ("ACH-08", 1): 100})
        SubmissionFactory(convention=convention, validated=True, answers={"REC-02": recruited, "ACH-08": hours})
    return bilan_for(BilanFactory(), AFTER)


def sums_by_sql() -> dict[str, Decimal]:
    """The same totals, asked to the database by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.code, SUM(r.value) FROM conventions_result r "
            "JOIN indicators_indicator i ON i.id = r.indicator_id "
            "WHERE r.counted_status = 'value' GROUP BY i.code"
        )
        return {code: Decimal(str(total)) for code, total in cursor.fetchall()}


def test_figures_are_the_same_everywhere(live: BilanData):
    sums = sums_by_sql()
    assert sums == {"REC-02": Decimal(1234), "ACH-08": Decimal("1251.5")}

    sheet = load_workbook(io.BytesIO(renderers.to_xlsx(live)))["Indicateurs"]
    excel = {row[0]: row[5:7] for row in sheet.iter_rows(min_row=2, values_only=True)}
    from_csv = {code: measures_of(renderers.to_csv(live), code)["Résultat du semestre"] for code in (*sums, "REC-01")}
    ods = {row[0]: row[5] for row in ods_rows(renderers.to_ods(live), "Indicateurs")}

    assert {code: Decimal(str(excel[code][0])) for code in sums} == sums
    assert (excel["REC-01"], from_csv["REC-01"]) == ((None, "non renseigné"), "non renseigné")
    assert (from_csv["REC-02"], from_csv["ACH-08"]) == ("1234", "1251,5")
    assert {code: Decimal(ods[code]) for code in sums} == sums


def test_page_and_pdf_print_the_same_figures(live: BilanData):
    page, paper = words(renderers.to_html(live)), text_of(renderers.to_pdf(live))

    # 500 × 3 a year, 143 days out of 365: 587.67, a silent third stays in; the hours, 300 × 143 / 365: 117.53.
    for printed in (
        "REC-02 1 234 2/3 – 1 234 (2)",
        "1 234 588 3 210,0 % 1 500 82,3 %",
        "ACH-08 1 251,5 3/3 – 1 251,5 (3)",
        "1 251,5 118 3 1 064,8 % 300 417,2 %",
    ):
        assert printed in page
        assert printed in paper


def test_zero_and_no_answer_are_told_apart(catalogue: str):
    SubmissionFactory(
        convention=ConventionFactory(targets={}), validated=True, answers={"REC-01": 0, "REC-02": "Sans recrutement."}
    )

    printed = text_of(renderers.to_pdf(bilan_for(BilanFactory(), date(2019, 9, 15))))

    assert "Recrutements REC-01 0 1/1 – 0 (1)" in printed
    assert "dont Recrutements de résidents de QPV REC-02 sans objet 0/1, 1 s. o. – non renseigné" in printed


def test_the_boxes_of_the_circular_come_in_its_order(paper: bytes):
    printed = text_of(paper)
    body = printed[printed.index("L’essentiel 2 remontées validées") :]
    titles = [
        "1. Référent du PAQTE",
        "2. Organisation, stratégie et obstacles",
        "Stratégie définie",
        "Obstacles rencontrés",
        "3. Entreprises signataires",
        "4. Associations et acteurs partenaires",
        "5. Résultats agrégés et exemples d’actions",
        "Sensibiliser 3 entreprises",
        "6. Éléments de contexte",
        "Méthode et vérification",
    ]

    places = [body.find(title) for title in titles]

    assert -1 not in places
    assert places == sorted(places)


def test_a_bilan_without_companies_says_so():
    printed = text_of(renderers.to_pdf(sample(0)))

    assert "Aucune convention n’était en vigueur pendant le 1er semestre 2019." in printed
    assert "Aucune entreprise n’avait de convention en vigueur pendant le semestre." in printed


def test_a_draft_says_projet_on_every_page_and_a_sent_bilan_never():
    draft, sent = (PdfReader(io.BytesIO(renderers.to_pdf(sample(2, draft=draft)))) for draft in (True, False))

    assert all("PROJET" in page.extract_text() for page in draft.pages[1:])
    assert "Projet\u00a0: ce bilan n’est pas transmis." in draft.pages[0].extract_text()
    assert not any("PROJET" in page.extract_text() for page in sent.pages)
    assert f"page 2 / {len(sent.pages)}" in sent.pages[1].extract_text()


def test_the_same_value_gives_the_same_bytes(paper: bytes):
    assert renderers.to_pdf(sample(3)) == paper


def test_the_pdf_is_accessible(paper: bytes):
    with pikepdf.open(io.BytesIO(paper)) as document:
        root = document.Root
        with document.open_metadata() as metadata:
            part = metadata.get("{http://www.aiim.org/pdfua/ns/id/}part")
        tags = tags_of(root.StructTreeRoot)

        assert part == "1"
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "fr"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "Bilan semestriel du PAQTE – Pas-de-Calais – 1er semestre 2019"
        assert {str(page.Tabs) for page in document.pages if "/Annots" in page} == {"/S"}
        assert len(tags["/H1"]) == 1
        assert {"/Table", "/TH", "/TD", "/H2", "/H3", "/L"} <= set(tags)
        assert all(str(figure.Alt) for figure in tags["/Figure"])
        assert not [font for page in document.pages for font in unembedded(page)]
        assert [float(side) for side in document.pages[0].MediaBox][2:] == pytest.approx([595.28, 841.89], abs=0.01)
        assert not document.is_encrypted
        assert "/OpenAction" not in root


def tags_of(node: pikepdf.Object) -> dict[str, list[pikepdf.Object]]:
    """The elements of the structure tree, by kind."""
    found: dict[str, list[pikepdf.Object]] = {}
    waiting = [node]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.setdefault(str(element.S), []).append(element)
            children: Any = element.get("/K", [])  # Any: one element or several
            waiting += list(children) if isinstance(children, pikepdf.Array) else [children]
    return found


def unembedded(page: pikepdf.Page) -> list[str]:
    """The fonts of a page that are not in the file."""
    missing = []
    for font in dict(page.Resources.get("/Font", {})).values():
        descriptor = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            missing.append(str(font.BaseFont))
    return missing


def test_hostile_names_are_shown_and_do_nothing(caplog: pytest.LogCaptureFixture):
    base = sample(len(HOSTILE))
    lines = tuple(replace(line, company=name) for line, name in zip(base.signatories, HOSTILE, strict=True))
    content = renderers.to_pdf(replace(base, signatories=lines, texts={**TEXTS, "strategy": "\n\n".join(HOSTILE)}))
    printed = text_of(content).replace(" ", "")

    assert "<script>alert(1)</script>" in printed
    assert "{{7*7}}{%debug%}" in printed
    assert "<linkrel=attachmenthref=" in printed
    with pikepdf.open(io.BytesIO(content)) as document:
        assert list(document.attachments) == ["bilan-paqte-62-2019-S1-v1.json"]
    # The style sheets and fonts are ours: a refused or failed resource would be logged.
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1/x",
        "https://static.invalid/static/../settings.py",
        "https://static.invalid/static/%2e%2e/manage.py",
        "https://static.invalid/media/x",
        "https://static.invalid/static/none.css",
        "data:text/css,x",
    ],
)
def test_documents_reach_our_static_files_only(url: str):
    with pytest.raises(pdf.ResourceRefused):
        pdf.static_file(url)


def test_the_metadata_name_nobody(paper: bytes):
    with pikepdf.open(io.BytesIO(paper)) as document:
        information = {str(key): str(value) for key, value in document.docinfo.items()}
        assert information["/Author"] == "Préfet du Pas-de-Calais"
        assert "@" not in "".join(information.values())
        assert b"example.org" not in document.Root.Metadata.read_bytes()
    assert b"/work" not in paper
    assert b"site-packages" not in paper


def test_workbooks_hold_no_formula():
    base = sample(2)
    hostile = replace(base, signatories=tuple(replace(line, company="=1+1\x07") for line in base.signatories))

    sheet = load_workbook(io.BytesIO(renderers.to_xlsx(hostile)))["Signataires"]

    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'=1+1", "s")
    assert sheet["B2"].value == "00090000000000"
