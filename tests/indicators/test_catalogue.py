"""The catalogue paqte-2018 as DOMAIN knows it, typed by hand, and the questions one asks of a catalogue."""

import re
from datetime import date
from decimal import Decimal

import pytest

from indicators.catalogue import Axis, CatalogueError, Kind, Origin, RatioTerm, available_versions, load_catalogue

# code: type (F flux, S stock, B yes/no), unit, core (N) or complement (C), public (P) or proposed (I)
TABLE = """
SEN-01 F nombre N P
SEN-02 F nombre N P
SEN-03 F nombre N P
SEN-04 F nombre N I
SEN-05 F nombre C P
SEN-06 F nombre N P
SEN-07 F nombre N P
SEN-08 F nombre C I
SEN-09 S nombre C P
SEN-10 F nombre C P
SEN-11 F € C P
SEN-12 F jours C P
FOR-01 B oui/non C P
FOR-02 S nombre N I
FOR-03 S nombre N P
FOR-04 F nombre N I
FOR-05 F nombre N P
FOR-06 F nombre C P
FOR-07 F nombre C P
FOR-08 F nombre C P
FOR-09 F nombre C P
FOR-10 F nombre C I
REC-01 F nombre N I
REC-02 F nombre N P
REC-03 F nombre C I
REC-04 F nombre N P
REC-05 S nombre N I
REC-06 F nombre N P
REC-07 B oui/non N P
REC-08 F nombre C P
ACH-01 S nombre N I
ACH-02 S nombre N P
ACH-03 F € N P
ACH-04 F € N P
ACH-05 F € C I
ACH-06 F € C I
ACH-07 F nombre N P
ACH-08 F heures C P
"""

PARTS = {
    "SEN-02": ("SEN-04",),
    "SEN-03": ("SEN-04",),
    "FOR-03": ("FOR-02",),
    "FOR-05": ("FOR-04",),
    "REC-02": ("REC-01",),
    "REC-03": ("REC-02",),
    "REC-04": ("REC-02",),
    "ACH-02": ("ACH-01",),
    "ACH-03": ("ACH-06",),
    "ACH-04": ("ACH-06",),
    "ACH-05": ("ACH-03", "ACH-04"),
}

RATIOS = {
    "RAT-01": ("sensibiliser", "SEN-02 + SEN-03", "SEN-04"),
    "RAT-02": ("sensibiliser", "SEN-02 + SEN-03", "SEN-01"),
    "RAT-03": ("former", "FOR-03", "FOR-02"),
    "RAT-04": ("former", "FOR-05", "FOR-04"),
    "RAT-05": ("recruter", "REC-02", "REC-01"),
    "RAT-06": ("recruter", "REC-03", "REC-02"),
    "RAT-07": ("recruter", "REC-06", "REC-05"),
    "RAT-08": ("acheter", "ACH-02", "ACH-01"),
    "RAT-09": ("acheter", "ACH-03 + ACH-04 - ACH-05", "ACH-06"),
}

PAQTE = load_catalogue("paqte-2018")


def codes(indicators: object) -> list[str]:
    return [indicator.code for indicator in indicators]  # type: ignore[attr-defined]  # any iterable of specs


def test_version_is_shipped_and_dated() -> None:
    assert available_versions() == ("paqte-2018",)
    assert (PAQTE.version, PAQTE.title, PAQTE.published_on) == (
        "paqte-2018",
        "Catalogue PAQTE 2018",
        date(2019, 1, 22),
    )
    assert re.fullmatch("[0-9a-f]{64}", PAQTE.fingerprint)


def test_38_indicators_of_which_21_core_and_17_complements() -> None:
    assert len(PAQTE.indicators) == 38
    assert sum(indicator.core for indicator in PAQTE.indicators) == 21
    assert len([indicator for indicator in PAQTE.indicators if not indicator.core]) == 17
    assert [indicator.position for indicator in PAQTE.indicators] == list(range(1, 39))


def test_every_indicator_has_the_type_unit_and_origin_of_the_table() -> None:
    kinds = {Kind.FLUX: "F", Kind.STOCK: "S", Kind.YES_NO: "B"}
    origins = {Origin.PUBLIC: "P", Origin.PROPOSED: "I"}

    table = [
        f"{row.code} {kinds[row.kind]} {row.unit.value} {'N' if row.core else 'C'} {origins[row.origin]}"
        for row in PAQTE.indicators
    ]

    assert table == TABLE.strip().splitlines()


