"""The print frame serves any document: one that knows nothing of bilans gets its cover, its head and its foot."""

import io

import pikepdf
from django.template import engines
from pypdf import PdfReader

from documents import pdf
from documents.frame import Cover, Frame

SHEET = Frame(
    title="Fiche – Scierie des Abers",
    running_title="Fiche de la Scierie des Abers",
    brand=("Préfet", "du Finistère"),
    description="Fiche d’un signataire",
    written_at="2020-03-16T00:00:00+00:00",
    cover=Cover(
        programme="Pacte avec les quartiers pour toutes les entreprises",
        title="Fiche de l’entreprise",
        subtitle="Scierie des Abers",
        period="du 1er février 2019 au 31 janvier 2022",
        facts=(("Commune", "Lannilis"),),
        warning="Projet\u00a0: rien n’est signé.",
    ),
    is_draft=True,
)


def test_another_document_in_the_frame():
    page = "{% extends 'documents/print.html' %}{% block body %}<h2>Contacts</h2><p>Aucun.</p>{% endblock %}"
    html = engines["django"].from_string(page).render({"frame": SHEET})
    content = pdf.write(html, identifier=b"0" * 16)
    cover, sheet = (text.extract_text() for text in PdfReader(io.BytesIO(content)).pages)

    assert [
        said for said in ("DU FINISTÈRE", "Fiche de l’entreprise", "Lannilis", "rien n’est signé") if said not in cover
    ] == []
    assert [
        said for said in ("Fiche de la Scierie des Abers", "PROJET", "page 2 / 2", "Contacts") if said not in sheet
    ] == []
    assert "bilan" not in (cover + sheet).lower()
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.docinfo["/Title"]) == "Fiche – Scierie des Abers"
        assert str(document.docinfo["/Author"]) == "Préfet du Finistère"
