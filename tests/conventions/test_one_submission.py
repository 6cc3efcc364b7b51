"""One submission per company and semester, whatever conventions share it; what was validated counts until the next."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from conventions.actions import conventions as signing
from conventions.actions import submissions as actions
from conventions.actions.opening import open_submissions, open_submissions_of
from conventions.models import Convention, Result, Submission
from conventions.selectors.stake import stake_of
from indicators import catalogue as catalogues
from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from indicators.specs import Axis
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    CampaignFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
)
from workflows.tables import Incomplete

AT = datetime(2022, 7, 5, 9, tzinfo=UTC)
S1_2022 = Semester(2022, 1)
RECRUTER = ["REC-01", "REC-02", "REC-04", "REC-05", "REC-06", "REC-07"]
FORMER = ["FOR-02", "FOR-03", "FOR-04", "FOR-05"]


def renewal_of(convention: Convention, **fields: Any) -> Convention:
    """Signed for three more years, from the day after: 8 February 2022."""
    made: Convention = ConventionFactory(
        **{"company": convention.company, "renews": convention, "starts_on": date(2022, 2, 8), "axes": ["former"]}
        | {"targets": {}}
        | fields
    )
    return made


def open_all(semester: Semester = S1_2022) -> Submission:
    open_submissions(CampaignFactory(semester=semester), conventions=Convention.objects.signed())
    return Submission.objects.get(semester=semester)


def codes(submission: Submission) -> list[str]:
    return [row.code if row.indicator else "LIB" for row in submission.results.select_related("indicator")]


def test_a_renewal_inside_a_semester_is_one_submission_that_asks_what_both_ask() -> None:
    old = ConventionFactory(axes=["recruter"])
    SpecificCommitmentFactory(convention=old)
    new = renewal_of(old)

    submission = open_all()

    assert (submission.convention, submission.company) == (new, old.company)
    assert sorted(codes(submission)) == sorted([*FORMER, "LIB", *RECRUTER])
    assert {(row.company, row.department_id, row.semester) for row in submission.results.all()} == {
        (old.company, "62", S1_2022)
    }


def test_what_both_ask_is_asked_once_in_the_words_of_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = (catalogues.FOLDER / "paqte_2018.toml").read_text()
    (tmp_path / "paqte_2018.toml").write_text(published)
    (tmp_path / "paqte_2122.toml").write_text(published.replace('version = "paqte-2018"', 'version = "paqte-2122"'))
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    sync_catalogues([load_catalogue("paqte-2122")])
    old = ConventionFactory(axes=["recruter"])
    renewal_of(old, catalogue_id="paqte-2122", axes=["former", "recruter"])

    submission = open_all()

    assert codes(submission) == [*FORMER, *RECRUTER]
    assert set(submission.results.values_list("indicator__version", flat=True)) == {"paqte-2122"}


def test_a_renewal_signed_later_takes_over_what_nobody_has_sent() -> None:
    old = ConventionFactory(axes=["recruter"])
    submission = open_all()
    submission.results.filter(indicator__code="REC-02").update(status="value", value=4)
    new = renewal_of(old)

    open_submissions_of(new)

    submission.refresh_from_db()
    assert submission.convention == new
    assert codes(submission) == [*FORMER, *RECRUTER]
    assert submission.results.get(indicator__code="REC-02").value == 4


@pytest.mark.parametrize("state", ["transmitted", "returned", "validated"])
def test_what_was_sent_stays_on_the_old_one(state: str) -> None:
    submission = SubmissionFactory(
        convention=ConventionFactory(axes=["recruter"]),
        campaign__semester=S1_2022,
        answers={"REC-02": 4},
        **{state: True},
    )
    new = renewal_of(submission.convention)

    open_submissions_of(new)

    assert (Submission.objects.get().convention, codes(submission)) == (submission.convention, ["REC-02"])
    assert stake_of(new).losses == ()


def test_a_cancelled_renewal_gives_the_semester_back_to_the_old_one(cast: Cast) -> None:
    old = ConventionFactory(company=cast.company, axes=["recruter"])
    ready = renewal_of(old, ready=True, targets={("FOR-03", 1): 2})
    lost = open_all()
    signing.sign(ready, on=date(2022, 2, 7), place="Arras", at=AT, by=cast.referent)
    new = Convention.objects.get(pk=ready.pk)
    read = stake_of(new)

    signing.cancel_signature(new, comment="Mauvaise date.", read=read.token, at=AT, by=cast.referent)

    again = Submission.objects.get()
    assert [loss.submission for loss in read.losses] == [lost]
    assert (again.convention, codes(again)) == (old, RECRUTER)


def test_a_delay_that_was_granted_keeps_the_signature(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    submission = open_all(Semester(2019, 1))
    actions.extend(submission, until=date(2022, 9, 1), reason="Un sinistre.", at=AT, by=cast.referent)
    read = stake_of(convention).token

    with pytest.raises(Incomplete, match="a reçu un délai ou une relance"):
        signing.cancel_signature(convention, comment="Erreur.", read=read, at=AT, by=cast.referent)

    assert Submission.objects.get() == submission


def test_history_is_that_of_the_company() -> None:
    old = ConventionFactory()
    for semester, value in ((Semester(2021, 1), 5), (Semester(2021, 2), 7)):
        SubmissionFactory(convention=old, campaign__semester=semester, validated=True, answers={"REC-02": value})
    SubmissionFactory(campaign__semester=Semester(2021, 2), validated=True, answers={"REC-02": 90})
    now = SubmissionFactory(convention=renewal_of(old), campaign__semester=S1_2022)

    assert now.history().previous == {"REC-02": 7}
    assert now.history().before == {"REC-02": 12}


def test_what_was_validated_counts_until_the_next_validation(cast: Cast) -> None:
    answers = {"REC-01": "Aucun poste ouvert.", "REC-02": 3, "REC-05": None}
    convention = ConventionFactory(company=cast.company)
    row = SubmissionFactory(convention=convention, transmitted=True, answers=answers)
    said = {"REC-01": ("not_applicable", None), "REC-02": ("value", Decimal(3)), "REC-05": ("", None)}
    assert counted(row) == dict.fromkeys(answers, ("", None))

    actions.validate(row, at=AT, by=cast.referent)
    result = row.results.get(indicator__code="REC-02")
    actions.reopen(row, corrections={result.pk: "Vérifiez."}, comment="Une erreur.", at=AT, by=cast.referent)
    row.results.filter(pk=result.pk).update(value=8)

    row.refresh_from_db()
    assert (row.state, row.validated_at, row.counted_at) == ("returned", None, AT)
    assert counted(row) == said


def counted(row: Submission) -> dict[str, tuple[str, Decimal | None]]:
    rows = Result.objects.filter(submission=row).values_list("indicator__code", "counted_status", "counted_value")
    return {code: (status, value) for code, status, value in rows}


def test_the_database_asks_what_the_catalogue_requires() -> None:
    catalogue, every = load_catalogue("paqte-2018"), list(Axis)
    some: list[tuple[list[Axis], list[str]]] = [
        (list(axes), []) for size in (1, 2) for axes in combinations(Axis, size)
    ]
    codes_of_all = [spec.code for spec in catalogue.indicators]
    promising = [([spec.axis], [spec.code]) for spec in catalogue.indicators if not spec.core]
    wanted = {}
    for axes, promised in [*some, *promising, (every, []), (every, codes_of_all), ([Axis.FORMER], codes_of_all)]:
        targets = {(code, 2): 1 for code in promised}
        row = ConventionFactory(axes=[axis.value for axis in axes], targets=targets)
        required = catalogue.required(axes, promised, during=(S2_2019.start, S2_2019.end))
        wanted[row.pk] = {spec.code for spec in required}

    open_submissions(CampaignFactory(semester=S2_2019), conventions=Convention.objects.all())

    asked: dict[Any, set[str]] = {}
    for convention, code in Result.objects.values_list("submission__convention", "indicator__code"):
        asked.setdefault(convention, set()).add(code)
    assert asked == wanted
