"""What is published of the JSON files is what they are, and is served for ever."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import ValidationError, validate

from national.renderers import to_json as to_national_json
from national.value import Consolidated
from reporting.codec import from_json_value, to_json
from reporting.schema import BILAN
from tests.national.fold import Sent, consolidate
from tests.reporting.reading import PUBLISHED, tree_of
from tests.reporting.samples import sample
from tests.reporting.test_snapshots import golden


def schema(name: str) -> Any:  # Any: JSON
    return json.loads(PUBLISHED[name].path().read_bytes())


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_is_what_the_code_writes(name: str):
    assert PUBLISHED[name].path().read_bytes() == PUBLISHED[name].written(), "type: ./dev manage write_schemas"


def test_writing_it_again_changes_nothing(capsys: pytest.CaptureFixture[str]):
    before = {name: tree.path().read_bytes() for name, tree in PUBLISHED.items()}

    call_command("write_schemas")

    assert {name: tree.path().read_bytes() for name, tree in PUBLISHED.items()} == before
    assert capsys.readouterr().out == "bilan-5.json est à jour.\nnational-1.json est à jour.\n"


def test_it_says_in_plain_words_what_a_program_finds():
    whole = schema("bilan")
    figure = whole["$defs"]["Figure"]["properties"]

    assert whole["properties"]["schema"] == {"const": 5}
    assert figure["holes"] == {"description": "Targeted cells without a value.", "type": "integer", "default": 0}
    assert figure["semester"]["anyOf"] == [{"type": "number"}, {"type": "null"}]
    assert figure["objective"]["anyOf"] == [{"$ref": "#/$defs/Fraction"}, {"type": "null"}]
    assert whole["$defs"]["Signatory"]["properties"]["signed_on"] == {"type": "string", "format": "date"}
    assert whole["properties"]["texts"]["properties"]["strategy"]["description"] == "Stratégie définie"
    assert schema("national")["$defs"]["NationalTotal"]["properties"]["figures"]["items"] == {
        "$ref": "#/$defs/NationalLineOfFigure"
    }


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_the_file_of_any_bilan_is_as_published(version: int):
    assert tree_of(to_json(from_json_value(golden(version))))["place"]["code"] == "29"


@pytest.mark.parametrize("companies", [0, 3])
def test_a_draft_is_as_published(companies: int):
    assert tree_of(to_json(sample(companies, draft=True)))["transmitted_at"] is None


def test_the_file_of_the_nation_is_as_published():
    sent = from_json_value(golden(5))

    tree = tree_of(
        to_national_json(Consolidated(consolidate([Sent(now=sent)], semester="2019-S2"), (), (sent,))), "national"
    )

    totals = {item["line"]["code"]: item for item in tree["total"]["figures"]}
    assert (totals["SEN-04"]["line"]["semester"], totals["SEN-04"]["departments"]) == (24, 1)
    assert totals["SEN-04"]["line"]["expected"] == {"value": 26.4, "numerator": 132, "denominator": 5}
    assert tree["total"]["shares"][0]["transmitted_at"] == "2020-03-16T17:42:05+01:00"


@pytest.mark.parametrize(
    ("name", "wrong"), [("version", "1"), ("as_of", "16/03/2020"), ("schema", 3), ("charters_left", 2.5)]
)
def test_what_is_not_as_published_is_refused(name: str, wrong: object):
    tree = tree_of(to_json(replace(sample(1), charters_left=2)))

    with pytest.raises(AssertionError, match=name):
        tree_of(json.dumps(tree | {name: wrong}).encode())


def test_a_number_is_never_text():
    tree = tree_of(to_json(sample(1)))
    tree["axes"][0]["figures"][0]["semester"] = str(Decimal(12))

    with pytest.raises(ValidationError):
        validate(tree, schema("bilan"))


def test_a_schema_has_an_address_that_anybody_opens(client: Client):
    response = client.get("/bilans/schema-5.json")

    assert response.headers["Content-Type"] == "application/schema+json"
    assert response.content == BILAN.path(5).read_bytes()
    assert client.get("/national/schema-1.json").content == PUBLISHED["national"].path(1).read_bytes()
    unknown = ("3", "0", "9" * 300)
    assert {client.get(f"/bilans/schema-{number}.json").status_code for number in unknown} == {404}
