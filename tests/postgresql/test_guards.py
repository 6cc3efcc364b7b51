"""The exclusion constraint and the triggers: each fault is tried with a plain SQL update, past all our code."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from companies.models import CompanyLog
from conventions.models import CampaignLog, Convention, ConventionLog, Submission, SubmissionLog, TargetSet
from indicators.models import CatalogueDraft, CatalogueDraftLog
from national.models import Message, Publication
from reporting.models import Bilan, BilanLog, PrefectureExample, SentAnswers, SentExample, SentLine, SentText
from tests.factories import (
    ArbitrationFactory,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    GroupLinkFactory,
    SubmissionFactory,
    TargetSetFactory,
    UserFactory,
)
from tests.reporting.pages import sent

pytestmark = pytest.mark.usefixtures("catalogue")

AT, LATER = datetime(2019, 2, 8, 10, tzinfo=UTC), datetime(2019, 2, 8, 11, tzinfo=UTC)

# The moves that exist, typed by hand.
CONVENTION = {
    ("draft", "ready"),
    ("ready", "draft"),
    ("ready", "signed"),
    ("signed", "terminated"),
    ("terminated", "signed"),
    ("signed", "ready"),
    ("draft", "dropped"),
}
SUBMISSION = {
    ("draft", "transmitted"),
    ("returned", "transmitted"),
    ("transmitted", "validated"),
    ("transmitted", "returned"),
    ("validated", "returned"),
}
CONVENTION_DATES: dict[str, dict[str, Any]] = {
    "draft": {"signed_on": None, "signed_at": "", "terminated_on": None},
    "ready": {"signed_on": None, "signed_at": "", "terminated_on": None},
    "signed": {"signed_on": date(2019, 2, 8), "signed_at": "Arras", "terminated_on": None},
    "terminated": {"signed_on": date(2019, 2, 8), "signed_at": "Arras", "terminated_on": date(2020, 1, 1)},
    "dropped": {"signed_on": None, "signed_at": "", "terminated_on": None},
}
SENT = {"transmitted_at": AT, "first_transmitted_on": date(2019, 7, 20), "validated_at": None, "returned_at": None}
SUBMISSION_DATES: dict[str, dict[str, Any]] = {
    "draft": {"transmitted_at": None, "first_transmitted_on": None, "validated_at": None, "returned_at": None},
    "transmitted": SENT,
    "validated": SENT | {"validated_at": AT, "counted_at": AT},
    "returned": SENT | {"returned_at": AT},
}


def pairs(states):
    return [(source, target) for source in states for target in states if source != target]


@pytest.mark.parametrize(("source", "target"), pairs(CONVENTION_DATES))
def test_a_convention_makes_declared_moves_only(source, target):
    traits = {} if source == "signed" else {source: True}
    row = Convention.everything.filter(pk=ConventionFactory(**traits).pk)

    if (source, target) in CONVENTION:
        assert row.update(state=target, **CONVENTION_DATES[target]) == 1
    else:
        with pytest.raises(IntegrityError, match="non prévu"):
            row.update(state=target, **CONVENTION_DATES[target])


@pytest.mark.parametrize(("source", "target"), pairs(SUBMISSION_DATES))
def test_a_submission_makes_declared_moves_only(source, target):
    traits = {} if source == "draft" else {source: True}
    row = Submission.objects.filter(pk=SubmissionFactory(**traits).pk)

    if (source, target) in SUBMISSION:
        assert row.update(state=target, **SUBMISSION_DATES[target]) == 1
    else:
        with pytest.raises(IntegrityError, match="non prévu"):
            row.update(state=target, **SUBMISSION_DATES[target])


def test_what_does_not_move_may_be_saved():
    convention = ConventionFactory()

    assert Convention.objects.filter(pk=convention.pk).update(state="signed", signed_at="Lens") == 1


def test_two_conventions_of_a_company_never_overlap():
    first = ConventionFactory()

    with pytest.raises(IntegrityError, match="convention_no_overlap"), transaction.atomic():
        ConventionFactory(company=first.company, starts_on=date(2022, 2, 7), draft=True)

    ConventionFactory(company=first.company, starts_on=date(2022, 2, 8), draft=True)
    ConventionFactory(draft=True)
    assert Convention.objects.count() == 3


def test_a_company_is_never_of_two_groups_at_once():
    first = GroupLinkFactory(until=date(2019, 12, 31))

    with pytest.raises(IntegrityError, match="group_link_no_overlap"), transaction.atomic():
        GroupLinkFactory(company=first.company, since=date(2019, 12, 31))

    GroupLinkFactory(company=first.company, since=date(2020, 1, 1))
    GroupLinkFactory()
    assert first.company.group_links.count() == 2


def test_a_termination_leaves_room():
    first = ConventionFactory(terminated=True)

    ConventionFactory(company=first.company, starts_on=date(2020, 1, 1), draft=True)

    assert first.company.conventions.count() == 2


def test_a_deleted_draft_leaves_room():
    dropped = ConventionFactory(dropped=True)

    ConventionFactory(company=dropped.company, draft=True)

    assert (dropped.company.conventions.count(), Convention.everything.count()) == (1, 2)


def test_the_sets_of_targets_follow_each_other():
    convention = ConventionFactory()
    first, second = date(2020, 1, 1), date(2021, 1, 1)
    TargetSetFactory(convention=convention, number=1, effective_on=first, reason="effectif")
    TargetSetFactory(convention=convention, number=2, effective_on=second, reason="site")

    for number, effective_on in ((4, date(2021, 6, 1)), (3, date(2020, 6, 1))):
        with pytest.raises(IntegrityError, match="ne prend pas effet après"), transaction.atomic():
            TargetSetFactory(convention=convention, number=number, effective_on=effective_on, reason="site")
    with pytest.raises(IntegrityError, match="ne prend pas effet après"), transaction.atomic():
        TargetSet.objects.filter(number=1).update(effective_on=date(2021, 1, 2))
    TargetSetFactory(convention=convention, number=3, effective_on=date(2021, 6, 1), reason="site")

    assert list(TargetSet.objects.values_list("number", flat=True)) == [0, 1, 2, 3]


def test_journals_only_grow():
    journals: tuple[Model, ...] = (
        ConventionLog.objects.create(
            convention=ConventionFactory(), at=AT, transition="creer", from_state="", to_state="draft"
        ),
        SubmissionLog.objects.create(
            submission=SubmissionFactory(), at=AT, transition="creer", from_state="", to_state="draft"
        ),
        BilanLog.objects.create(bilan=BilanFactory(), at=AT, transition="creer", from_state="", to_state="draft"),
        CompanyLog.objects.create(company=CompanyFactory(), at=AT, transition="creer"),
        CampaignLog.objects.create(campaign=CampaignFactory(), at=AT, transition="creer"),
        CatalogueDraftLog.objects.create(
            cataloguedraft=CatalogueDraft.objects.create(content=""), at=AT, transition="creer", to_state="draft"
        ),
        ArbitrationFactory(at=AT),
        Message.objects.create(at=AT, on=AT.date(), transition="ecrire", subject="Calendrier", body="Bonjour."),
        Publication.objects.create(semester="2019-S1", at=AT, by=UserFactory(cget=True), content={}, sha256="0" * 64),
    )

    for line in journals:
        rows = type(line)._default_manager.filter(pk=line.pk)
        with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
            rows.update(at=LATER)
        with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
            rows.delete()
        assert rows.values_list("at", flat=True).get() == AT


def test_the_numbers_of_what_was_sent_do_not_change(cast):
    lines = SentLine.objects.filter(pk=SentLine.objects.filter(document__bilan=sent(cast))[0].pk)

    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        lines.update(respondents=99)
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        lines.delete()


def test_what_firms_gave_of_what_was_sent_does_not_change(cast):
    answers = SentAnswers.objects.filter(document__bilan=sent(cast))

    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        answers.update(given={})
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        answers.delete()


def test_the_examples_of_what_was_sent_do_not_change(cast):
    PrefectureExample.objects.create(department_id="62", semester="2019-S1", axis="former", title="Un", text="Récit.")
    told = SentExample.objects.filter(document__bilan=sent(cast))

    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        told.update(consent=True)
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        told.delete()


@pytest.mark.parametrize("state", ["draft", "dropped"])
def test_a_version_of_the_catalogue_changes_until_it_is_published_or_given_up(state):
    draft = CatalogueDraft.objects.filter(pk=CatalogueDraft.objects.create(content="", state=state).pk)

    if state == "draft":
        assert draft.update(content="title = 1") == 1
        return
    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        draft.update(content="title = 1")
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        draft.delete()


def test_the_texts_of_what_was_sent_do_not_change(cast):
    told = SentText.objects.filter(document__bilan=sent(cast), box="strategy")

    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        told.update(text="Autre.")
    with pytest.raises(IntegrityError, match="ne s’efface pas"), transaction.atomic():
        told.delete()


def test_a_transmitted_bilan_never_goes_back():
    row = Bilan.objects.filter(pk=BilanFactory().pk)

    assert row.update(state="transmitted", transmitted_at=AT) == 1

    with pytest.raises(IntegrityError, match="non prévu"):
        row.update(state="draft", transmitted_at=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("app", ["companies", "conventions", "reporting"])
def test_the_guards_can_be_taken_away_and_put_back(app):
    # Each stands on the ones before it, whose guards go last and come back first.
    try:
        call_command("migrate", app, "0001", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname IN ('bilan_declared_move')")
            assert cursor.fetchone() is None
    finally:
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%declared_move' OR tgname LIKE '%only_grows'"
        )
        assert cursor.fetchone() == (19,)
