"""The agency acknowledges a bilan or asks back, the préfecture answers; both see it, and what was sent stays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import OutgoingMail
from reporting import actions
from reporting.dashboards import prefecture_home
from reporting.models import Bilan, BilanDocument, BilanLog
from reporting.transitions import EXCHANGE
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory
from tests.pages import page, post, text
from tests.reporting.pages import plain, sent
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

AT = datetime(2019, 9, 20, 9, tzinfo=UTC)
PLACE = ("62", "2019-S1")
QUESTION = "Pourquoi onze recrutements de moins ?"
ANSWER = "Une entreprise est partie."

STANDINGS = ("unread", "asked", "answered", "acknowledged")
ACTORS = ("referent", "lecteur", "animateur", "cget", "")
ALLOWED = {
    ("unread", "cget", "accuser"): "acknowledged",
    ("asked", "cget", "accuser"): "acknowledged",
    ("answered", "cget", "accuser"): "acknowledged",
    ("unread", "cget", "interroger"): "asked",
    ("answered", "cget", "interroger"): "asked",
    ("acknowledged", "cget", "interroger"): "asked",
    ("asked", "referent", "repondre"): "answered",
}
"""(standing, actor, word) → new standing, typed by hand. Whatever is not here is refused."""


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.PAQTE_TODAY = AT.date()


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("word", ["accuser", "interroger", "repondre"])
def test_the_exchange_goes_as_typed(standing: str, actor: str, word: str) -> None:
    target = ALLOWED.get((standing, actor, word))

    if target:
        assert EXCHANGE.check(word, state=standing, acting_as=actor, comment="Un mot.").target == target
    else:
        with pytest.raises((WrongRole, WrongState)):
            EXCHANGE.check(word, state=standing, acting_as=actor, comment="Un mot.")


def last_said(bilan: Bilan) -> str:
    return Bilan.objects.with_last_word().get(pk=bilan.pk).standing.value


def frozen(bilan: Bilan) -> list[Any]:  # Any: whatever the columns hold
    """All that was sent, and the row it was sent from."""
    return [list(Bilan.objects.values()), list(BilanDocument.objects.filter(bilan=bilan).values())]


def mails() -> list[tuple[str, str]]:
    """Those about the exchange: to whom, and the end of the subject."""
    rows = OutgoingMail.objects.filter(purpose="").order_by("created_at")
    return [(mail.to, mail.subject.rpartition(" : ")[2]) for mail in rows]


def test_a_question_is_answered_and_the_bilan_acknowledged(cast: Cast) -> None:
    bilan = sent(cast)
    before = frozen(bilan)

    standings = [last_said(bilan)]
    actions.ask_back(bilan, comment=f" {QUESTION} ", at=AT, by=cast.cget)
    standings.append(last_said(bilan))
    actions.answer(bilan, comment=ANSWER, at=AT, by=cast.referent)
    standings.append(last_said(bilan))
    people = actions.acknowledge(bilan, at=AT, by=cast.cget)
    standings.append(last_said(bilan))

    assert standings == ["unread", "asked", "answered", "acknowledged"]
    lines = bilan.logs.exclude(transition__in=["creer", "transmettre"])
    assert [(line.past, line.by, line.detail, line.from_state, line.to_state) for line in lines] == [
        ("Question posée", cast.cget, QUESTION, "transmitted", "transmitted"),
        ("Réponse donnée", cast.referent, ANSWER, "transmitted", "transmitted"),
        ("Réception accusée", cast.cget, "", "transmitted", "transmitted"),
    ]
    assert frozen(bilan) == before
    assert {*people} == {cast.referent, cast.staff_referent}


def test_each_word_tells_the_other_side(cast: Cast, settings: Settings) -> None:
    bilan = sent(cast)
    settings.CGET_BILAN_ADDRESS = "bilans@agence.example"

    actions.ask_back(bilan, comment=QUESTION, at=AT, by=cast.cget)
    actions.answer(bilan, comment=ANSWER, at=AT, by=cast.referent)
    actions.acknowledge(bilan, at=AT, by=cast.cget)

    questions, reply, receipts = mails()[:2], mails()[2], mails()[3:]
    assert sorted(questions) == [
        ("referent@example.org", "question de l’agence"),
        ("staff.referent@example.org", "question de l’agence"),
    ]
    assert reply == ("bilans@agence.example", "réponse à votre question")
    assert sorted(receipts) == [
        ("referent@example.org", "réception accusée"),
        ("staff.referent@example.org", "réception accusée"),
    ]
    asked, *_ = OutgoingMail.objects.filter(purpose="").order_by("created_at")
    assert QUESTION in asked.body
    assert "/bilans/62/2019-S1/echange/" in asked.body


@pytest.mark.parametrize("word", ["ask_back", "answer"])
def test_a_question_and_an_answer_want_a_word(cast: Cast, word: str) -> None:
    bilan = sent(cast)
    if word == "answer":
        actions.ask_back(bilan, comment=QUESTION, at=AT, by=cast.cget)
    by = cast.cget if word == "ask_back" else cast.referent

    with pytest.raises(Incomplete):
        getattr(actions, word)(bilan, comment=" \n", at=AT, by=by)


def test_nothing_is_said_of_a_version_that_another_replaced(cast: Cast) -> None:
    first = sent(cast)
    actions.ask_back(first, comment=QUESTION, at=AT, by=cast.cget)
    second = actions.rectify(first, at=AT, by=cast.referent, reason="Une erreur.")
    with pytest.raises(WrongState, match="dernière version transmise"):
        actions.answer(second, comment=ANSWER, at=AT, by=cast.referent)

    actions.write(second, by=cast.referent, obstacles="Aucun.")
    actions.transmit(second, at=AT, by=cast.referent, render=plain)

    with pytest.raises(WrongState, match="dernière version transmise"):
        actions.answer(first, comment=ANSWER, at=AT, by=cast.referent)
    assert (last_said(first), last_said(second)) == ("asked", "unread")
    assert not Bilan.objects.latest_transmitted().asked_about().exists()


@pytest.mark.parametrize(("actor", "word"), [("referent", "ask_back"), ("lecteur", "answer"), ("cget", "answer")])
def test_each_has_its_own_words(cast: Cast, actor: str, word: str) -> None:
    bilan = sent(cast)
    actions.ask_back(bilan, comment=QUESTION, at=AT, by=cast.cget)

    with pytest.raises(TransitionRefused):
        getattr(actions, word)(bilan, comment=ANSWER, at=AT, by=getattr(cast, actor))

    assert BilanLog.objects.filter(transition="repondre").count() == 0


def test_the_page_says_it_all_and_offers_what_is_next(cast: Cast) -> None:
    sent(cast)

    first = text(page(cast.cget, "bilan_exchange", *PLACE))
    asked = post(cast.cget, "bilan_ask", *PLACE, comment=QUESTION)
    office, reader = (text(page(user, "bilan_exchange", *PLACE)) for user in (cast.referent, cast.lecteur))

    assert [label in first for label in ("Accuser réception", "Poser une question", "Répondre")] == [True, True, False]
    assert asked.headers["Location"] == "/bilans/62/2019-S1/echange/"
    assert [QUESTION in said for said in (office, reader)] == [True, True]
    assert ["Répondre à l’agence" in said for said in (office, reader)] == [True, False]
    assert "question de l’agence" in office


def test_an_empty_question_comes_back_with_its_page(cast: Cast) -> None:
    sent(cast)

    refused = post(cast.cget, "bilan_ask", *PLACE, comment="  ")

    assert refused.status_code == 422
    assert "« Votre message » est à renseigner." in text(refused)


def test_a_late_word_is_refused_as_such(cast: Cast) -> None:
    sent(cast)

    assert post(cast.referent, "bilan_answer", *PLACE, comment=ANSWER).status_code == 409


def test_where_it_stands_is_on_the_bilan_on_the_lists_and_on_the_home(cast: Cast) -> None:
    CampaignFactory()
    ConventionFactory(company=cast.company)
    bilan = sent(cast)
    actions.ask_back(bilan, comment=QUESTION, at=AT, by=cast.cget)

    shown = [
        text(page(user, *address))
        for user, address in (
            (cast.referent, ("bilan_detail", *PLACE)),
            (cast.cget, ("bilan_detail", *PLACE)),
            (cast.referent, ("bilan_list",)),
            (cast.cget, ("bilan_list",)),
        )
    ]
    tasks = [(task.sentence, task.url) for task in prefecture_home(cast.referent, date(2019, 9, 20), at=AT).tasks]

    assert [("question de l’agence" in said, "/bilans/62/2019-S1/echange/" in said) for said in shown] == [
        (True, True)
    ] * 4
    assert ("L’agence pose une question sur le bilan du 1er semestre 2019", "/bilans/62/2019-S1/echange/") in tasks

    actions.answer(bilan, comment=ANSWER, at=AT, by=cast.referent)

    assert not any("question" in task.sentence for task in prefecture_home(cast.referent, AT.date(), at=AT).tasks)


@pytest.mark.parametrize("word", ["bilan_acknowledge", "bilan_ask"])
def test_a_word_goes_to_the_version_that_was_read(cast: Cast, word: str) -> None:
    """The préfecture sends again while the agency has the page open: what nobody read is not acknowledged."""
    first = sent(cast)
    read = page(cast.cget, "bilan_exchange", *PLACE).content.decode()
    second = actions.rectify(first, at=AT, by=cast.referent, reason="Une erreur.")
    actions.write(second, by=cast.referent, obstacles="Aucun.")
    actions.transmit(second, at=AT, by=cast.referent, render=plain)

    refused = post(cast.cget, word, *PLACE, comment=QUESTION, version="1")

    assert '<input type="hidden" name="version" value="1">' in read
    assert refused.status_code == 409
    assert "dernière version transmise" in text(refused)
    assert (last_said(first), last_said(second)) == ("unread", "unread")
    assert post(cast.cget, word, *PLACE, comment=QUESTION, version="2").status_code == 302
    assert last_said(second) != "unread"
