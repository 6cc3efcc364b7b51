"""Nothing that happens later changes a byte of what was sent, in any format; a draft of the same day does change."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from companies.actions.groups import join_group
from companies.models import Company
from conventions.actions.amendments import amend
from conventions.actions.conventions import terminate
from conventions.actions.entry import Saving, save_results
from conventions.actions.submissions import reopen, transmit, validate
from conventions.answers import Answer
from conventions.models import AmendmentReason, Submission
from reporting import actions, files
from reporting.codec import fingerprint, from_json_value
from reporting.models import BilanDocument
from reporting.selectors.versions import sent_file
from tests.cast import Cast
from tests.factories import BilanFactory, ConventionFactory, SubmissionFactory
from tests.pages import signed_in
from tests.reporting.reading import tree_of

pytestmark = pytest.mark.usefixtures("catalogue")

FORMATS = ("/", ".pdf", ".xlsx", ".ods", ".csv", ".json")


def at(day: date) -> datetime:
    """The morning of a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def test_what_was_sent_does_not_change_by_a_byte(cast: Cast, settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 11, 4)
    convention = ConventionFactory(company=cast.company)
    typed = SubmissionFactory(convention=convention, answers={"REC-01": 20, "REC-02": 3})
    july = at(date(2019, 7, 15))
    submission = validate(transmit(typed, at=july, by=cast.member), at=july, by=cast.referent)
    BilanFactory(semester=submission.semester.next)
    bilan = BilanFactory()
    actions.transmit(bilan, at=at(date(2019, 9, 15)), by=cast.referent, render=files.make_all)
    before = served(cast, "/bilans/62/2019-S1")
    draft = served(cast, "/bilans/62/2019-S2")[".json"]

    everything_that_happens_later(cast, submission)

    assert served(cast, "/bilans/62/2019-S1") == before
    now = served(cast, "/bilans/62/2019-S2")[".json"]
    assert now != draft
    assert {tree_of(content)["semester"] for content in (draft, now)} == {"2019-S2"}
    assert tree_of(before[".json"])["semester"] == "2019-S1"
    kept = from_json_value(BilanDocument.objects.get().snapshot)
    assert fingerprint(kept) == hashlib.sha256(before[".json"]).hexdigest()


def served(cast: Cast, address: str) -> dict[str, bytes]:
    """Every format of a bilan as the référent receives it; of its page, the bilan itself."""
    sent_file.cache_clear()  # as the database has it, not as this process remembers it
    client = signed_in(cast.referent)
    found = {end: client.get(f"{address}{end}") for end in FORMATS}
    assert {response.status_code for response in found.values()} == {200}
    return {end: found[end].context["body"].encode() if end == "/" else found[end].content for end in FORMATS}


def everything_that_happens_later(cast: Cast, submission: Submission) -> None:
    """A group, another name, an avenant, a correction of what was counted, and an end before the bilan was sent."""
    day, convention = date(2019, 11, 4), submission.convention
    join_group(cast.company, siren="000900018", name="Groupe", since=date(2019, 1, 1), at=at(day), by=cast.referent)
    Company.objects.filter(pk=cast.company.pk).update(name="Tout autre nom", town="Lens", category="TPE")
    amend(
        convention,
        targets={("REC-02", 1): Decimal(99)},
        effective_on=date(2019, 12, 1),
        reason=AmendmentReason.AMBITION,
        at=at(day),
        by=cast.referent,
    )
    result = submission.results.get(indicator__code="REC-02")
    reopen(submission, corrections={result.pk: "Oubli."}, comment="Un oubli.", at=at(day), by=cast.referent)
    submission.refresh_from_db()
    (row,) = save_results(
        [Saving(submission, {result.pk: Answer("value", Decimal(7))}, version=submission.version)],
        by=cast.member,
        on=day,
    )
    transmit(row, at=at(day), by=cast.member)
    validate(row, at=at(day), by=cast.referent)
    terminate(convention, on=date(2019, 6, 30), comment="Cessation.", at=at(day), by=cast.referent)
