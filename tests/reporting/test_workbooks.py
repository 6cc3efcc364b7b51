"""The workbooks of a bilan: a first sheet that tells how to read them, and columns of one kind."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting import renderers
from reporting.bilan import BilanData, MonthSigned
from reporting.codec import fingerprint, from_json_value
from tests.reporting.samples import sample
from tests.reporting.test_snapshots import golden

WHOLE = from_json_value(golden(5))


def opened(data: BilanData) -> Any:  # Any: openpyxl types a cell as anything it may hold
    """The XLSX of a bilan."""
    return load_workbook(io.BytesIO(renderers.to_xlsx(data)))


def said(book: Any, part: str) -> dict[str, str]:  # Any: as above
    """What the first sheet says, under one of its parts."""
    return {
        str(name): str(text) for found, name, text in book["Lisez-moi"].iter_rows(values_only=True) if found == part
    }


def test_the_first_sheet_says_what_the_file_is():
    said_of_it = said(opened(WHOLE), "Ce fichier")

    assert said_of_it == {
        "Document": "Bilan rectificatif du PAQTE, Finistère, 2e semestre 2019",
        "Auteur": "Préfecture du Finistère",
        "Version": "2, transmise le 16 mars 2020",
        "Chiffres au": "16 mars 2020",
        "Empreinte SHA-256 des données": fingerprint(WHOLE),
        "Vérifier l’empreinte": "C’est celle du fichier JSON de la même version (sha256sum, Get-FileHash).",
        "Forme du fichier JSON": "Publiée par le portail à l’adresse /bilans/schema-5.json.",
    }
    assert said(opened(sample(1, draft=True)), "Ce fichier")["Version"] == "projet, non transmis"


def test_it_defines_every_sheet_column_indicator_and_status():
    book = opened(WHOLE)
    headers = [str(cell.value) for cell in book["Indicateurs"][1]]
    columns, indicators = said(book, "Colonne de «\u00a0Indicateurs\u00a0»"), said(book, "Indicateur")

    assert [*said(book, "Feuille")] == book.sheetnames[1:]
    assert [*columns] == [header for header in headers if header not in {"Code", "Indicateur", "Axe"}]
    assert [name.split("\u00a0–")[0] for name in indicators] == [line.code for line in WHOLE.lines]
    assert "" not in {*columns.values(), *indicators.values()}
    assert columns["Attendus sans valeur"] == "Réponses attendues d’entreprises qui ont un objectif, et qui manquent."
    statuses = {cell.value for column in "GH" for cell in book["Indicateurs"][column]} & said(book, "Statut").keys()
    assert statuses == {"renseigné", "non renseigné"}
    assert said(book, "Comment lire")["Case vide"].endswith("Une case vide n’est jamais un zéro.")


@pytest.mark.parametrize("data", [WHOLE, sample(27), sample(0, draft=True), from_json_value(golden(1))])
def test_a_column_holds_numbers_or_days_or_words_and_never_two_of_them(data: BilanData):
    for sheet in opened(data):
        if sheet.title not in {"Lisez-moi", "Bilan"}:
            for header, *cells in sheet.iter_cols(values_only=True):
                kinds = {kind_of(cell) for cell in cells if cell is not None}
                assert len(kinds) < 2, (sheet.title, header)


def kind_of(cell: Any) -> str:  # Any: what openpyxl reads
    return "number" if isinstance(cell, int | float) else type(cell).__name__


def test_a_number_is_shown_as_what_it_counts():
    lines = {row[0].value: row for row in opened(WHOLE)["Indicateurs"].iter_rows()}
    result, rate = 5, [cell.value for cell in lines["Code"]].index("Taux de réalisation")

    assert [(lines[code][result].value, lines[code][result].number_format) for code in ("ACH-03", "RAT-05")] == [
        (1250.5, '#,##0.00\\ "€"'),
        (0.004, "0.0\\ %"),
    ]
    assert (lines["SEN-04"][rate].value, lines["SEN-04"][rate].number_format) == (1.174, "0.0\\ %")


def test_what_schema_4_brought_has_its_columns():
    book = opened(WHOLE)
    left = [cell.value for cell in book["Signataires"][3]]

    assert [*book["Signatures"].iter_rows(min_row=4, values_only=True)] == [
        ("2019-09", 1, 0),
        ("2019-10", 2, 1),
        ("2019-11", 0, 0),
        ("2019-12", 1, 1),
    ]
    assert (left[0], left[11], left[12].isoformat(), left[13]) == (
        *("Conserverie du Léon", "non", "2019-11-30T00:00:00", "résiliée"),
    )
    assert ("Préfecture du Finistère", "Le forum du Guelmeur", "non") in {
        (row[1], row[2], row[4]) for row in book["Exemples"].iter_rows(values_only=True)
    }
    assert ("Chartes restant à convertir", 7) in book["Bilan"].iter_rows(values_only=True)


def test_a_table_without_a_line_is_not_there():
    assert opened(replace(sample(1), partners=(), movements=(), specific=())).sheetnames == [
        *("Lisez-moi", "Bilan", "Indicateurs", "Signataires", "Exemples", "Contexte", "Sans chiffres")
    ]
    assert "Signatures" in opened(replace(sample(1), signatures=(MonthSigned("2019-01", 0, 0),))).sheetnames


def test_its_author_is_the_prefecture_and_its_instant_that_of_the_value():
    properties = opened(WHOLE).properties
    draft = opened(sample(1, draft=True)).properties

    assert (properties.creator, properties.title) == (
        *("Préfecture du Finistère", "Bilan rectificatif du PAQTE, Finistère, 2e semestre 2019"),
    )
    assert properties.created.replace(tzinfo=UTC) == datetime(2020, 3, 16, 16, 42, 5, tzinfo=UTC)
    assert draft.created.replace(tzinfo=UTC) == datetime(2019, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("write", [renderers.to_xlsx, renderers.to_ods, renderers.to_csv, renderers.to_json])
def test_the_same_value_gives_the_same_bytes(write: Any):
    assert write(from_json_value(golden(5))) == write(WHOLE)
