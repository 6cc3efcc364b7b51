"""The pages of a list."""

from string import ascii_letters

import pytest
from django.test import RequestFactory

from dsfr_forms.lists import page_of
from territories.models import Region
from tests.factories import RegionFactory


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "number", "rows"), [("", 1, 25), ("2", 2, 5), ("9", 2, 5), ("deux", 1, 25)])
def test_page_that_the_address_asks_for(asked: str, number: int, rows: int) -> None:
    for rank in range(30):
        RegionFactory(code=f"X{ascii_letters[rank]}", name=f"Région {rank}")

    page = page_of(
        Region.objects.filter(code__startswith="X").order_by("code"), RequestFactory().get("/", {"page": asked})
    )

    assert (page.number, len(page), page.paginator.count) == (number, rows, 30)