def test_every_indicator_belongs_to_the_axis_of_its_code() -> None:
    axes = {"SEN": "sensibiliser", "FOR": "former", "REC": "recruter", "ACH": "acheter"}

    assert [row.axis.value for row in PAQTE.indicators] == [axes[row.code[:3]] for row in PAQTE.indicators]


def test_parts_and_wholes() -> None:
    assert {row.code: row.part_of for row in PAQTE.indicators if row.part_of} == PARTS
    assert codes(row for row in PAQTE.indicators if row.disjoint_parts) == ["SEN-04"]
    assert {row.code: row.overlap for row in PAQTE.indicators if row.overlap} == {"ACH-06": "ACH-05"}
    assert codes(PAQTE.parts_of("SEN-04")) == ["SEN-02", "SEN-03"]


@pytest.mark.parametrize("field", ["label", "definition", "counts", "excludes", "source", "plausibility"])
def test_every_text_is_careful_french(field: str) -> None:
    for row in PAQTE.indicators:
        text = getattr(row, field)
        assert text == text.strip()
        assert not re.search("['\"]", text), row.code
        assert not re.search("[^\u00a0\u202f][:;?!%€»]", text), row.code
        assert "«" not in text.replace("«\u00a0", ""), row.code


@pytest.mark.parametrize(
    ("field", "length"), [("code", 10), ("axis", 12), ("label", 120), ("source", 300), ("plausibility", 300)]
)
def test_every_text_fits_its_column(field: str, length: int) -> None:
    assert max(len(getattr(row, field)) for row in PAQTE.indicators) <= length


def test_every_definition_is_a_sentence() -> None:
    for row in PAQTE.indicators:
        assert len(row.definition) > 60, row.code
        assert [text[-1] for text in (row.definition, row.counts, row.excludes)] == [".", ".", "."], row.code


def test_9_ratios_with_their_terms() -> None:
    def formula(terms: tuple[RatioTerm, ...]) -> str:
        return "".join(f" {'+' if term.sign > 0 else '-'} {term.code}" for term in terms).removeprefix(" + ")

    found = {
        ratio.code: (ratio.axis.value, formula(ratio.numerator), formula(ratio.denominator)) for ratio in PAQTE.ratios
    }

    assert found == RATIOS
    assert codes(ratio for ratio in PAQTE.ratios if ratio.cumulated_numerator) == ["RAT-07"]
    assert all(ratio.definition.endswith(".") for ratio in PAQTE.ratios)
    assert PAQTE.ratios[8].codes == ("ACH-03", "ACH-04", "ACH-05", "ACH-06")


def test_what_is_told_apart_inside_a_company_only_and_what_is_not_promised() -> None:
    assert codes(row for row in PAQTE.indicators if row.distinct) == ["SEN-08", "SEN-10", "ACH-07"]
    assert codes(row for row in PAQTE.indicators if not row.targetable) == [
        "SEN-04", "FOR-02", "FOR-04", "REC-01", "REC-05", "ACH-01", "ACH-05", "ACH-06",
    ]  # fmt: skip


def test_every_figure_has_a_ceiling_and_its_unit_or_its_words() -> None:
    assert {row.code: int(row.ceiling) for row in PAQTE.indicators if row.ceiling not in (None, 1000)} == {
        "SEN-06": 300, "SEN-07": 5000, "SEN-10": 100, "SEN-11": 200_000, "SEN-12": 500, "FOR-06": 100,
        "ACH-03": 2_000_000, "ACH-04": 2_000_000, "ACH-05": 1_000_000, "ACH-06": 20_000_000, "ACH-08": 20_000,
    }  # fmt: skip
    assert codes(row for row in PAQTE.indicators if row.ceiling is None) == ["FOR-01", "REC-07"]
    assert codes(row for row in PAQTE.indicators if not row.words) == [
        "SEN-11", "SEN-12", "FOR-01", "REC-07", "ACH-03", "ACH-04", "ACH-05", "ACH-06", "ACH-08",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("SEN-02", "1", "1 stagiaire"),
        ("SEN-02", "12", "12 stagiaires"),
        ("SEN-06", "0", "0 action"),
        ("ACH-03", "1500", "1\u202f500\u00a0€"),
        ("SEN-12", "0.5", "0,5\u00a0j"),
        ("REC-07", "1", "oui"),
        ("REC-07", "0", "non"),
    ],
)
def test_a_figure_in_a_sentence(code: str, value: str, said: str) -> None:
    assert PAQTE.indicator(code).said(Decimal(value)) == said


def test_labels_say_what_the_definitions_count() -> None:
    assert PAQTE.indicator("FOR-04").label == "Contrats d’alternance commencés"
    assert PAQTE.indicator("FOR-05").label == "Contrats d’alternance commencés avec des résidents de QPV"
    assert PAQTE.indicator("REC-04").label == "Recrutements en emplois francs"
    assert PAQTE.ratios[3].label == "Part des QPV dans les contrats d’alternance commencés"


