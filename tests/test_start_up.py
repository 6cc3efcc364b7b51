"""Production is what starts unless somebody says otherwise, and it refuses weak settings with one sentence."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tests.production import PRODUCTION

ROOT = Path(settings.BASE_DIR)
SECRET = PRODUCTION["DJANGO_SECRET_KEY"]
NEEDED = [name for name in PRODUCTION if name != "PAQTE_ENVIRONMENT"]


def start(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of ours with these variables and none of those around the tests."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH"}}
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, *command], env=kept | variables, cwd=ROOT, capture_output=True, text=True, check=False
    )


def settings_with(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> dict[str, Any]:  # Any: any setting
    """The module of the settings, run anew with these variables alone."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "paqte_portal" / "settings.py"))


def test_production_starts_with_everything_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_with(monkeypatch, {name: PRODUCTION[name] for name in NEEDED})

    assert (found["ENVIRONMENT"], found["DEBUG"]) == ("production", False)
    assert found["PAQTE_BASE_URL"] == "https://paqte.terril.test"
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize("blank", [None, "", "   "])
@pytest.mark.parametrize("missing", NEEDED)
def test_production_refuses_to_start_without(monkeypatch: pytest.MonkeyPatch, missing: str, blank: str | None) -> None:
    others = {name: value for name, value in PRODUCTION.items() if name != missing}

    with pytest.raises(ImproperlyConfigured, match=f"^La variable {missing} est nécessaire en production : .+\\.$"):
        settings_with(monkeypatch, others if blank is None else {**others, missing: blank})


@pytest.mark.parametrize(
    ("variable", "value", "refusal"),
    [
        ("DJANGO_SECRET_KEY", SECRET[:49], "est trop faible"),
        ("DJANGO_SECRET_KEY", "django-insecure-" + SECRET, "est trop faible"),
        ("DJANGO_SECRET_KEY", "a" * 80, "est trop faible"),
        ("DJANGO_SECRET_KEY", SECRET[:17] * 4, "est trop faible"),
        ("DJANGO_SECRET_KEY", "a1b2c3d4" * 8, "est trop faible"),
        ("DJANGO_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQ", "est trop faible"),
        ("ALLOWED_HOSTS", "*", "contient « * »"),
        ("ALLOWED_HOSTS", "paqte.terril.test,*", "contient « * »"),
        ("ALLOWED_HOSTS", "paqte.terril.test, .fr", "contient « .fr »"),
        ("ALLOWED_HOSTS", "fr", "contient « fr »"),
        ("ALLOWED_HOSTS", ".gouv.fr", "contient « .gouv.fr »"),
        ("ALLOWED_HOSTS", "gouv.fr", "contient « gouv.fr »"),
        ("ALLOWED_HOSTS", ".terril.test", "contient « .terril.test »"),
        ("ALLOWED_HOSTS", "paqte.prefecture.example", "contient « paqte.prefecture.example »"),
        ("ALLOWED_HOSTS", "localhost", "contient « localhost »"),
        ("ALLOWED_HOSTS", "127.0.0.1", "contient « 127.0.0.1 »"),
        ("ALLOWED_HOSTS", "https://paqte.terril.test", "contient « https://paqte.terril.test »"),
        ("PAQTE_BASE_URL", "http://paqte.terril.test", "vaut « http://paqte.terril.test »"),
        ("PAQTE_BASE_URL", "https://paqte.terril.test/portail", "rien derrière"),
        ("PAQTE_BASE_URL", "https://moi@paqte.terril.test", "rien derrière"),
        ("PAQTE_BASE_URL", "paqte.terril.test", "rien derrière"),
        ("PAQTE_BASE_URL", "https://autre.terril.test", "nomme « autre.terril.test »"),
        ("DATABASE_URL", "sqlite:////var/lib/paqte.sqlite3", "ne désigne pas PostgreSQL"),
        ("DATABASE_URL", "mysql://paqte@localhost/paqte", "ne désigne pas PostgreSQL"),
        ("DEFAULT_FROM_EMAIL", "Portail PAQTE", "il faut une adresse électronique"),
        ("DEFAULT_FROM_EMAIL", "Portail PAQTE <ne-pas-repondre@paqte.demo.example>", "une adresse d’exemple"),
        ("CGET_BILAN_ADDRESS", "cget", "il faut une adresse électronique"),
        ("CGET_BILAN_ADDRESS", "paqte@localhost", "une adresse d’exemple"),
        ("CGET_BILAN_ADDRESS", "paqte@cget.example", "une adresse d’exemple"),
        ("CONTACT_ADDRESS", "contact@", "il faut une adresse électronique"),
        ("CONTACT_ADDRESS", "contact@example.org", "une adresse d’exemple"),
        ("DPO_ADDRESS", "à définir", "il faut une adresse électronique"),
        ("PUBLISHER", "–", "les mentions légales veulent le nom et l’adresse du service éditeur"),
        ("PUBLICATION_DIRECTOR", "…", "les mentions légales veulent le nom du directeur de la publication"),
        ("HOSTING", "?", "les mentions légales veulent le nom, l’adresse et le téléphone de l’hébergeur"),
        ("PAQTE_TODAY", "2020-07-10", "déplace le jour"),
        ("PAQTE_ENVIRONMENT", "prod", "vaut « prod »"),
        ("TRUSTED_PROXIES", "un", "vaut « un »"),
        ("EMAIL_PORT", "smtp", "vaut « smtp »"),
    ],
)
def test_production_refuses_to_start_with(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, refusal: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, PRODUCTION | {variable: value})

    said = str(refused.value)
    assert said.startswith(variable)
    assert refusal in said
    assert said.endswith(".")


