"""Which list of neighbourhoods held on a day: that of 2014 held one year longer overseas (décret 2023-1314)."""

from datetime import date

import pytest

from reporting.selectors.context import geography_on
from territories.models import Department


@pytest.mark.parametrize(
    ("code", "day", "geography"),
    [
        ("62", date(2023, 12, 31), "2014"),
        ("62", date(2024, 1, 1), "2024"),
        ("974", date(2024, 12, 31), "2014"),
        ("974", date(2025, 1, 1), "2024"),
        ("988", date(2024, 12, 31), "2014"),
    ],
)
def test_the_list_of_a_day(code: str, day: date, geography: str) -> None:
    assert geography_on(Department(code=code), day) == geography
