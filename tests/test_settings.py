"""Production refuses weak settings with one sentence; the answers carry the exact headers that are written here."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from paqte_portal import environment

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "PAQTE_ENVIRONMENT": "production",
    "DJANGO_SECRET_KEY": "k7Gd-2mQz_9vLxR4tYw8NbC1sHf6JpE3aUoXiZ5rVqT0DyMlBn",
    "ALLOWED_HOSTS": "paqte.prefecture.example",
    "PAQTE_BASE_URL": "https://paqte.prefecture.example",
    "DATABASE_URL": "postgres://paqte@localhost/paqte",
    "CGET_BILAN_ADDRESS": "paqte@cget.example",
}
CONTENT_SECURITY_POLICY = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
]


def start(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with these variables and none of ours."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH"}}
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "manage.py", *(command or ("diffsettings",))],
        env=kept | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def policy(response: HttpResponseBase) -> list[str]:
    """The directives, whose order the library does not promise."""
    return sorted(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("missing", [name for name in PRODUCTION if name != "PAQTE_ENVIRONMENT"])
def test_production_refuses_to_start_without(missing: str) -> None:
    result = start({name: value for name, value in PRODUCTION.items() if name != missing})

    assert result.returncode == 1
    assert f"La variable {missing} est nécessaire en production" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("DJANGO_SECRET_KEY", "court", "DJANGO_SECRET_KEY est trop faible"),
        ("DJANGO_SECRET_KEY", "django-insecure-" + "a1b2c3d4" * 8, "DJANGO_SECRET_KEY est trop faible"),
        ("DJANGO_SECRET_KEY", "a" * 80, "DJANGO_SECRET_KEY est trop faible"),
        ("ALLOWED_HOSTS", "paqte.example,*", "ALLOWED_HOSTS ne peut pas valoir « * »"),
        (
            "PAQTE_BASE_URL",
            "http://paqte.prefecture.example",
            "PAQTE_BASE_URL vaut « http://paqte.prefecture.example »",
        ),
        ("PAQTE_BASE_URL", "https://paqte.prefecture.example/portail", "PAQTE_BASE_URL vaut"),
        ("PAQTE_BASE_URL", "https://moi@paqte.prefecture.example", "PAQTE_BASE_URL vaut"),
        ("PAQTE_BASE_URL", "paqte.prefecture.example", "PAQTE_BASE_URL vaut"),
        ("PAQTE_BASE_URL", "https://autre.example", "PAQTE_BASE_URL nomme « autre.example »"),
        ("PAQTE_TODAY", "2020-07-10", "PAQTE_TODAY déplace le jour"),
        ("PAQTE_ENVIRONMENT", "prod", "PAQTE_ENVIRONMENT vaut « prod »"),
        ("TRUSTED_PROXIES", "un", "TRUSTED_PROXIES vaut « un »"),
    ],
)
def test_production_refuses_to_start_with(variable: str, value: str, sentence: str) -> None:
    result = start(PRODUCTION | {variable: value})

    assert result.returncode == 1
    assert sentence in result.stderr.splitlines()[-1]


def test_the_web_server_starts_in_production_unless_told() -> None:
    without = {name: value for name, value in PRODUCTION.items() if name != "PAQTE_ENVIRONMENT"}
    program = (
        "import paqte_portal.wsgi\nfrom django.conf import settings\n"
        "print(settings.ENVIRONMENT, settings.DEBUG, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    )

    result = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "PAQTE_DEBUG": "1"} | without,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout == "production False __Host-sessionid __Host-csrftoken\n"


def test_the_deploy_check_of_django_finds_nothing() -> None:
    result = start(PRODUCTION, "check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


def test_the_demonstration_keeps_its_secret_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret_key"

    first, second = environment.kept_secret(path), environment.kept_secret(path)

    assert first == second
    assert len(first) > 80
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_a_day_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAQTE_TODAY", "2019-02-08")
    assert environment.day("PAQTE_TODAY", "") == date(2019, 2, 8)

    monkeypatch.setenv("PAQTE_TODAY", "8 février")
    with pytest.raises(ImproperlyConfigured, match="il faut une date comme 2020-07-10"):
        environment.day("PAQTE_TODAY", "")

    monkeypatch.delenv("PAQTE_TODAY")
    assert environment.day("PAQTE_TODAY", "") is None


def test_the_headers_of_an_answer(client: Client) -> None:
    response = client.get("/aucune-page-ici/")

    assert policy(response) == CONTENT_SECURITY_POLICY
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Permissions-Policy"].startswith("camera=()")


def test_the_headers_of_a_refused_host(client: Client) -> None:
    response = client.get("/", headers={"host": "autre.example"})

    assert response.status_code == 400
    assert policy(response) == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("quatorze-signe", "Ce mot de passe est trop court"),
        ("1qaz2wsx3edc4rfv", "Ce mot de passe est trop courant"),
    ],
)
def test_short_or_common_passwords_are_refused(password: str, refusal: str) -> None:
    with pytest.raises(ValidationError, match=refusal):
        validate_password(password)


@pytest.mark.parametrize("password", ["cheval pile agrafe", "quinze  lettres", "é" * 128])
def test_long_passwords_need_no_symbol(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_the_database_is_driven_as_the_portal_expects() -> None:
    connection.ensure_connection()

    if connection.vendor == "postgresql":
        # psycopg 3 would be preferred by Django as soon as something installs it.
        assert isinstance(connection.connection, psycopg2.extensions.connection)
        assert pragma("SHOW statement_timeout") == "30s"
        assert pragma("SHOW lock_timeout") == "5s"
    else:
        assert Path(connection.settings_dict["NAME"]).is_file()
        assert pragma("PRAGMA journal_mode") == "wal"
        assert pragma("PRAGMA foreign_keys") == 1
        assert pragma("PRAGMA synchronous") == 2
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]  # only SQLite's wrapper has it


def pragma(statement: str) -> object:
    """The single value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