@pytest.mark.parametrize("length", [50, 64, 86])
def test_a_key_drawn_by_lot_is_accepted(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    # Typed by hand from what `secrets.token_urlsafe(64)` and `secrets.token_hex(32)` printed.
    drawn = {
        50: "k7Gd-2mQz_9vLxR4tYw8NbC1sHf6JpE3aUoXiZ5rVqT0DyMlBn",
        64: "9f3c1b7e0a52d84c6e19f7b03d58a26c41e7950bd3f82a6c07e4b1953dfa8c62",
        86: "wB3x0m4vK9fYQ1tLr7ZpXn5cEo2hUaSg8jIDdV6MTkGyHbNRqWlJzFiAPeOsuC-_1x8Qk5Vt3Zr9Lw7Yn2Gd4P",
    }[length]

    assert settings_with(monkeypatch, PRODUCTION | {"DJANGO_SECRET_KEY": drawn})["SECRET_KEY"] == drawn


def test_nothing_of_the_readme_can_be_copied_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    block = re.search(r"```sh\n(export .*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    examples = dict(re.findall(r"^export ([A-Z_]+)='(.*)'$", block[1], re.MULTILINE))

    assert set(examples) == set(NEEDED)
    for name, example in examples.items():
        if name != "DATABASE_URL":
            with pytest.raises(ImproperlyConfigured, match=f"^{name} "):
                settings_with(monkeypatch, PRODUCTION | {name: example})


def test_every_variable_is_in_the_readme() -> None:
    programs = [*(ROOT / "paqte_portal").glob("*.py"), ROOT / "gunicorn.conf.py"]
    readers = r"environ\.get|required|words|whole_number|day|mail_address|sentence"
    asked = re.compile(rf"""(?:{readers})\(["']([A-Z_]+)["']""")
    names = {name for file in programs for name in asked.findall(file.read_text(encoding="utf-8"))}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert set(NEEDED) <= names
    assert sorted(name for name in names if f"`{name}`" not in readme) == []


@pytest.mark.parametrize("command", ["migrate", "send_mails", "seed_demo", "runserver", "makemigrations", "shell"])
def test_without_a_variable_a_command_says_which_one_it_needs(command: str) -> None:
    result = start({}, "manage.py", command)

    assert result.returncode == 1
    assert result.stderr == (
        "La variable DJANGO_SECRET_KEY est nécessaire en production : "
        "elle signe les sessions et les liens de réinitialisation.\n"
    )


def test_help_needs_no_variable() -> None:
    result = start({}, "manage.py", "help")

    assert result.returncode == 0
    assert "makemigrations" in result.stdout


def test_the_web_server_starts_in_production_unless_told() -> None:
    program = (
        "import paqte_portal.wsgi\nfrom django.conf import settings\n"
        "print(settings.ENVIRONMENT, settings.DEBUG, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    )

    result = start({"PAQTE_DEBUG": "1"} | {name: PRODUCTION[name] for name in NEEDED}, "-c", program)

    assert result.stdout == "production False __Host-sessionid __Host-csrftoken\n"


def test_the_deploy_check_of_django_finds_nothing() -> None:
    result = start(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


def test_production_never_writes_the_demonstration() -> None:
    result = start(PRODUCTION, "manage.py", "seed_demo")

    assert result.returncode == 1
    assert "La démonstration ne se charge jamais en production." in result.stderr
