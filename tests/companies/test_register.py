"""The State's register fills the form of a new company over real HTTP; silent, wrong or absent, nothing hangs on it."""

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from pytest_django import Settings

from companies.models import Company
from companies.register import Registered, RegisterRefused, look_up
from paqte_portal.register import register_from_environment
from tests.cast import Cast
from tests.company_register import FIRM, PLACE, Register, register_on_loopback
from tests.pages import page, signed_in, text

SIRET = "73282932000074"
CLOSED = {"etat_administratif": "F", "date_fermeture": "2020-03-31"}


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    with register_on_loopback() as found:
        settings.COMPANY_REGISTER = found.address
        yield found


def answer(register: Register, *, firm: dict[str, Any] | None = None, place: dict[str, Any] | None = None) -> None:
    """What it says next: the usual firm, these fields apart."""
    rows = [{**FIRM, **(firm or {}), "matching_etablissements": [{**PLACE, **(place or {})}]}]
    register.body = json.dumps({"results": rows}).encode()


def test_an_establishment_is_read(register: Register) -> None:
    assert look_up(SIRET) == Registered(
        siret=SIRET,
        name="ZINC DU TERRIL",
        category="PME",
        naf="24.44Z",
        address="8 RUE DU TERRIL",
        postcode="62000",
        town="ARRAS",
    )
    assert register.asked == [f"/search {SIRET}"]


def test_the_head_office_is_one_too(register: Register) -> None:
    assert look_up("73282932000017").address == "1 RUE DU SIEGE 59000 LILLE"


def test_a_small_a_closed_and_a_hidden_one(register: Register) -> None:
    answer(
        register,
        firm={"tranche_effectif_salarie": "02", "nom_raison_sociale": None, "nom_complet": "[NON-DIFFUSIBLE]"},
        place={
            "etat_administratif": "F",
            "date_fermeture": "2020-03-31",
            "adresse": "[NON-DIFFUSIBLE]",
            "code_postal": 0,
        },
    )

    assert look_up(SIRET) == Registered(
        siret=SIRET, category="TPE", naf="24.44Z", town="ARRAS", closed_on=date(2020, 3, 31)
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b"{}", b"\xff\xfe", b'{"results": ' + b"[" * 100_000],
)
@pytest.mark.parametrize("status", [200, 302, 429, 500])
def test_a_bad_answer_is_silence(register: Register, body: bytes, status: int) -> None:
    register.status, register.body = status, body

    with pytest.raises(RegisterRefused, match="ne répond pas"):
        look_up(SIRET)


@pytest.mark.parametrize("body", [b'{"results": []}', b'{"results": null}', b'{"results": [1, {"siege": 2}]}'])
def test_an_unknown_number_is_said(register: Register, body: bytes) -> None:
    register.body = body

    with pytest.raises(RegisterRefused, match="ne connaît pas ce SIRET"):
        look_up(SIRET)


def test_a_byte_now_and_then_is_waited_for_three_seconds_in_all(register: Register) -> None:
    register.drip, began = 0.5, time.monotonic()

    with pytest.raises(RegisterRefused, match="ne répond pas"):
        look_up(SIRET)

    assert 2.9 < time.monotonic() - began < 4


def test_nobody_listens(settings: Settings) -> None:
    settings.COMPANY_REGISTER = "http://127.0.0.1:9"

    with pytest.raises(RegisterRefused, match="ne répond pas"):
        look_up(SIRET)


def test_the_page_fills_fields_that_stay_editable(cast: Cast, register: Register) -> None:
    answer(register, place=CLOSED)

    filled = page(cast.referent, "company_create", annuaire="732 829 320 00074")
    data = {"siret": SIRET, "name": "Zinc", "category": "PME", "sector": "entreprise", "town": "Lens"}
    saved = signed_in(cast.referent).post(reverse("company_create"), data)

    form = filled.context_data["form"]
    assert [form[name].value() for name in ("siret", "name", "naf", "town")] == [
        SIRET,
        "ZINC DU TERRIL",
        "24.44Z",
        "ARRAS",
    ]
    assert "relisez, complétez, puis enregistrez" in text(filled)
    assert "fermé depuis le 31 mars 2020" in text(filled)
    assert saved.status_code == 302
    assert Company.objects.filter(siret=SIRET).values_list("name", "town").get() == ("Zinc", "Lens")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("73282932000074", "ne répond pas"), ("73282932000075", "La clé du SIRET"), ("", "est à renseigner")],
)
def test_the_page_says_what_is_wrong_and_keeps_its_form(
    cast: Cast, register: Register, typed: str, sentence: str
) -> None:
    register.status = 503

    shown = page(cast.referent, "company_create", annuaire=typed)

    assert shown.status_code == 200
    assert sentence in text(shown)
    assert "Enregistrer l’entreprise" in text(shown)


def test_without_a_register_nothing_shows_and_nothing_leaves(cast: Cast) -> None:
    shown = text(page(cast.referent, "company_create", annuaire=SIRET))

    assert "annuaire" not in shown


def test_a_company_that_follows_another_starts_from_its_sheet_and_leads_back(cast: Cast) -> None:
    url = f"?reprend={cast.company.pk}"
    shown = page(cast.referent, "company_create", reprend=cast.company.pk)
    foreign = page(cast.referent, "company_create", reprend=cast.other_company.pk)
    nonsense = page(cast.referent, "company_create", reprend="²")
    data = {"siret": SIRET, "name": "Zinc", "category": "PME", "sector": "entreprise"}
    saved = signed_in(cast.referent).post(reverse("company_create") + url, data)

    form = shown.context_data["form"]
    assert [form[name].value() for name in ("siret", "name", "town")] == ["", "Ateliers Terril", "Arras"]
    assert "Brasserie" not in text(foreign)
    assert nonsense.status_code == 200
    assert saved.headers["Location"] == f"/entreprises/{cast.company.pk}/succession/?suite={SIRET}"


def test_the_setting_is_an_address_in_https(monkeypatch: pytest.MonkeyPatch) -> None:
    assert register_from_environment() == ""

    monkeypatch.setenv("PAQTE_COMPANY_REGISTER", "https://recherche-entreprises.api.gouv.fr/")
    assert register_from_environment() == "https://recherche-entreprises.api.gouv.fr"

    monkeypatch.setenv("PAQTE_COMPANY_REGISTER", "http://annuaire.example")
    with pytest.raises(ImproperlyConfigured, match="https"):
        register_from_environment()
