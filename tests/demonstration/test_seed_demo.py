"""The command refuses what it must refuse, and its password is a secret."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from demonstration.password import demo_password
from territories.loading import load_territories

PASSWORD = "terril-beffroi-vanille"


@pytest.mark.django_db
def test_production_is_refused(settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="jamais en production"):
        call_command("seed_demo")


@pytest.mark.django_db
def test_reference_data_come_first(settings: Settings) -> None:
    settings.PAQTE_DEMO_PASSWORD = PASSWORD

    with pytest.raises(CommandError, match="load_territories"):
        call_command("seed_demo")
    load_territories()
    with pytest.raises(CommandError, match="sync_catalogues"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_a_password_is_drawn_once_and_kept_private(tmp_path: Path) -> None:
    file = tmp_path / "data" / "demo_password"

    first, second = demo_password("", file), demo_password("", file)

    assert first == second
    assert len(first) == 23
    assert file.stat().st_mode & 0o777 == 0o600
    assert demo_password("given", file) == "given"
