"""The answers carry the exact headers that are written here; passwords and the database are held as they should."""

import re
import stat
from datetime import date
from pathlib import Path

import psycopg2
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from paqte_portal import environment
from paqte_portal.database import settings_of
from tests.cast import Cast

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


def policy(response: HttpResponseBase) -> list[str]:
    """The directives, whose order the library does not promise."""
    return sorted(response.headers["Content-Security-Policy"].split("; "))


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/contact/", "testserver", 200),
        ("GET", "/tableau-de-bord/", "testserver", 302),
        ("GET", "/contact", "testserver", 301),
        ("GET", "/administration/", "testserver", 302),
        ("GET", "/aucune-page-ici/", "testserver", 404),
        ("GET", "/static/aucun-fichier.css", "testserver", 404),
        ("GET", "/static/css/portal.css", "testserver", 200),
        ("POST", "/contact/", "testserver", 405),
        ("TRACE", "/contact/", "testserver", 405),
        ("GET", "/", "autre.example", 400),
        ("GET", "/healthz", "testserver", 200),
    ],
)
def test_the_headers_of_every_answer_to_a_visitor(
    client: Client, method: str, path: str, host: str, status: int
) -> None:
    response = client.generic(method, path, headers={"host": host})

    assert response.status_code == status
    assert policy(response) == CONTENT_SECURITY_POLICY
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Permissions-Policy"].startswith("camera=()")
    assert "Access-Control-Allow-Origin" not in response.headers
    assert re.fullmatch("[0-9a-f]{12}", response.headers["X-Request-ID"])
    assert ("public" in response.headers["Cache-Control"]) == (path == "/static/css/portal.css")
    response.close()  # a file is read from the disk


def test_an_answer_to_somebody_signed_in_is_not_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.referent)

    answers = [client.get(path) for path in ("/tableau-de-bord/", "/nulle-part/", "/contact/")]

    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 3


@pytest.mark.django_db
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


@pytest.mark.django_db
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


def test_connections_outlive_their_request(tmp_path: Path) -> None:
    # SQLite's last connection to close takes the WAL's index away: on a full disk no page could be read any more.
    assert settings_of("", tmp_path, testing=False)["CONN_MAX_AGE"] is None
    assert settings_of("postgres:///paqte", tmp_path, testing=False)["CONN_MAX_AGE"] == 60


def pragma(statement: str) -> object:
    """The single value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
