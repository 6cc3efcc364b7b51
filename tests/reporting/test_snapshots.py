"""A bilan sent years ago is read, printed, added up and exported again, whatever the tree has become since."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from national.renderers import to_csv as to_national_csv
from national.value import Consolidated
from reporting import renderers
from reporting.bilan import SCHEMA, BilanData
from reporting.codec import UPGRADES, UnknownSchema, fingerprint, from_json_value, to_json, to_json_value, upgraded
from reporting.models import BilanDocument, SentLine
from reporting.sent_lines import counts_of, lines_of
from tests.cast import Cast
from tests.factories import S2_2019, BilanFactory, CampaignFactory, DepartmentFactory
from tests.national.fold import Sent, consolidate
from tests.pages import signed_in
from tests.reporting.reading import lines_of_csv, measures_of, ods_rows, text_of, words

FILES = Path(__file__).parent / "files"
PRINTED = (
    "1 remontée validée sur 3 attendues",
    "1 251 € Achats auprès de fournisseurs implantés en QPV",
    "Stagiaires de 3e accueillis, collèges REP+ (SEN-02), semestre 18 9",
    "Maëlle Abgrall",
    "Une visite par entreprise et par an.",
    "D’abord les stages, ensuite l’alternance.",
    "Les transports depuis Recouvrance.",
    "000 900 000 00129 PME SEN FOR REC 14/01/2019 EQ-2016-29",
    "Club des deux rives club ou réseau d’entreprises non renseigné",
    "4 210 Pôle emploi, catégories A, B, C, au 31/12/2019",
    "Motif de l’envoi malgré ces manques : L’atelier a été relancé trois fois.",
    "Version 1, transmise le 20 février 2020 (Premier envoi.)",
    "Neuf élèves de Pontanézen reçus.",
    "30 12,5",
)
"""What the page and the PDF of every golden snapshot say."""
BEFORE = (
    "1 remontée validée sur 3 attendues pour le 2e semestre 2019 ; 3 entreprises engagées ; 3 conventions en vigueur",
    "Sensibiliser : 2 des 4 objectifs suivis sont au niveau attendu",
    "31 26 – 117,4 % 60 51,7 %",
    "Stagiaires de 3e accueillis, tous collèges SEN-04 24 2/3 – 31",
    "non renseigné 0/3 – 4",
    "4 7,9 – 50,5 % 18 22,2 %",
    "Alternants présents FOR-02 non renseigné 2/2 – 12",
    "12 15 – 80,0 %",
    "1 234 2/2 – 1 500",
    "1 500 1 320 – 113,6 % 3 000 50,0 %",
    "0,4 % 5 / 1 234 2/2 –",
)
"""What those of before schema 3 say of figures: the numbers that they printed, and nothing that they did not know."""
ALIKE = (1, 2)
"""The schemas whose golden snapshots are one bilan; those since print more of it, and other figures."""
SINCE = (
    "3 entreprises engagées, dont 2 au dernier jour ; 4 conventions en vigueur",
    "2 réponses sur 3, 1 sans objet ; +7 pour les 2 entreprises qui ont répondu aux deux semestres",
    "Atelier des Capucins entrée 02/09/2019 PAQTE-29-2019-003 Recrutements de résidents de QPV : 5",
    "tous collèges (semestre précédent : +1 depuis ce qui en a été transmis) SEN-04 24 2/3, 1 s. o. +7 (2) 31 (3)",
    "31 26 2 117,4 %",
    "Alternants présents FOR-02 9 2/2 – 12, dont 3 repris (1)",
    "12 15 – 80,0 %",
    "65,0 % 13 / 20 1/3 33,3 % (1)",
    "Groupe des Abers : Garder la plus grande valeur : elle comprend les autres. La scierie compte aussi la",
    "Groupe des Abers : brut, recoupement et net",
    "Recrutements de résidents de QPV 5 2 3",
    "Comptés ailleurs aussi : Conserverie du Léon (convention nationale) Indicateur Valeur Recrutements de résidents",
)
HEADERS = (
    "Résultat du semestre",
    "Semestre précédent",
    "Cumul depuis le lancement",
    "Dernier état connu",
    "Objectif",
    "Attendu à ce jour",
    "Taux de réalisation",
    "Réponses",
    "Réponses attendues",
)


def golden(schema: int) -> Any:  # Any: what json.loads gives
    """A whole snapshot of invented figures, as the portal stored it when the tree had this schema. Never rewritten."""
    return json.loads((FILES / f"snapshot-{schema}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=ALIKE)
def old(request: pytest.FixtureRequest) -> BilanData:
    """The same bilan of the Finistère, read from the file of each schema that knew no perimeter."""
    return from_json_value(golden(request.param))


def test_a_golden_snapshot_has_something_in_every_field():
    assert sorted(path for path, given in given_fields(golden(1)).items() if not given) == []


def given_fields(value: Any, path: str = "") -> dict[str, bool]:  # Any: JSON
    """Every field of a snapshot, and whether one of its values at least is neither null nor empty."""
    if isinstance(value, dict):
        parts = [given_fields(item, f"{path}.{name}") for name, item in value.items()]
    elif isinstance(value, list):
        parts = [{path: bool(value)}, *(given_fields(item, path) for item in value)]
    else:
        return {path: value not in {None, ""}}
    found: dict[str, bool] = {}
    for part in parts:
        for name, given in part.items():
            found[name] = found.get(name, False) or given
    return found


def test_the_present_schema_has_its_golden_snapshot_which_goes_out_as_it_came_in():
    assert lost(golden(SCHEMA), to_json_value(from_json_value(golden(SCHEMA)))) == []


def lost(before: Any, after: Any, path: str = "") -> list[str]:  # Any: JSON
    """What a snapshot said and says no more; a box or a column may have come since, nothing may have gone."""
    if isinstance(before, dict):
        inside = [lost(item, after.get(name, "missing"), f"{path}.{name}") for name, item in before.items()]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        inside = [lost(one, other, path) for one, other in zip(before, after, strict=True)]
    else:
        return [] if before == after else [path]
    return [found for part in inside for found in part]


def test_each_step_leads_to_the_next_schema_and_leaves_the_old_value_alone():
    before = golden(1)

    assert UPGRADES[1](before) == golden(2)
    assert [UPGRADES[schema](golden(schema))["schema"] for schema in range(1, SCHEMA)] == [2, 3, 4, 5]
    assert upgraded(before) == upgraded(golden(2))
    assert before == golden(1)
    assert sorted(UPGRADES) == list(range(1, SCHEMA))


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, "1", None])
def test_a_schema_that_never_was_is_refused_with_a_sentence(schema: object):
    with pytest.raises(UnknownSchema, match="inconnue de ce portail"):
        from_json_value(golden(1) | {"schema": schema})


def test_an_old_snapshot_keeps_its_first_page(old: BilanData):
    assert [figure.code for figure in old.key_figures] == ["SEN-07", "SEN-02", "FOR-05", "REC-02", "REC-06", "ACH-03"]


@pytest.mark.parametrize(("schema", "own"), [(1, BEFORE), (2, BEFORE), (3, SINCE), (4, SINCE), (SCHEMA, SINCE)])
def test_a_snapshot_is_printed_as_a_page(schema: int, own: tuple[str, ...]):
    page = words(renderers.to_html(from_json_value(golden(schema))))

    assert [printed for printed in (*PRINTED, *own) if printed not in page] == []


@pytest.mark.parametrize(("schema", "own"), [(1, BEFORE), (SCHEMA, SINCE)])
def test_a_snapshot_is_printed_as_a_pdf(schema: int, own: tuple[str, ...]):
    paper = text_of(renderers.to_pdf(from_json_value(golden(schema))))

    assert [printed for printed in (*PRINTED, *own) if printed not in paper] == []


def test_an_old_snapshot_is_exported_again(old: BilanData):
    lines = lines_of_csv(renderers.to_csv(old))
    book = load_workbook(io.BytesIO(renderers.to_xlsx(old)))
    excel = by_code([[str(cell) for cell in row] for row in book["Indicateurs"].iter_rows(values_only=True)])
    ods = by_code(ods_rows(renderers.to_ods(old), "Indicateurs"))

    assert lines[0] == [
        *("Code département", "Département", "Semestre", "Version", "Axe", "Code", "Indicateur", "Type"),
        *("Clé", "Mesure", "Valeur", "Unité", "Statut"),
    ]
    assert lines[1][:8] == [
        *("29", "Finistère", "2019-S2", "2", "Sensibiliser", "SEN-04", "Stagiaires de 3e accueillis, tous collèges"),
        "flux",
    ]
    assert lines[1][8:] == ["semester", "Résultat du semestre", "24", "nombre", "renseigné"]
    sen = measures_of(renderers.to_csv(old), "SEN-03")
    assert told(sen) == ["non renseigné", "4", "4", None, "18", "7,92", "50,5", "0", "3"]
    assert told(measures_of(renderers.to_csv(old), "RAT-05")) == ["0,4", "1,5", *[None] * 5, "2", "2"]
    assert told(excel["ACH-03"]) == ["1250.5", "750", "2000.5", "None", "90000", "39600", "0.051", "1", "1"]
    assert told(ods["FOR-02"]) == ["", "", "", "12", "", "15", "80.000", "2", "2"]
    assert (ods["FOR-02"]["Statut du résultat"], ods["FOR-02"]["Unité"]) == ("non renseigné", "nombre")
    assert ods["FOR-02"]["Autres valeurs absentes"] == "Semestre précédent\u00a0: non renseigné"
    assert [cell.value for cell in book["Bilan"]["B"]][-4:] == [
        "Trois conventions. Les stages progressent. Les achats commencent.",
        "Un comité tous les deux mois.\n\nUne visite par entreprise et par an.",
        "D’abord les stages, ensuite l’alternance.",
        "Les transports depuis Recouvrance.",
    ]


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_snapshot_of_any_schema_goes_out_in_that_of_today(schema: int):
    data = from_json_value(golden(schema))

    assert from_json_value(json.loads(to_json(data))) == data
    assert data.schema == SCHEMA


def test_the_fingerprint_is_that_of_the_json_file():
    data = from_json_value(golden(SCHEMA))

    assert fingerprint(data) == hashlib.sha256(renderers.to_json(data)).hexdigest()
    assert fingerprint(replace(data, version=3)) != fingerprint(data)


def test_an_old_snapshot_adds_up_with_those_of_today(old: BilanData):
    france = consolidate([Sent(now=old), Sent(now=nord(old))], semester="2019-S2")
    totals = {item.line.code: item for item in france.figures}

    assert (france.signatories, france.expected, france.received, france.validated) == (6, 6, 4, 2)
    assert str(totals["REC-01"].line.semester) == "2468"
    assert (totals["SEN-03"].line.semester, totals["SEN-03"].departments) == (None, 0)
    whole = to_national_csv(Consolidated(france, (), (old, nord(old))))
    counted = {tuple(line[-3:]) for line in lines_of_csv(whole) if line[3] == "ACH-03"}
    assert told(measures_of(whole, "ACH-03")) == [
        *("2501", "non renseigné", "4001", None, "180000", "79200", "5,1", "2", "2")
    ]
    assert counted == {("2", "2", "2")}
    assert told(measures_of(whole, "RAT-02"))[:2] == ["65", "non renseigné"]


def nord(old: BilanData) -> BilanData:
    """The same figures, sent by another département in the schema of today."""
    value: Any = json.loads(json.dumps(to_json_value(old)))  # Any: JSON
    value["place"] |= {"code": "59", "name": "Nord"}
    return from_json_value(value)


def by_code(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    """The cells of each line by their headers: a column that came later moves none of them."""
    headers, *lines = rows
    return {line["Code"]: line for line in (dict(zip(headers, row, strict=True)) for row in lines)}


def told(line: dict[str, str]) -> list[str | None]:
    """What schema 1 said of an indicator; None under a header that says nothing of it."""
    return [line.get(header) for header in HEADERS]


@pytest.mark.usefixtures("catalogue")
def test_an_old_snapshot_is_a_page_of_the_portal_and_a_line_of_the_nation(cast: Cast, settings):
    settings.PAQTE_TODAY = date(2020, 4, 1)
    CampaignFactory(semester=S2_2019, opens_on=date(2020, 1, 2), due_on=date(2020, 2, 1), locks_on=date(2020, 3, 1))
    finistere = DepartmentFactory(code="29", name="Finistère")
    sent_at = datetime(2020, 3, 16, 16, 42, 5, tzinfo=UTC)
    bilan = BilanFactory(department=finistere, semester=S2_2019, state="transmitted", transmitted_at=sent_at)
    old = from_json_value(golden(1))
    document = BilanDocument.objects.create(bilan=bilan, snapshot=golden(1), sha256="0" * 64, **counts_of(old))
    SentLine.objects.bulk_create(lines_of(document, old))
    client = signed_in(cast.cget)

    page = client.get("/bilans/29/2019-S2/").content.decode()
    total = client.get("/national/2019-S2.csv").content

    assert "Bilan rectificatif du PAQTE" in page
    assert measures_of(total, "REC-01")["Résultat du semestre"] == "1234"
