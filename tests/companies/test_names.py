"""A company takes another name at a date: its sheet says the new one, the past keeps the old one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from companies.actions.names import forget_name, rename
from companies.models import Company, FormerName, name_on
from tests.cast import Cast
from tests.factories import BilanFactory
from tests.pages import hidden_fields, page, signed_in, text
from workflows.tables import TransitionRefused, WrongRole, WrongState

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)
NEW_YEAR, MARCH = date(2020, 1, 1), date(2020, 3, 1)


def renamed(cast: Cast, name: str = "Terril Industrie", since: date = NEW_YEAR) -> FormerName:
    return rename(cast.company, name=name, since=since, at=AT, by=cast.referent)


def called(cast: Cast, day: date) -> str:
    rows = Company.objects.filter(pk=cast.company.pk).annotate(called=name_on(day, company=""))
    return str(rows.values_list("called", flat=True).get())


def test_each_day_has_its_name(cast: Cast) -> None:
    renamed(cast)
    renamed(cast, "Terril et Fils", MARCH)

    days = (date(2019, 12, 31), NEW_YEAR, date(2020, 2, 29), MARCH)
    assert [called(cast, day) for day in days] == [
        "Ateliers Terril",
        "Terril Industrie",
        "Terril Industrie",
        "Terril et Fils",
    ]
    assert called(cast, AT.date()) == Company.objects.get(pk=cast.company.pk).name == "Terril et Fils"
    assert list(Company.objects.search("et fils")) == [cast.company]


def test_the_journal_tells_both_names_and_the_day(cast: Cast) -> None:
    forget_name(renamed(cast), at=AT, by=cast.referent)

    assert [(line.past, line.detail) for line in cast.company.logs.all()] == [
        ("Nom changé", "Ateliers Terril → Terril Industrie, depuis le 1er janvier 2020"),
        ("Changement de nom retiré", "Terril Industrie → Ateliers Terril, depuis le 1er janvier 2020"),
    ]
    assert Company.objects.get(pk=cast.company.pk).name == "Ateliers Terril"
    assert FormerName.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "since", "sentence"),
    [
        ("Ateliers Terril", MARCH, "porte déjà ce nom"),
        ("Terril et Fils", date(2020, 7, 11), "un jour passé, ou aujourd’hui"),
        ("Terril et Fils", NEW_YEAR, "Le changement précédent date du 1er janvier 2020"),
    ],
)
def test_what_cannot_be_is_refused_and_not_told(cast: Cast, name: str, since: date, sentence: str) -> None:
    FormerName.objects.create(company=cast.company, name="Terril", until=date(2019, 12, 31), recorded_at=AT)

    with pytest.raises(TransitionRefused, match=sentence):
        renamed(cast, name, since)

    assert cast.company.logs.count() == 0


def test_a_name_is_taken_today(cast: Cast) -> None:
    renamed(cast, since=AT.date())

    yesterday = AT.date() - timedelta(days=1)
    assert [called(cast, day) for day in (yesterday, AT.date())] == ["Ateliers Terril", "Terril Industrie"]


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor", "other_referent"])
def test_nobody_else_renames(cast: Cast, actor: str) -> None:
    with pytest.raises(WrongRole):
        rename(cast.company, name="Autre", since=MARCH, at=AT, by=getattr(cast, actor))


def test_only_the_last_change_is_taken_back_and_once(cast: Cast) -> None:
    first, last = renamed(cast), renamed(cast, "Terril et Fils", MARCH)
    gone = last.pk

    with pytest.raises(WrongState, match="retirez d’abord le dernier"):
        forget_name(first, at=AT, by=cast.referent)
    forget_name(last, at=AT, by=cast.referent)
    with pytest.raises(WrongState, match="par quelqu’un d’autre"):
        forget_name(FormerName(pk=gone, company=cast.company), at=AT, by=cast.referent)


@pytest.mark.parametrize(
    ("semester", "before", "stays"),
    [
        ("2019-S2", timedelta(), False),
        ("2020-S1", timedelta(), True),
        ("2020-S1", timedelta(seconds=1), False),
    ],
)
def test_a_name_that_a_bilan_printed_stays(cast: Cast, semester: str, before: timedelta, stays: bool) -> None:
    """One that was sent before the change was recorded printed the old name."""
    former = renamed(cast)
    BilanFactory(semester=semester, state="transmitted", transmitted_at=AT - before)

    if stays:
        with pytest.raises(WrongState, match="imprime «\u00a0Terril Industrie\u00a0»"):
            forget_name(former, at=AT, by=cast.referent)
    else:
        assert forget_name(former, at=AT, by=cast.referent).name == "Ateliers Terril"


def sent(cast: Cast, **data: object) -> Any:  # Any: the test client's own response
    return signed_in(cast.referent).post(reverse("company_rename", args=[cast.company.pk]), data)


def test_the_page_renames_and_takes_back(cast: Cast) -> None:
    answered = sent(cast, name="Terril Industrie", since="2019-01-01")
    sheet = text(page(cast.member, "company_detail", cast.company.pk))
    asked = sent(cast, action="remove", former=FormerName.objects.get().pk)
    kept = FormerName.objects.count()
    removed = sent(cast, **{name: values[0] for name, values in hidden_fields(asked).items()})

    assert (answered.status_code, asked.status_code, kept, removed.status_code) == (302, 200, 1, 302)
    assert '<h1 dir="auto">Terril Industrie</h1>' in sheet
    assert "Ateliers Terril, jusqu’au 31 décembre 2018" in sheet
    assert Company.objects.get(pk=cast.company.pk).name == "Ateliers Terril"


def test_the_page_says_what_cannot_be(cast: Cast) -> None:
    blank, same = sent(cast), sent(cast, name="Ateliers Terril", since="2019-01-01")
    stranger = FormerName.objects.create(
        company=cast.rival_company, name="Terril", until=date(2019, 12, 31), recorded_at=AT
    )

    assert (blank.status_code, same.status_code) == (422, 422)
    assert "« Nouveau nom » est à renseigner" in text(blank)
    assert "porte déjà ce nom" in text(same)
    assert [sent(cast, action="remove", former=key).status_code for key in (stranger.pk, "²")] == [404, 404]
