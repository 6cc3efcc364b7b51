"""The boxes are typed here once more, by hand: who asks for what, what is carried over, what an old bilan lacks."""

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from reporting.boxes import BOXES, TYPED, Texts, missing
from reporting.codec import from_json_value, to_json_value
from reporting.forms import BilanForm
from reporting.models import Bilan
from reporting.renderers import to_html
from tests.reporting.reading import words
from tests.reporting.samples import TEXTS, sample

DUE = [
    "Indiquez le référent PAQTE et son courriel.",
    "Décrivez l’organisation du suivi et de l’animation.",
    "Décrivez la stratégie définie.",
    "Décrivez les obstacles rencontrés, ou écrivez qu’il n’y en a pas.",
    "Dites pourquoi le bilan est rectifié.",
]


def asked(texts: Texts, *, version: int, carried: Collection[str] = (), context: str = "") -> list[str]:
    return [item.sentence for item in missing(texts, version=version, carried=carried, context=context)]


def test_what_is_missing_is_asked_once_in_order():
    nothing = dict.fromkeys(TEXTS, "  ")

    assert asked(nothing, version=1) == DUE[:4]
    assert asked(nothing, version=2) == DUE
    assert asked(TEXTS, version=1) == []
    assert asked(TEXTS, version=2) == DUE[4:]
    assert asked({**TEXTS, "referent_email": ""}, version=1) == DUE[:1]
    assert asked({**TEXTS, "essentials": "", "referent_phone": "", "referent_job_title": ""}, version=1) == []


def test_what_was_taken_over_is_asked_again_and_an_empty_context_asks_why():
    told = {**TEXTS, "strategy": ""}

    assert asked(told, version=1, carried=["organisation", "strategy"], context="Les DEFM\u00a0?") == [
        "Relisez « Organisation du suivi », repris du bilan précédent.",
        "Décrivez la stratégie définie.",
        "Les DEFM\u00a0?",
    ]
    assert asked(TEXTS, version=1, carried=["context"], context="Les DEFM\u00a0?") == [
        "Relisez « Éléments de contexte », repris du bilan précédent."
    ]


def test_what_a_new_bilan_takes_over():
    assert [box.name for box in BOXES if box.carried] == ["organisation", "strategy", "obstacles", "context"]


def test_a_typed_box_has_its_text_on_the_row():
    fields = {field.name for field in Bilan._meta.concrete_fields}

    assert {box.name for box in TYPED} - fields == set()
    assert [box.name for box in TYPED] == list(TEXTS)


@pytest.mark.parametrize(("version", "asked"), [(1, list(TEXTS)[:-1]), (2, list(TEXTS))])
def test_the_form_asks_for_the_boxes_of_its_version(version: int, asked: list[str]):
    assert list(BilanForm(instance=Bilan(version=version)).fields) == asked


def test_a_box_that_an_old_bilan_did_not_have_is_not_given_in_it():
    value = json.loads(json.dumps(to_json_value(sample(1))))
    del value["texts"]["obstacles"]

    read = from_json_value(value)

    assert read.texts == {**TEXTS, "obstacles": ""}
    assert "Obstacles rencontrés Non renseigné. 3. Entreprises signataires" in words(to_html(read)).replace("  ", " ")


def test_a_snapshot_that_lost_a_field_is_not_read_as_if_it_were_empty():
    value = json.loads((Path(__file__).parent / "files" / "snapshot-2.json").read_text(encoding="utf-8"))
    del value["completeness"]["silent"]

    with pytest.raises(KeyError, match="silent"):
        from_json_value(value)
