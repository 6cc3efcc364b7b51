"""An answer in French, and what changed between two versions."""

from decimal import Decimal

import pytest

from conventions.answers import AnswerChange, answer_text, changes
from indicators.specs import Unit


@pytest.mark.parametrize(
    ("status", "value", "reason", "unit", "text"),
    [
        ("value", Decimal(0), "", Unit.COUNT, "0"),
        ("value", Decimal("1234.50"), "", None, "1\u202f234,5"),
        ("value", Decimal(1500), "", Unit.EURO, "1\u202f500\u00a0€"),
        ("value", Decimal(1), "", Unit.YES_NO, "oui"),
        ("value", Decimal(0), "", Unit.YES_NO, "non"),
        ("not_applicable", None, "Site fermé", Unit.COUNT, "sans objet (Site fermé)"),
        ("unanswered", None, "", Unit.COUNT, "non renseigné"),
    ],
)
def test_answers_in_words(status: str, value: Decimal | None, reason: str, unit: Unit | None, text: str) -> None:
    assert answer_text(status, value, reason, unit) == text


def kept(code: str, status: str = "value", value: str = "", reason: str = "", comment: str = "") -> dict[str, str]:
    return {"code": code, "label": "Libellé", "status": status, "value": value, "reason": reason, "comment": comment}


def test_changes_name_what_differs_only() -> None:
    before = [kept("REC-01", value="30"), kept("REC-02", value="0"), kept("REC-07", value="1")]
    after = [
        kept("REC-01", value="30", comment="Deux sites."),
        kept("REC-02", value="0"),
        kept("REC-07", "not_applicable", reason="Pas de recrutement"),
        kept("LIB-1", value="4"),
    ]

    assert changes(before, after, {"REC-07": Unit.YES_NO}) == (
        AnswerChange("REC-01", "Libellé", "30", "30 – « Deux sites. »"),
        AnswerChange("REC-07", "Libellé", "oui", "sans objet (Pas de recrutement)"),
        AnswerChange("LIB-1", "Libellé", "", "4"),
    )