def test_francs_jobs_are_asked_only_while_the_scheme_existed() -> None:
    francs = PAQTE.indicator("REC-04")

    assert (francs.valid_from, francs.valid_until) == (date(2018, 4, 1), date(2024, 12, 31))
    days = (date(2018, 3, 31), date(2018, 4, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [francs in PAQTE.valid_during(day, day) for day in days] == [False, True, True, False]
    assert [len(PAQTE.valid_during(day, day)) for day in (date(2019, 2, 8), date(2025, 1, 1))] == [38, 37]
    assert francs in PAQTE.valid_during(date(2018, 1, 1), date(2018, 6, 30))
    assert francs not in PAQTE.valid_during(date(2025, 1, 1), date(2025, 6, 30))


def test_required_rows_are_the_core_of_the_axes_and_the_targeted_complements() -> None:
    assert codes(PAQTE.required([Axis.FORMER])) == ["FOR-02", "FOR-03", "FOR-04", "FOR-05"]
    assert codes(PAQTE.required([Axis.RECRUTER, Axis.FORMER], ["FOR-10", "REC-03", "SEN-05"])) == [
        "FOR-02", "FOR-03", "FOR-04", "FOR-05", "FOR-10",
        "REC-01", "REC-02", "REC-03", "REC-04", "REC-05", "REC-06", "REC-07",
    ]  # fmt: skip
    assert codes(PAQTE.required([])) == []


def test_what_the_ratios_need_is_asked_with_what_they_are_about() -> None:
    # RAT-09: (ACH-03 + ACH-04 − ACH-05) ÷ ACH-06, of which ACH-05 and ACH-06 are complements.
    assert codes(PAQTE.required([Axis.ACHETER])) == [
        "ACH-01", "ACH-02", "ACH-03", "ACH-04", "ACH-05", "ACH-06", "ACH-07",
    ]  # fmt: skip
    assert len(PAQTE.required(list(Axis))) == 23
    assert PAQTE.needed_by(["REC-03"]) == {"REC-01", "REC-02", "REC-03"}
    assert PAQTE.needed_by(["ACH-08"]) == {"ACH-08"}
    assert PAQTE.needed_by([]) == frozenset()


def test_required_rows_during_a_semester_leave_out_an_ended_scheme() -> None:
    s1_2025 = (date(2025, 1, 1), date(2025, 6, 30))

    assert codes(PAQTE.required([Axis.RECRUTER], during=s1_2025)) == ["REC-01", "REC-02", "REC-05", "REC-06", "REC-07"]


def test_unknown_code_and_version_are_refused_with_a_sentence() -> None:
    with pytest.raises(CatalogueError) as code:
        PAQTE.indicator("SEN-99")
    with pytest.raises(CatalogueError) as version:
        load_catalogue("../secrets")

    assert str(code.value) == "L’indicateur SEN-99 n’existe pas dans le catalogue paqte-2018."
    assert str(version.value) == "Le catalogue «\u00a0../secrets\u00a0» n’existe pas."


def test_rules_of_the_catalogue() -> None:
    rules = {
        f"{row.code} {rule.kind.value} {'+'.join(rule.of)} {rule.limit} {rule.headcount}"
        for row in PAQTE.indicators
        for rule in row.rules
    }

    assert rules == {
        "SEN-01 at_least_sum SEN-02+SEN-03 None 0",
        "SEN-07 ratio_above SEN-06 150 0",
        "SEN-08 at_most_headcount  1 0",
        "SEN-11 requires SEN-10 None 0",
        "SEN-11 thousands_slip  100 50",
        "SEN-12 at_most_headcount  125 0",
        "FOR-02 at_most_headcount  1 0",
        "FOR-04 at_most_headcount  1 0",
        "FOR-07 at_most_headcount  1 0",
        "FOR-10 at_most_previous FOR-03 None 0",
        "REC-01 at_most_headcount  1 0",
        "REC-02 share_above REC-01 60 0",
        "REC-05 at_most_headcount  1 0",
        "REC-06 at_most_headcount  1 0",
        "REC-06 at_most_times REC-05 1.2 0",
        "ACH-01 at_most_headcount  1 0",
        "ACH-02 at_most_headcount  1 0",
        "ACH-03 thousands_slip  100 50",
        "ACH-04 thousands_slip  100 50",
        "ACH-05 thousands_slip  100 50",
        "ACH-06 thousands_slip  1000 50",
    }
