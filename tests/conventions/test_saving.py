"""The one writer of results, as a file uses it: many submissions, all or nothing, the rules of the page."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Correction, Result, Submission, SubmissionVersion
from tests.cast import Cast
from tests.conventions.entry_helpers import ON, result, submission_of
from tests.factories import CompanyFactory, ConventionFactory, SubmissionFactory
from workflows.tables import TransitionRefused


def submissions(cast: Cast, number: int, **fields: bool) -> list[Submission]:
    companies = [CompanyFactory(department=cast.company.department, name=f"Terril {rank}") for rank in range(number)]
    conventions = [ConventionFactory(company=company, axes=["recruter"]) for company in companies]
    return [SubmissionFactory(convention=row, answers={"REC-01": 1, "REC-02": None}, **fields) for row in conventions]


def saying(submission: Submission, answers: Mapping[str, Answer]) -> Saving:
    return Saving(submission, {result(submission, code).pk: answer for code, answer in answers.items()})


def value(figure: str) -> Answer:
    return Answer("value", Decimal(figure))


@pytest.mark.parametrize("number", [1, 30])
def test_a_file_of_many_submissions_takes_the_same_queries(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    savings = [saying(row, {"REC-01": value("9")}) for row in submissions(cast, number)]

    with django_assert_num_queries(6):
        save_results(savings, by=cast.referent, on=ON, by_file=True)

    assert Result.objects.filter(value=9).count() == number
    assert {row.version for row in Submission.objects.all()} == {1}


@pytest.mark.parametrize("number", [1, 30])
def test_a_file_of_many_corrections_takes_the_same_queries(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = submissions(cast, number, returned=True)
    for row in rows:
        SubmissionVersion.objects.create(submission=row, number=1, at=timezone.now(), by=cast.member, answers=[])
        Correction.objects.create(submission=row, result=result(row, "REC-01"), version=1, comment="Vérifiez.")
    savings = [saying(row, {"REC-01": value("9")}) for row in rows]

    with django_assert_num_queries(8):
        save_results(savings, by=cast.referent, on=ON, by_file=True)

    assert Result.objects.filter(value=9).count() == number


def test_all_of_a_file_or_nothing_and_every_reason(cast: Cast) -> None:
    right, wrong = submissions(cast, 2)
    sent = SubmissionFactory(
        convention=ConventionFactory(company__department=cast.company.department, company__name="Fosse 7"),
        transmitted=True,
        answers={"REC-01": 1},
    )
    savings = [
        saying(right, {"REC-01": value("5")}),
        saying(wrong, {"REC-01": value("1.5"), "REC-02": Answer("not_applicable", reason="  ")}),
        saying(sent, {"REC-01": value("5")}),
    ]

    with pytest.raises(TransitionRefused) as refusal:
        save_results(savings, by=cast.referent, on=ON, by_file=True)

    assert refusal.value.reasons == (
        "Terril 1 – 2019-S1\u00a0: REC-01\u00a0: 1,5 n’est pas un nombre entier. Écrivez 1 ou 2.",
        "Terril 1 – 2019-S1\u00a0: REC-02\u00a0: Dites pourquoi cet indicateur est sans objet, par exemple "
        "« pas de recrutement ce semestre ».",
        "Fosse 7 – 2019-S1\u00a0: Cette remontée est transmise\u00a0: elle ne se modifie plus.",
    )
    assert result(right, "REC-01").value == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (value("-1"), "-1 est négatif"),
        (Answer("value"), "pas deux à la fois"),
        (Answer("unanswered", Decimal(3)), "pas deux à la fois"),
        (Answer("value", Decimal(3), comment="x" * 1001), "1\u202f001 caractères"),
        (Answer("not_applicable", reason="x" * 256), "256 caractères"),
    ],
)
def test_what_no_page_would_keep_is_kept_from_nobody(cast: Cast, answer: Answer, sentence: str) -> None:
    submission = submission_of(cast)

    with pytest.raises(TransitionRefused, match=sentence):
        save_results([saying(submission, {"REC-01": answer})], by=cast.member, on=ON)

    assert result(submission, "REC-01").status == "unanswered"


def test_the_referent_writes_by_file_only(cast: Cast) -> None:
    submission = submission_of(cast)
    saving = saying(submission, {"REC-01": value("3")})

    with pytest.raises(TransitionRefused, match="Seule l’entreprise"):
        save_results([saving], by=cast.referent, on=ON)
    with pytest.raises(TransitionRefused, match="Seule l’entreprise"):
        save_results([saving], by=cast.lecteur, on=ON, by_file=True)
    with pytest.raises(TransitionRefused, match="La saisie ouvre le 01/07/2019"):
        save_results([saving], by=cast.referent, on=date(2019, 6, 30), by_file=True)
    save_results([saving], by=cast.referent, on=ON, by_file=True)

    assert result(submission, "REC-01").value == 3


def test_a_file_that_says_the_same_keeps_what_was_confirmed(cast: Cast) -> None:
    submission = submission_of(cast)
    confirmed = Answer("value", Decimal(500), confirmed=True)
    typed = saying(submission, {"REC-01": confirmed, "REC-02": confirmed}).answers
    save_results([Saving(submission, typed, version=0)], by=cast.member, on=ON)

    file = saying(submission, {"REC-01": value("500"), "REC-02": value("501")})
    save_results([file], by=cast.referent, on=ON, by_file=True)

    assert (result(submission, "REC-01").confirmed, result(submission, "REC-02").confirmed) == (True, False)


def test_what_belongs_to_another_submission_is_not_written(cast: Cast) -> None:
    one, other = submissions(cast, 2)
    stray = result(other, "REC-01").pk

    save_results(
        [Saving(one, {stray: value("9")}), saying(other, {"REC-02": value("2")})], by=cast.referent, on=ON, by_file=True
    )

    assert result(other, "REC-01").value == 1
