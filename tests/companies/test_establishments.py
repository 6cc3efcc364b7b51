"""Several establishments pasted at once: all of them or none, each bad line named."""

from typing import Any

import pytest
from django.urls import reverse

from companies.forms.establishments import read_line
from companies.models import Establishment
from companies.siret import SiretRefused
from tests.cast import Cast
from tests.factories import invented_siret
from tests.pages import signed_in, text

FIRST, SECOND = invented_siret(4301), invented_siret(4302)


def pasted(cast: Cast, lines: str) -> Any:  # Any: the test client's own response
    url = reverse("company_establishments", args=[cast.company.pk])
    return signed_in(cast.referent).post(url, {"action": "paste", "lines": lines})


def rows(cast: Cast) -> list[tuple[str, str]]:
    return list(cast.company.establishments.values_list("siret", "label"))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("73282932000074", ("73282932000074", "")),
        (" 732 829 320 00074 Atelier  nord ", ("73282932000074", "Atelier nord")),
        ("732\u00a0829\u00a0320\u00a000074\tAtelier nord\t62000", ("73282932000074", "Atelier nord 62000")),
        ("732.829.320.00074;Atelier, nord", ("73282932000074", "Atelier, nord")),
        ("", ("", "")),
        (" ; ", ("", "")),
    ],
)
def test_a_line_is_read_as_it_is_copied(line: str, read: tuple[str, str]) -> None:
    assert read_line(line) == read


@pytest.mark.parametrize(
    "line", ["73282932000075", "7,32829E+13", "732829320", "Atelier nord", "Atelier;73282932000074"]
)
def test_a_line_without_a_siret_is_refused(line: str) -> None:
    with pytest.raises(SiretRefused):
        read_line(line)


def test_they_come_once_each_and_those_there_stay(cast: Cast) -> None:
    Establishment.objects.create(company=cast.company, siret=FIRST, label="Ancien nom")

    answered = pasted(cast, f"{FIRST} Autre nom\n\n{SECOND};Dépôt\r\n{SECOND}")

    assert answered.status_code == 302
    assert rows(cast) == [(FIRST, "Ancien nom"), (SECOND, "Dépôt")]
    assert cast.company.logs.get().past == "Établissements modifiés"


def test_one_bad_line_keeps_all_out_and_each_is_named(cast: Cast) -> None:
    answered = pasted(cast, f"{FIRST}\n73282932000075\nDépôt")

    assert answered.status_code == 422
    assert "Ligne 2\u00a0: La clé du SIRET" in text(answered)
    assert "Ligne 3\u00a0: « Dépôt »" in text(answered)
    assert rows(cast) == []


def test_nothing_typed_and_too_many_are_said(cast: Cast) -> None:
    Establishment.objects.bulk_create(
        Establishment(company=cast.company, siret=invented_siret(5000 + number)) for number in range(200)
    )

    assert "est à renseigner" in text(pasted(cast, ""))
    assert "200 établissements au plus" in text(pasted(cast, FIRST))


def test_a_designation_that_is_too_long_is_said_and_not_cut(cast: Cast) -> None:
    answered = pasted(cast, f"{FIRST}\n{SECOND};{'a' * 300}")

    assert answered.status_code == 422
    assert "Ligne 2\u00a0: sa désignation compte 300 caractères\u00a0: 255 au plus." in text(answered)
    assert rows(cast) == []
