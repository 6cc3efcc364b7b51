"""The files of the nation say the same numbers, and name who is missing."""

import io
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from national.renderers import to_csv, to_ods, to_xlsx
from national.value import Consolidated, Missing
from reporting.codec import from_json_value
from tests.national.fold import Sent, consolidate
from tests.reporting.reading import lines_of_csv, measures_of, ods_rows
from tests.reporting.test_snapshots import golden

GUYANE = Missing("973", "Guyane", "03", "Guyane", ("Scierie du Fleuve", "Transports du Port"))
FINISTERE = from_json_value(golden(5))
FRANCE = Consolidated(
    total=replace(consolidate([Sent(now=FINISTERE)], semester="2019-S2"), missing=(GUYANE,), older=("Mayotte",)),
    headlines=FINISTERE.headlines,
    bilans=(FINISTERE,),
)


def sheet(book: Any, name: str) -> list[tuple[Any, ...]]:  # Any: openpyxl types a cell as anything it may hold
    return list(book[name].iter_rows(values_only=True))


def test_the_workbook_says_who_is_missing() -> None:
    book: Any = load_workbook(io.BytesIO(to_xlsx(FRANCE)))  # Any: as above
    about = {name: text for part, name, text in sheet(book, "Lisez-moi") if part == "Ce fichier"}

    assert book.sheetnames == [
        *("Lisez-moi", "Indicateurs", "Par département", "Réponses par département"),
        *("Départements", "Départements sans bilan", "Entreprises non comptées", "Repris d’un bilan antérieur"),
        *("Rubriques", "Signataires", "Signatures", "Partenaires", "Exemples", "Mouvements", "Recoupements"),
        *("Comptés ailleurs", "Engagements spécifiques", "Contexte", "Modifications", "Versions"),
    ]
    assert about["Bilans transmis"] == "1 département sur 2"
    assert about["Départements sans bilan"] == "Guyane (973)"
    assert about["Entreprises comptées"] == "1 sur 5"
    assert sheet(book, "Départements sans bilan")[1:] == [("973", "Guyane", "Guyane", 2)]
    assert sheet(book, "Entreprises non comptées")[1:] == [
        ("29", "Finistère", "Ateliers de l’Élorn", "silencieuse"),
        ("29", "Finistère", "Conserverie du Léon", "reçue, non validée"),
        ("973", "Guyane", "Scierie du Fleuve", "bilan non transmis"),
        ("973", "Guyane", "Transports du Port", "bilan non transmis"),
    ]
    assert (book.properties.creator, str(book.properties.created)) == ("Agence nationale", "2020-03-16 16:42:05")


def test_the_nation_is_read_alike() -> None:
    book: Any = load_workbook(io.BytesIO(to_xlsx(FRANCE)))  # Any: as above
    (line,) = (row for row in sheet(book, "Indicateurs") if row[0] == "SEN-04")
    rows = ods_rows(to_ods(FRANCE), "Indicateurs")
    whole = to_csv(FRANCE)

    assert (line[:6], line[-4:]) == (
        ("SEN-04", "Stagiaires de 3e accueillis, tous collèges", "Sensibiliser", "nombre", 24, "renseigné"),
        (None, 1, 1, 2),
    )
    assert rows[0][-4] == "Semestre précédent des départements sans bilan"
    assert measures_of(whole, "SEN-04")["Semestre précédent des départements sans bilan"] == "sans valeur"
    assert measures_of(whole, "RAT-05")["Numérateur"] == "5"
    assert to_xlsx(FRANCE) == to_xlsx(FRANCE)


def test_the_csv_ends_with_who_is_missing() -> None:
    lines = lines_of_csv(to_csv(FRANCE))
    *_, department, first, second = [line for line in lines if line[3] == "973"]
    (older,) = [line for line in lines if line[5] == "older_department"]

    assert older[4:9] == [
        *("Mayotte", "older_department", "Bilan antérieur compté depuis le lancement", "", ""),
    ]
    assert older[9] == "antérieur à ce semestre"
    unsent = ["entreprises", "bilan non transmis", "", "", ""]
    assert department[4:] == ["Guyane", "missing_department", "Département sans bilan", "2", *unsent]
    assert [line[4:] for line in (first, second)] == [
        [name, "missing_company", "Entreprise non comptée", "", *unsent] for name in GUYANE.companies
    ]


def test_each_departement_stands_beside_the_others_and_its_boxes_under_theirs() -> None:
    nord = replace(FINISTERE, place=replace(FINISTERE.place, code="59", name="Nord"), partners=(), axes=())
    two = Consolidated(consolidate([Sent(now=FINISTERE), Sent(now=nord)], semester="2019-S2"), (), (FINISTERE, nord))
    book: Any = load_workbook(io.BytesIO(to_xlsx(two)))  # Any: as above
    values, answers = sheet(book, "Par département"), sheet(book, "Réponses par département")
    boxes = [line[:2] for line in sheet(book, "Rubriques")[1:]]

    assert values[0][4:] == ("France", "Finistère (29)", "Nord (59)")
    (value,) = (line for line in values if line[0] == "SEN-04")
    (answered,) = (line for line in answers if line[0] == "SEN-04")
    assert value == ("SEN-04", "Stagiaires de 3e accueillis, tous collèges", "Sensibiliser", "nombre", 24, 24, None)
    assert answered[4:] == (2, 2, None)
    assert set(boxes) == {("29", "Finistère"), ("59", "Nord")}
    assert {line[0] for line in sheet(book, "Partenaires")[1:]} == {"29"}
    assert sheet(book, "Signataires")[0][:3] == ("Code", "Département", "Entreprise")
