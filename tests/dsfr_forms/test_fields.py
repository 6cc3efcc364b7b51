"""Whole numbers as French people type them."""

import pytest
from django.core.exceptions import ValidationError

from dsfr_forms.fields import WholeNumberField


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("1234", 1234), ("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), (" 12 ", 12), (7, 7)],
)
def test_whole_number_reads_grouped_thousands(typed: object, number: int) -> None:
    assert WholeNumberField().clean(typed) == number


@pytest.mark.parametrize("typed", ["1,5", "1.234", "1e3", "1_000", "٣٤", "NaN", "douze", "9" * 19])
def test_whole_number_refuses_the_rest_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"Saisissez un nombre entier, par exemple 1.234\."):
        WholeNumberField().clean(typed)


@pytest.mark.parametrize("typed", ["", None, " "])
def test_whole_number_blank_is_none_not_zero(typed: str | None) -> None:
    assert WholeNumberField(required=False).clean(typed) is None


def test_whole_number_keeps_its_bounds() -> None:
    with pytest.raises(ValidationError, match="supérieure ou égale à 0"):
        WholeNumberField(min_value=0).clean("-1")
