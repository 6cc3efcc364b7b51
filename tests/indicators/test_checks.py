"""Hard and soft rules on the values of a submission: their sentences typed by hand."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from indicators.catalogue import CatalogueError, load_catalogue
from indicators.checks import Finding, blocking, warnings

PAQTE = load_catalogue("paqte-2018")

Numbers = Mapping[str, int | str]


def values(numbers: Numbers) -> dict[str, Decimal]:
    return {code.replace("_", "-"): Decimal(number) for code, number in numbers.items()}


def blocks(**numbers: int | str) -> list[Finding]:
    return blocking(PAQTE, values(numbers))


def asks(
    numbers: Numbers, *, previous: Numbers | None = None, headcount: int | None = None, before: Numbers | None = None
) -> list[str]:
    cumulated = None if before is None else values(before)
    found = warnings(PAQTE, values(numbers), previous=values(previous or {}), headcount=headcount, cumulated=cumulated)
    return [finding.sentence for finding in found]


def test_ordinary_values_block_nothing() -> None:
    assert blocks(SEN_02=3, SEN_03=2, SEN_04=5, REC_07=1, SEN_12="1.5", ACH_03="10.50") == []
    assert blocks() == []


def test_zero_everywhere_blocks_nothing_and_asks_nothing() -> None:
    zeros = {indicator.code: Decimal(0) for indicator in PAQTE.indicators}

    assert blocking(PAQTE, zeros) == []
    assert warnings(PAQTE, zeros, previous=zeros, headcount=0, cumulated=zeros) == []


def test_part_above_its_whole() -> None:
    assert blocks(REC_01=10, REC_02=12) == [
        Finding(
            key="part_above_whole:REC-02+REC-01",
            codes=("REC-02", "REC-01"),
            sentence=(
                "Recrutements de résidents de QPV (REC-02)\u00a0: 12 dépasse «\u00a0Recrutements\u00a0» (REC-01), "
                "qui vaut 10 et dont c’est une partie. Corrigez l’un des deux."
            ),
        )
    ]


def test_part_of_two_wholes_is_compared_to_both() -> None:
    assert [finding.codes for finding in blocks(ACH_03=5, ACH_04=20, ACH_05=6)] == [("ACH-05", "ACH-03")]
    assert [finding.codes for finding in blocks(ACH_03=5, ACH_04=5, ACH_05=6)] == [
        ("ACH-05", "ACH-03"),
        ("ACH-05", "ACH-04"),
    ]


def test_part_whose_whole_is_not_answered_is_not_compared() -> None:
    assert blocks(REC_02=12) == []
    assert blocks(SEN_02=12, SEN_03=3) == []


def test_sum_of_disjoint_parts_above_the_whole() -> None:
    assert blocks(SEN_02=3, SEN_03=3, SEN_04=5) == [
        Finding(
            key="parts_above_whole:SEN-04+SEN-02+SEN-03",
            codes=("SEN-04", "SEN-02", "SEN-03"),
            sentence=(
                "Stagiaires de 3e accueillis, tous collèges (SEN-04)\u00a0: 5 est inférieur à SEN-02 + SEN-03, soit 6. "
                "Corrigez le total ou ses parties."
            ),
        )
    ]


def test_one_part_too_big_is_said_once() -> None:
    assert [finding.codes for finding in blocks(SEN_02=7, SEN_03=3, SEN_04=5)] == [("SEN-02", "SEN-04")]


def test_parts_that_overlap_are_not_counted_twice() -> None:
    assert blocks(ACH_03=60, ACH_04=60, ACH_05=20, ACH_06=100) == []
    assert [finding.sentence for finding in blocks(ACH_03=60, ACH_04=60, ACH_05=10, ACH_06=100)] == [
        "Achats adressables (ACH-06)\u00a0: 100 est inférieur à ACH-03 + ACH-04 − ACH-05, soit 110. "
        "Corrigez le total ou ses parties."
    ]
    assert blocks(ACH_03=60, ACH_04=60, ACH_06=100) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("-3", "-3 est négatif. Saisissez 0 ou un nombre positif."),
        ("2.5", "2,5 n’est pas un nombre entier. Indiquez le nombre réellement constaté, sans virgule."),
        ("NaN", "ce n’est pas un nombre. Saisissez une valeur."),
        ("Infinity", "ce n’est pas un nombre. Saisissez une valeur."),
    ],
)
def test_number_of_persons_that_cannot_be(number: str, sentence: str) -> None:
    assert [finding.sentence for finding in blocks(SEN_02=number)] == [
        f"Stagiaires de 3e accueillis, collèges REP+ (SEN-02)\u00a0: {sentence}"
    ]


def test_yes_no_that_is_neither() -> None:
    assert [finding.sentence for finding in blocks(REC_07=2)] == [
        "Testing, autotest ou baromètre mené (REC-07)\u00a0: 2 n’est ni oui (1) ni non (0). Choisissez l’un des deux."
    ]


def test_unknown_code_is_loud() -> None:
    with pytest.raises(CatalogueError):
        blocks(LIB_01=1)


def test_jump_over_the_previous_semester() -> None:
    assert asks({"SEN-07": 340}, previous={"SEN-07": 55}) == [
        "Jeunes sensibilisés (participations) (SEN-07)\u00a0: 340 participations, soit 6 fois le "
        "semestre précédent (55). Est-ce exact\u00a0?"
    ]
    assert asks({"SEN-07": 1650}, previous={"SEN-07": 550}) == [
        "Jeunes sensibilisés (participations) (SEN-07)\u00a0: 1\u202f650 participations, soit 3 fois le "
        "semestre précédent (550). Est-ce exact\u00a0?"
    ]


@pytest.mark.parametrize(("value", "before"), [(164, 55), (9, 3), (3, 1), (500, 0), (10, 55)])
def test_ordinary_change_is_not_questioned(value: int, before: int) -> None:
    assert asks({"SEN-07": value}, previous={"SEN-07": before}) == []


def test_first_semester_is_not_compared() -> None:
    assert asks({"SEN-07": 340}) == []


def test_copy_of_the_previous_semester() -> None:
    same = {"SEN-02": 3, "FOR-02": 2}

    found = warnings(PAQTE, values(same), previous=values(same), headcount=None)

    assert found == [
        Finding(
            key="identical_to_previous",
            codes=("SEN-02", "FOR-02"),
            sentence="Toutes les valeurs sont les mêmes qu’au semestre précédent. Est-ce exact\u00a0?",
        )
    ]


def test_same_stocks_or_same_zeros_are_ordinary() -> None:
    assert asks({"FOR-02": 2, "SEN-02": 0}, previous={"FOR-02": 2, "SEN-02": 0}) == []
    assert asks({"SEN-02": 3}, previous={"SEN-02": 3, "SEN-03": 1}) == []


@pytest.mark.parametrize(
    ("numbers", "context", "sentence"),
    [
        (
            {"SEN-01": 4, "SEN-02": 3, "SEN-03": 2},
            {},
            "Stages de 3e proposés aux élèves de REP+ et de REP (SEN-01)\u00a0: "
            "4 est inférieur à SEN-02 + SEN-03, soit 5. Est-ce exact\u00a0?",
        ),
        (
            {"SEN-06": 2, "SEN-07": 301},
            {},
            "Jeunes sensibilisés (participations) (SEN-07)\u00a0: 301 pour 2 en SEN-06, "
            "soit plus de 150 à chaque fois. Est-ce exact\u00a0?",
        ),
        (
            {"FOR-02": 51},
            {"headcount": 50},
            "Alternants présents (FOR-02)\u00a0: 51 alternants pour 50 salariés. "
            "Est-ce le périmètre de la convention\u00a0?",
        ),
        (
            {"SEN-12": 251},
            {"headcount": 2},
            "Mécénat de compétences (SEN-12)\u00a0: 251\u00a0j pour 2 salariés, "
            "à raison de 125 par salarié. Est-ce le périmètre de la convention\u00a0?",
        ),
        (
            {"SEN-10": 0, "SEN-11": 500},
            {},
            "Mécénat financier (SEN-11)\u00a0: 500 alors que SEN-10 vaut 0. Complétez l’un ou corrigez l’autre.",
        ),
        (
            {"REC-01": 10, "REC-02": 7},
            {},
            "Recrutements de résidents de QPV (REC-02)\u00a0: 7 est plus de 60\u00a0% de REC-01 (10). "
            "Est-ce exact\u00a0?",
        ),
        (
            {"REC-05": 10, "REC-06": 5},
            {"before": {"REC-06": 13}},
            "Collaborateurs formés à la non-discrimination (REC-06)\u00a0: 13 depuis le lancement, "
            "soit plus de 1,2 fois REC-05 (10). Les mêmes personnes sont-elles comptées deux fois\u00a0?",
        ),
        (
            {"REC-06": 121},
            {"headcount": 120},
            "Collaborateurs formés à la non-discrimination (REC-06)\u00a0: 121 collaborateurs pour 120 salariés. "
            "Est-ce le périmètre de la convention\u00a0?",
        ),
        (
            {"ACH-02": 2},
            {"headcount": 1},
            "Acheteurs sensibilisés (ACH-02)\u00a0: 2 acheteurs pour 1 salarié. "
            "Est-ce le périmètre de la convention\u00a0?",
        ),
        (
            {"ACH-03": "45.5"},
            {"headcount": 51},
            "Achats auprès de fournisseurs implantés en QPV (ACH-03)\u00a0: 45,5\u00a0€ pour 51 salariés. "
            "Le montant est-il en euros, et non en milliers d’euros\u00a0?",
        ),
        (
            {"ACH-06": 850},
            {"headcount": 51},
            "Achats adressables (ACH-06)\u00a0: 850\u00a0€ pour 51 salariés. "
            "Le montant est-il en euros, et non en milliers d’euros\u00a0?",
        ),
        (
            {"FOR-10": 4},
            {"previous": {"FOR-03": 3}},
            "Alternants résidant en QPV embauchés à l’issue (FOR-10)\u00a0: "
            "4 dépasse FOR-03 du semestre précédent (3). Est-ce exact\u00a0?",
        ),
    ],
)
def test_rule_of_the_catalogue(numbers: Numbers, context: dict[str, object], sentence: str) -> None:
    assert asks(numbers, **context) == [sentence]  # type: ignore[arg-type]  # keywords of asks, one per row


@pytest.mark.parametrize(
    ("numbers", "context"),
    [
        ({"SEN-01": 5, "SEN-02": 3, "SEN-03": 2}, {}),
        ({"SEN-01": 1, "SEN-02": 3}, {}),
        ({"SEN-06": 2, "SEN-07": 300}, {}),
        ({"SEN-06": 0, "SEN-07": 300}, {}),
        ({"SEN-07": 300}, {}),
        ({"FOR-02": 50}, {"headcount": 50}),
        ({"FOR-02": 51}, {}),
        ({"SEN-10": 1, "SEN-11": 500}, {}),
        ({"SEN-10": 0, "SEN-11": 0}, {}),
        ({"SEN-11": 500}, {}),
        ({"REC-01": 10, "REC-02": 6}, {}),
        ({"REC-01": 0, "REC-02": 0}, {}),
        ({"REC-05": 10, "REC-06": 12}, {}),
        ({"REC-05": 10, "REC-06": 5}, {"before": {}}),
        ({"REC-06": 5}, {}),
        ({"ACH-06": 1000}, {"headcount": 51}),
        ({"ACH-06": 0}, {"headcount": 51}),
        ({"ACH-06": 850}, {"headcount": 50}),
        ({"ACH-06": 850}, {}),
        ({"FOR-10": 3}, {"previous": {"FOR-03": 3}}),
        ({"FOR-10": 3}, {}),
    ],
)
def test_rule_of_the_catalogue_kept(numbers: Numbers, context: dict[str, object]) -> None:
    assert asks(numbers, **context) == []  # type: ignore[arg-type]  # keywords of asks, one per row


def test_cumulated_defaults_to_this_semester() -> None:
    assert len(asks({"REC-05": 10, "REC-06": 13})) == 1


def test_findings_follow_the_order_of_the_catalogue() -> None:
    found = blocks(REC_02=2, REC_01=1, SEN_02="-1", FOR_05=4, FOR_04=3)

    assert [finding.codes[0] for finding in found] == ["SEN-02", "FOR-05", "REC-02"]
