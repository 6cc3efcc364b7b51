"""What stands between a submission and its transmission, as sentences tied to their fields."""

from dataclasses import dataclass
from decimal import Decimal

from conventions.issues import Findings, History, examine
from indicators.catalogue import load_catalogue

NOTHING = History(previous={}, before={})


@dataclass(frozen=True)
class Given:
    """An answer typed by hand."""

    code: str
    value: Decimal | None = None
    status: str = "value"
    comment: str = ""
    confirmed: bool = False
    label: str = "Recrutements"


def judged(*answers: Given, history: History = NOTHING, headcount: int | None = 120) -> Findings:
    """The findings of these answers."""
    return examine(load_catalogue("paqte-2018"), answers, history, headcount)


def test_unanswered_is_named_and_zero_is_not() -> None:
    found = judged(Given("REC-01", status="unanswered"), Given("REC-02", Decimal(0)))

    assert [(issue.codes, issue.sentence) for issue in found.in_the_way] == [
        (("REC-01",), "Recrutements (REC-01)\u00a0: pas encore de réponse.")
    ]


def test_not_applicable_is_an_answer() -> None:
    assert judged(Given("REC-01", status="not_applicable")).in_the_way == ()


def test_part_above_its_whole_is_in_the_way_whatever_is_said() -> None:
    found = judged(Given("REC-01", Decimal(3)), Given("REC-02", Decimal(5), comment="C’est voulu.", confirmed=True))

    assert [issue.codes for issue in found.impossible] == [("REC-02", "REC-01")]
    assert found.impossible[0] in found.in_the_way


def test_question_is_in_the_way_until_confirmed_or_explained() -> None:
    open_question = judged(Given("REC-01", Decimal(500)))
    confirmed = judged(Given("REC-01", Decimal(500), confirmed=True))
    explained = judged(Given("REC-01", Decimal(500), comment="Deux sites."))
    blank = judged(Given("REC-01", Decimal(500), comment="  "))

    assert [len(found.questions) for found in (open_question, confirmed, explained, blank)] == [1, 1, 1, 1]
    assert [len(found.in_the_way) for found in (open_question, confirmed, explained, blank)] == [1, 0, 0, 1]


def test_jump_is_asked_against_the_previous_semester() -> None:
    found = judged(Given("REC-01", Decimal(60)), history=History(previous={"REC-01": Decimal(10)}, before={}))

    assert [issue.sentence for issue in found.questions] == [
        "Recrutements (REC-01)\u00a0: 60 recrutements, soit 6 fois le semestre précédent (10). Est-ce exact\u00a0?"
    ]


def test_cumulated_rule_adds_what_came_before() -> None:
    history = History(previous={}, before={"REC-06": Decimal(20)})

    found = judged(Given("REC-05", Decimal(20)), Given("REC-06", Decimal(10)), history=history)

    assert [issue.codes for issue in found.questions] == [("REC-06", "REC-05")]
    assert "30 depuis le lancement" in found.questions[0].sentence


def test_specific_commitments_are_left_to_the_company() -> None:
    assert judged(Given("LIB-4", Decimal(1_000_000)), headcount=None).in_the_way == ()


def test_a_specific_commitment_is_asked_beyond_a_million_and_refused_beyond_a_hundred() -> None:
    asked = judged(Given("LIB-4", Decimal(1_000_001), label="Visites"))
    explained = judged(Given("LIB-4", Decimal(1_000_001), comment="Des plants."))
    refused = judged(Given("LIB-4", Decimal(10**12), label="Visites", comment="Des plants.", confirmed=True))

    assert [issue.sentence for issue in asked.in_the_way] == [
        "Visites (LIB-4)\u00a0: 1\u202f000\u202f001 en un semestre. Est-ce exact\u00a0?"
    ]
    assert explained.in_the_way == ()
    assert [issue.codes for issue in refused.in_the_way] == [("LIB-4",)]
    assert refused.questions == ()
