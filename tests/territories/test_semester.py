"""The half-year: its days, its order, its reading."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories.semester import Semester

semesters = st.builds(Semester, st.integers(1950, 2100), st.sampled_from([1, 2]))


def test_semester_has_its_days() -> None:
    first, second = Semester.parse("2019-S1"), Semester.parse("2019-S2")

    assert (first.start, first.end) == (date(2019, 1, 1), date(2019, 6, 30))
    assert (second.start, second.end) == (date(2019, 7, 1), date(2019, 12, 31))
    assert (first.label, second.label) == ("1er semestre 2019", "2e semestre 2019")


def test_semester_neighbours() -> None:
    assert str(Semester(2019, 2).next) == "2020-S1"
    assert str(Semester(2019, 1).next) == "2019-S2"
    assert str(Semester(2020, 1).previous) == "2019-S2"
    assert str(Semester(2019, 2).previous) == "2019-S1"


@pytest.mark.parametrize(
    "code", ["2019-S3", "2019-S0", "2019S1", "19-S1", "2019-s1", "٢٠١٩-S1", "", "2019-S1 ", "0000-S1"]
)
def test_semester_refuses(code: str) -> None:
    with pytest.raises(ValueError, match=r"semestre|calendrier"):
        Semester.parse(code)


def test_semester_has_two_halves() -> None:
    with pytest.raises(ValueError, match="1 ou 2, pas 3"):
        Semester(2019, 3)


@given(semesters)
def test_semester_reads_what_it_prints(semester: Semester) -> None:
    assert Semester.parse(str(semester)) == semester


@given(semesters)
def test_semesters_follow_each_other_without_gap(semester: Semester) -> None:
    assert semester.next.start == semester.end + timedelta(days=1)
    assert semester.next.previous == semester
    assert semester < semester.next
    assert str(semester) < str(semester.next)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_a_day_is_in_one_semester(day: date) -> None:
    semester = Semester.containing(day)

    assert day in semester
    assert day not in semester.next
    assert day not in semester.previous
