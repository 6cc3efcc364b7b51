"""Every field that we store says what it tells about people, and every link to an account what becomes of its row."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from privacy.inventory import INVENTORY, REWRITTEN, Fate, Held
from tests.architecture import our_models


def classified(held: Held) -> list[str]:
    """The fields of the four lists."""
    return [*held.none.split(), *held.identity.split(), *held.contact.split(), *held.technical.split()]


def wrong_fields(model: type[models.Model], held: Held) -> dict[str, int]:
    """How far each field is from standing in exactly one list: -1 is missing, 1 is twice or does not exist."""
    count = Counter(classified(held))
    count.subtract(field.name for field in model._meta.concrete_fields)
    return {name: distance for name, distance in count.items() if distance}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_of_ours_is_classified_once(model: type[models.Model]) -> None:
    assert wrong_fields(model, INVENTORY.get(model._meta.label, Held())) == {}


def test_a_new_field_is_seen() -> None:
    forgotten = Held(none="id company", identity="name name_key", contact="email email", technical="")

    assert wrong_fields(apps.get_model("companies.Contact"), forgotten) == {"email": 1, "job_title": -1, "phone": -1}


def test_every_link_to_an_account_has_its_fate() -> None:
    links = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }

    assert links == {
        (label, name)
        for label, held in INVENTORY.items()
        for name in [*held.of_account.split(), *held.by_account.split()]
    }


def test_every_address_of_a_person_leads_to_its_row() -> None:
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField) or field.name in {"username", "ip_address"}
    }

    led_to = {(label, held.of_address) for label, held in INVENTORY.items() if held.of_address}
    assert {label for label, _ in found} == {label for label, _ in led_to}


def test_nothing_of_a_person_is_kept_by_oversight() -> None:
    kept = {label for label, held in INVENTORY.items() if held.fate is Fate.KEPT}

    assert {label for label in kept if INVENTORY[label].of_account} == {"reporting.SeededAccount"}
    assert {label for label in kept if INVENTORY[label].of_address} == {"accounts.User"}
    assert {label for label, held in INVENTORY.items() if held.by_account} == {
        "accounts.AccountAct",
        "accounts.Trace",
        "admin.LogEntry",
        "companies.CompanyLog",
        "companies.Invitation",
        "conventions.CampaignLog",
        "conventions.ConventionLog",
        "conventions.SubmissionLog",
        "conventions.SubmissionVersion",
        "indicators.CatalogueDraftLog",
        "national.Edition",
        "national.Message",
        "national.Recipient",
        "reporting.Arbitration",
        "reporting.BilanLog",
        "national.Publication",
        "reporting.Sending",
    }


def test_what_is_rewritten_exists() -> None:
    for label, names in REWRITTEN.items():
        assert {apps.get_model(label)._meta.get_field(name).name for name in names} == set(names)
