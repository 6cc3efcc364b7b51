"""The clock: local days overseas, and the moved day of the demonstration."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django.fixtures import Settings

from territories import clock
from territories.models import Department
from territories.semester import Semester

ZONES = {
    "62": "Europe/Paris",
    "971": "America/Guadeloupe",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
    "975": "America/Miquelon",
    "988": "Pacific/Noumea",
    "987": "Pacific/Tahiti",
}


def department(code: str) -> Department:
    return Department(code=code, name=code, time_zone=ZONES[code])


@pytest.mark.parametrize(
    ("code", "semester"),
    [
        ("62", "2019-S2"),
        ("971", "2019-S1"),
        ("973", "2019-S1"),
        ("975", "2019-S1"),
        ("987", "2019-S1"),
        ("974", "2019-S2"),
        ("976", "2019-S2"),
        ("988", "2019-S2"),
    ],
)
def test_the_departments_own_time_decides(code: str, semester: str) -> None:
    with time_machine.travel(datetime(2019, 6, 30, 22, 30, tzinfo=ZoneInfo("UTC")), tick=False):
        assert str(Semester.containing(clock.today(department(code)))) == semester


def test_paris_decides_without_a_department() -> None:
    with time_machine.travel(datetime(2019, 6, 30, 21, 59, tzinfo=ZoneInfo("UTC")), tick=False):
        assert clock.today() == date(2019, 6, 30)


def test_the_demonstration_moves_the_day_and_keeps_the_hour(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)

    with time_machine.travel(datetime(2026, 1, 15, 13, 45, tzinfo=ZoneInfo("UTC")), tick=False):
        moved = clock.now(department("62"))

    assert moved.date() == date(2020, 7, 10)
    assert (moved.hour, moved.minute) == (14, 45)
    assert moved.utcoffset() == timedelta(hours=2)
