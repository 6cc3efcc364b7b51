"""A convention counted elsewhere too: flagged from a day on, with its reason, lifted with another."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conventions.actions.elsewhere import flag_elsewhere, lift_elsewhere
from conventions.models import Convention, ElsewhereFlag
from tests.cast import Cast
from tests.factories import ConventionFactory
from tests.pages import page, signed_in, text
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
START, JUNE, END = date(2019, 2, 8), date(2019, 6, 30), date(2022, 2, 7)
WHERE = "Convention nationale du groupe"


@pytest.fixture
def signed(cast: Cast) -> Convention:
    row: Convention = ConventionFactory(company=cast.company)
    return row


def told(convention: Convention) -> list[tuple[str, str]]:
    return [(line.past, line.detail) for line in convention.logs.all()]


def test_it_is_flagged_then_lifted_from_a_day_on(cast: Cast, signed: Convention) -> None:
    flag_elsewhere(signed, where=WHERE, since=START, at=AT, by=cast.referent)
    lift_elsewhere(signed, until=JUNE, reason="Le groupe ne la compte plus.", at=AT, by=cast.referent)
    again = flag_elsewhere(signed, where="Club du Terril", since=date(2019, 7, 1), at=AT, by=cast.referent)

    assert [
        [str(flag) for flag in signed.elsewhere.in_force_on(day)] for day in (date(2019, 2, 7), START, JUNE, END)
    ] == [
        [],
        ["Convention nationale du groupe, du 8 février 2019 au 30 juin 2019"],
        ["Convention nationale du groupe, du 8 février 2019 au 30 juin 2019"],
        [str(again)],
    ]
    assert told(signed) == [
        ("Signalée comme déjà comptée ailleurs", "Convention nationale du groupe"),
        ("Signalement « déjà comptée ailleurs » levé", "Le groupe ne la compte plus."),
        ("Signalée comme déjà comptée ailleurs", "Club du Terril"),
    ]


def test_a_flag_set_by_mistake_goes_and_is_told(cast: Cast, signed: Convention) -> None:
    flag_elsewhere(signed, where=WHERE, since=START, at=AT, by=cast.referent)

    assert lift_elsewhere(signed, until=None, reason="Erreur de dossier.", at=AT, by=cast.referent) is None

    assert ElsewhereFlag.objects.count() == 0
    assert told(signed)[1] == ("Signalement « déjà comptée ailleurs » levé", "Erreur de dossier.")


@pytest.mark.parametrize(("since", "possible"), [(START, True), (date(2019, 2, 7), False), (END, True)])
def test_it_is_flagged_while_in_force(cast: Cast, signed: Convention, since: date, possible: bool) -> None:
    if possible:
        assert flag_elsewhere(signed, where=WHERE, since=since, at=AT, by=cast.referent).since == since
    else:
        with pytest.raises(TransitionRefused, match="entre le 08/02/2019 et le 07/02/2022"):
            flag_elsewhere(signed, where=WHERE, since=since, at=AT, by=cast.referent)


def test_what_cannot_be_is_refused_and_not_told(cast: Cast, signed: Convention) -> None:
    draft = ConventionFactory(company=cast.rival_company, draft=True)
    with pytest.raises(WrongState, match="Seule une convention signée"):
        flag_elsewhere(draft, where=WHERE, since=START, at=AT, by=cast.referent)
    with pytest.raises(WrongState, match="n’est plus signalée"):
        lift_elsewhere(signed, until=JUNE, reason="Fini.", at=AT, by=cast.referent)
    with pytest.raises(Incomplete):
        flag_elsewhere(signed, where="  ", since=START, at=AT, by=cast.referent)
    assert told(signed) == told(draft) == []

    flag_elsewhere(signed, where=WHERE, since=START, at=AT, by=cast.referent)
    with pytest.raises(TransitionRefused, match="déjà signalée"):
        flag_elsewhere(signed, where=WHERE, since=JUNE, at=AT, by=cast.referent)
    with pytest.raises(Incomplete):
        lift_elsewhere(signed, until=JUNE, reason="", at=AT, by=cast.referent)
    with pytest.raises(TransitionRefused, match="suit le premier, le 08/02/2019"):
        lift_elsewhere(signed, until=date(2019, 2, 7), reason="Fini.", at=AT, by=cast.referent)
    assert len(told(signed)) == 1


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member"])
def test_only_the_referent_says_it(cast: Cast, signed: Convention, actor: str) -> None:
    with pytest.raises(WrongRole):
        flag_elsewhere(signed, where=WHERE, since=START, at=AT, by=getattr(cast, actor))


def test_the_database_holds_where_and_one_open_flag(signed: Convention) -> None:
    with pytest.raises(IntegrityError, match="elsewhere_flag_says_where"), transaction.atomic():
        ElsewhereFlag.objects.create(convention=signed, where="", since=START)
    ElsewhereFlag.objects.create(convention=signed, where=WHERE, since=START)
    with pytest.raises(IntegrityError, match="elsewhere"), transaction.atomic():
        ElsewhereFlag.objects.create(convention=signed, where=WHERE, since=JUNE)


def sent(cast: Cast, convention: Convention, **data: str) -> Any:  # Any: the test client's own response
    return signed_in(cast.referent).post(reverse("convention_elsewhere", args=[convention.pk]), data)


def test_the_page_flags_and_lifts(cast: Cast, signed: Convention) -> None:
    vague = sent(cast, signed, action="flag", where="", since="2019-02-08")
    early = sent(cast, signed, action="flag", where=WHERE, since="2019-02-07")
    flagged = sent(cast, signed, action="flag", where=WHERE, since="2019-02-08")
    shown = text(page(cast.referent, "convention_elsewhere", signed.pk))
    unexplained = sent(cast, signed, action="lift", reason="", until="")
    lifted = sent(cast, signed, action="lift", reason="Fini.", until="2019-06-30")

    assert "est à renseigner" in text(vague)
    assert "Ce jour tombe entre le 08/02/2019 et le 07/02/2022." in text(early)
    assert '<span dir="auto">Convention nationale du groupe</span>, depuis le 8 février 2019' in shown
    assert [item.status_code for item in (vague, early, flagged, unexplained, lifted)] == [422, 422, 302, 422, 302]
    assert ElsewhereFlag.objects.get().until == JUNE


def test_the_sheet_says_where(cast: Cast, signed: Convention) -> None:
    ElsewhereFlag.objects.create(convention=signed, where=WHERE, since=START)

    seen = text(page(cast.member, "convention_detail", signed.pk))
    own = text(page(cast.referent, "convention_detail", signed.pk))

    assert 'Déjà comptée ailleurs\u00a0: <span dir="auto">Convention nationale du groupe</span>, depuis le' in seen
    assert "Dire si elle est comptée ailleurs" in own
    assert "Dire si elle est comptée ailleurs" not in seen
