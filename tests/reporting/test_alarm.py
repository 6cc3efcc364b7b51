"""What was sent and is no longer true is said to its préfecture: each thing that may happen later, as it reads."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from companies.actions.groups import join_group
from companies.actions.signatories import register
from companies.models import Company
from conventions.actions.amendments import amend
from conventions.actions.conventions import sign, terminate
from conventions.actions.elsewhere import flag_elsewhere
from conventions.actions.entry import Saving, save_results
from conventions.actions.submissions import reopen, transmit, validate
from conventions.answers import Answer
from conventions.models import AmendmentReason, Convention, Submission
from reporting import actions
from reporting.changes import drift
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument, Partner
from reporting.selectors import alarm_for, alarm_of, bilan_for
from reporting.selectors.alarm import UNSAID, changed_since
from tests.cast import Cast
from tests.factories import S2_2019, CampaignFactory, CompanyFactory, ConventionFactory, SubmissionFactory
from tests.pages import page, signed_in, text
from tests.reporting.pages import plain, sent
from tests.reporting.reading import words

JULY = datetime(2019, 7, 15, 9, tzinfo=UTC)
JUNE, LATER = date(2019, 6, 15), date(2019, 9, 20)
AFTER = datetime(2019, 9, 20, 9, tzinfo=UTC)
GROUP = "000999771"


@pytest.fixture(autouse=True)
def after_the_sending(settings: Settings) -> None:
    settings.PAQTE_TODAY = LATER


@pytest.fixture
def story(cast: Cast) -> Cast:
    """The company is validated, the rival typed its answers and did not transmit; the bilan of 2019-S1 was sent so."""
    typed = SubmissionFactory(convention=ConventionFactory(company=cast.company), answers={"REC-01": 20})
    validate(transmit(typed, at=JULY, by=cast.member), at=JULY, by=cast.referent)
    SubmissionFactory(convention=ConventionFactory(company=cast.rival_company), answers={"REC-01": 5})
    sent(cast)
    return cast


def submission(company: Company) -> Submission:
    return Submission.objects.get(company=company, semester="2019-S1")


def convention(cast: Cast) -> Convention:
    return Convention.objects.get(company=cast.company)


def answers_late(cast: Cast) -> None:
    row = transmit(submission(cast.rival_company), at=AFTER, by=cast.rival)
    validate(row, at=AFTER, by=cast.referent)


def answers_and_waits(cast: Cast) -> None:
    transmit(submission(cast.rival_company), at=AFTER, by=cast.rival)


def is_reopened(cast: Cast) -> None:
    row = submission(cast.company)
    reopen(row, corrections={row.results.get().pk: "Oubli."}, comment="Un oubli.", at=AFTER, by=cast.referent)


def corrected_to(value: int) -> Callable[[Cast], None]:
    def corrects(cast: Cast) -> None:
        is_reopened(cast)
        row = submission(cast.company)
        said = {row.results.get().pk: Answer("value", Decimal(value))}
        save_results([Saving(row, said, version=row.version)], by=cast.member, on=LATER)
        validate(transmit(submission(cast.company), at=AFTER, by=cast.member), at=AFTER, by=cast.referent)

    return corrects


def ends(day: date) -> Callable[[Cast], None]:
    def ended(cast: Cast) -> None:
        terminate(convention(cast), on=day, comment="Cessation.", at=AFTER, by=cast.referent)

    return ended


def is_renamed(cast: Cast) -> None:
    cast.company.name = "Tout autre nom"
    register(cast.company, at=AFTER, by=cast.referent)


def joins_a_group(cast: Cast) -> None:
    answers_late(cast)
    actions.transmit(actions.rectify(last(), at=AFTER, by=cast.referent, reason="Une réponse."), **sending(cast))
    for company in (cast.company, cast.rival_company):
        join_group(company, siren=GROUP, name="Groupe", since=date(2019, 1, 1), at=AFTER, by=cast.referent)


def is_counted_elsewhere(cast: Cast) -> None:
    flag_elsewhere(convention(cast), where="Siège, Paris", since=JUNE, at=AFTER, by=cast.referent)


def signs_an_avenant(cast: Cast) -> None:
    day, targets = date(2019, 12, 1), {("REC-02", 1): Decimal(99)}
    why = AmendmentReason.AMBITION
    amend(convention(cast), targets=targets, effective_on=day, reason=why, at=AFTER, by=cast.referent)


def is_signed_late(cast: Cast) -> None:
    company = CompanyFactory(department=cast.company.department, name="Tardive")
    ready = ConventionFactory(company=company, ready=True, axes=["recruter"])
    sign(ready, on=date(2019, 2, 1), place="Arras", at=AFTER, by=cast.referent)


def answers_the_next(cast: Cast) -> None:
    opened = CampaignFactory(semester=S2_2019, opens_on=LATER, due_on=LATER, locks_on=LATER)
    row = SubmissionFactory(convention=convention(cast), campaign=opened, answers={"REC-01": 30})
    validate(transmit(row, at=AFTER, by=cast.member), at=AFTER, by=cast.referent)


def writes_for_the_next(cast: Cast) -> None:
    Partner.objects.create(department=cast.company.department, name="Mission locale du Terril", kind="emploi")


def nothing(_cast: Cast) -> None:
    """Nobody does anything."""


def last() -> Bilan:
    found = Bilan.objects.order_by("-version").first()
    assert found is not None
    return found


def sending(cast: Cast) -> dict[str, Any]:  # Any: what an action takes
    return {"at": AFTER, "by": cast.referent, "render": plain, "sending_note": "Suite."}


def told(cast: Cast, user: User) -> dict[str, tuple[str, str]]:
    """What the page and the home of somebody say: the same."""
    alarm = alarm_of(last(), LATER)
    home = alarm_for(user, LATER)
    assert (home and home.drift) == (alarm and alarm.drift)
    return {item.label: (item.old, item.new) for item in alarm.drift.revisions} if alarm else {}


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (
            answers_late,
            {
                "Remontées reçues": ("1", "2"),
                "Remontées en retard": ("0", "1"),
                "Remontées validées": ("1", "2"),
                "Recrutements (REC-01), semestre": ("20", "25"),
                "Recrutements (REC-01), réponses": ("1 sur 2", "2 sur 2"),
                "Recrutements (REC-01), cumul": ("20", "25"),
                "Silencieuses": ("Fonderie Terril", "aucune entreprise"),
            },
        ),
        (answers_and_waits, {"Reçues, non validées": ("aucune entreprise", "Fonderie Terril")}),
        (corrected_to(7), {"Recrutements (REC-01), semestre": ("20", "7")}),
        (ends(JUNE), {"Entrées, renouvellements et départs": ("", "Ateliers Terril")}),
        (is_renamed, {"Conventions en vigueur": ("Ateliers Terril", "Tout autre nom")}),
        (joins_a_group, {"Ce qui serait compté deux fois": ("rien", "Groupe, REC-01, 0 sur 25")}),
        (
            is_counted_elsewhere,
            {"Ce qui est compté ailleurs aussi": ("rien", "Ateliers Terril (Siège, Paris)\u00a0: REC-01 (20)")},
        ),
        (is_signed_late, {"Entreprises signataires": ("2", "3"), "Silencieuses": ("absent de la liste", "Tardive")}),
    ],
)
def test_what_is_no_longer_true_is_said_old_and_new(
    story: Cast, happens: Callable[[Cast], None], expected: dict[str, tuple[str, str]]
) -> None:
    happens(story)
    found = told(story, story.referent)

    assert set(expected) <= set(found)
    for label, (old, new) in expected.items():
        assert found[label][0].startswith(old), label
        assert found[label][1].startswith(new), label


@pytest.mark.parametrize(
    "happens",
    [
        nothing,
        is_reopened,
        ends(date(2019, 9, 1)),
        signs_an_avenant,
        answers_the_next,
        writes_for_the_next,
    ],
)
def test_what_is_still_true_is_not_said(story: Cast, happens: Callable[[Cast], None]) -> None:
    happens(story)

    assert told(story, story.referent) == {}
    assert "depuis la transmission" not in text(page(story.referent, "dashboard"))


def test_the_prefecture_reads_it_on_its_home_and_on_the_bilan_and_nobody_else(story: Cast) -> None:
    answers_late(story)
    said = "6 chiffres et 1 liste ont changé depuis la transmission"

    home = text(page(story.referent, "dashboard"))
    assert f"Bilan du 1er semestre 2019\u00a0: {said}" in home
    assert "Remontées reçues\u00a0: 1 → 2" in home
    assert "et 4 autres changements" in home
    for user, button in ((story.referent, True), (story.lecteur, False)):
        shown = text(page(user, "bilan_detail", "62", "2019-S1"))
        assert said in shown
        assert "(REC-01), cumul Avant : 20 Maintenant : 25" in words(shown)
        assert ("Établir un bilan rectificatif" in shown) is button
        for list_or_home in ("dashboard", "bilan_list"):
            assert said in text(page(user, list_or_home))
    for user in (story.cget, story.other_referent, story.member, story.rival, story.animateur):
        for address in ("/tableau-de-bord/", "/bilans/62/2019-S1/", "/bilans/"):
            assert "ont changé" not in signed_in(user).get(address).content.decode()


def test_it_is_silent_once_a_rectificatif_is_written_then_sent(story: Cast) -> None:
    answers_late(story)
    new = actions.rectify(last(), at=AFTER, by=story.referent, reason="Une réponse tardive.")

    assert alarm_for(story.referent, LATER) is None
    assert "depuis la transmission" not in text(page(story.referent, "bilan_detail", "62", "2019-S1"))

    actions.transmit(new, **sending(story))
    assert told(story, story.referent) == {}


def test_the_home_computes_nothing_when_nothing_was_written(story: Cast) -> None:
    with CaptureQueriesContext(connection) as quiet:
        assert alarm_for(story.referent, LATER) is None
    answers_the_next(story)
    with CaptureQueriesContext(connection) as next_semester:
        assert alarm_for(story.referent, LATER) is None
    answers_late(story)
    with CaptureQueriesContext(connection) as moved:
        assert alarm_for(story.referent, LATER)

    assert (len(quiet), len(next_semester)) == (6, 6)
    assert not any("reporting_bilandocument" in query["sql"] for query in (*quiet, *next_semester))
    assert len(moved) > 15


def test_a_bilan_of_an_older_schema_is_not_reproached_what_it_did_not_say(story: Cast) -> None:
    snapshot = json.loads((Path(__file__).parent / "files" / "snapshot-2.json").read_text(encoding="utf-8"))
    assert any(item.old in UNSAID for item in drift(from_json_value(snapshot), bilan_for(last(), LATER)).revisions)
    BilanDocument.objects.update(snapshot=snapshot)

    found = changed_since(last(), LATER).revisions
    assert found
    assert [item.label for item in found if item.old in UNSAID] == []
