"""On which days a signature may have taken place: typed by hand."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conventions.expected import Period
from conventions.models import Convention
from conventions.signature import signature_refusal, signature_window
from tests.factories import ConventionFactory

START, END = date(2019, 2, 8), date(2022, 2, 7)


@pytest.mark.parametrize(
    ("starts_on", "drafted_on", "today", "window"),
    [
        # A year before it takes effect, until today.
        (date(2020, 9, 1), date(2020, 7, 1), date(2020, 7, 10), (date(2019, 9, 1), date(2020, 7, 10))),
        # The programme began in 2018.
        (date(2018, 7, 1), date(2018, 6, 1), date(2018, 8, 1), (date(2018, 1, 1), date(2018, 8, 1))),
        # Not after its end.
        (START, date(2019, 1, 15), date(2023, 1, 1), (date(2018, 2, 8), END)),
        # A préfecture that takes over what was signed on paper: three years before the draft.
        (START, date(2021, 6, 1), date(2021, 6, 2), (date(2018, 6, 1), date(2021, 6, 2))),
        # A 29 February.
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 2), (date(2023, 3, 1), date(2024, 3, 2))),
    ],
)
def test_window(starts_on: date, drafted_on: date, today: date, window: tuple[date, date]):
    ends_on = date(starts_on.year + 3, starts_on.month, min(starts_on.day, 28)) if starts_on != START else END

    found = signature_window(starts_on=starts_on, ends_on=ends_on, drafted_on=drafted_on, today=today)

    assert (found.start, found.end) == window


@pytest.mark.parametrize("on", [date(2018, 2, 8), date(2019, 2, 8), date(2020, 7, 10)])
def test_days_of_the_window_are_accepted(on: date):
    assert signature_refusal(on, Period(date(2018, 2, 8), date(2020, 7, 10))) == ""


@pytest.mark.parametrize("on", [date(2015, 2, 3), date(2018, 2, 7), date(2020, 7, 11)])
def test_other_days_are_refused_with_the_days_possible(on: date):
    sentence = signature_refusal(on, Period(date(2018, 2, 8), date(2020, 7, 10)))

    assert sentence.endswith("elle a eu lieu entre le 08/02/2018 et le 10/07/2020. Vérifiez la date.")


def test_a_convention_of_the_years_to_come_is_not_signed_yet():
    window = signature_window(
        starts_on=date(2022, 2, 8), ends_on=date(2025, 2, 7), drafted_on=date(2020, 7, 1), today=date(2020, 7, 10)
    )

    assert signature_refusal(date(2020, 7, 10), window) == (
        "Cette convention ne se signe pas avant le 08/02/2021, un an avant sa date d’effet."
    )


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("on", [date(2017, 12, 31), date(2022, 2, 8)])
def test_the_database_holds_the_widest_bounds(on: date):
    convention = ConventionFactory()

    with pytest.raises(IntegrityError, match="convention_signed_in_its_time"), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(signed_on=on)
