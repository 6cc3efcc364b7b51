"""What holds for any limit and any moments whatever, sought by hypothesis."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rates import Rate

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
THREE_AN_HOUR = Rate(3, timedelta(hours=1))

RATES = st.builds(Rate, st.integers(1, 500), st.timedeltas(timedelta(seconds=1), timedelta(days=2)))
PAUSES = st.lists(st.timedeltas(timedelta(0), timedelta(hours=3)), max_size=60)


def granted(rate: Rate, pauses: list[timedelta]) -> list[datetime]:
    """When one was taken, by somebody who tries after each pause."""
    full_at, at, taken = NOON, NOON, []
    for pause in pauses:
        at += pause
        if rate.opens_at(full_at, at=at) == at:
            full_at = rate.taken(full_at, at=at)
            taken.append(at)
    return taken


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([0, 0, 0, 0], [0, 0, 0]),
        ([0, 0, 0, 19, 20], [0, 0, 0, 20]),
        ([0, 0, 0, 20, 20, 39, 40], [0, 0, 0, 20, 40]),
        ([0, 0, 0, 60, 60, 60, 60], [0, 0, 0, 60, 60, 60]),
    ],
)
def test_three_an_hour(minutes: list[int], expected: list[int]) -> None:
    pauses = [timedelta(minutes=b - a) for a, b in zip([0, *minutes], minutes, strict=False)]

    assert granted(THREE_AN_HOUR, pauses) == [NOON + timedelta(minutes=minute) for minute in expected]


@given(RATES)
def test_as_many_in_one_go_as_promised_and_not_one_more(rate: Rate) -> None:
    assert len(granted(rate, [timedelta(0)] * (rate.times + 1))) == rate.times


@given(RATES, PAUSES)
def test_never_more_than_twice_as_many_within_the_period(rate: Rate, pauses: list[timedelta]) -> None:
    taken = granted(rate, pauses)

    for start in taken:
        assert len([at for at in taken if start <= at < start + rate.share * rate.times]) <= 2 * rate.times


@given(RATES, PAUSES)
def test_whoever_waits_as_told_is_let_in(rate: Rate, pauses: list[timedelta]) -> None:
    full_at, at = NOON, NOON
    for pause in pauses:
        at = rate.opens_at(full_at, at=at + pause)
        assert rate.opens_at(full_at, at=at) == at
        full_at = rate.taken(full_at, at=at)


@given(RATES, PAUSES)
def test_a_full_bucket_is_worth_none(rate: Rate, pauses: list[timedelta]) -> None:
    full_at = NOON
    for pause in pauses:
        full_at = rate.taken(full_at, at=NOON + pause)

    assert rate.taken(full_at, at=full_at) == rate.taken(NOON, at=full_at)
    assert rate.opens_at(full_at, at=full_at) == full_at
