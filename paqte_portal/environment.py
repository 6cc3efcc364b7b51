"""Reads the environment variables of the settings; a missing or unsafe one stops the start with one sentence."""

import os
import secrets
from collections.abc import Collection
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("production", "demo", "test")
SHORTEST_SECRET = 50
"""Characters; Django's own check warns below."""


def environment_name() -> str:
    """production unless PAQTE_ENVIRONMENT says demo or test."""
    name = os.environ.get("PAQTE_ENVIRONMENT", "production")
    if name not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"PAQTE_ENVIRONMENT vaut « {name} » ; il faut {', '.join(ENVIRONMENTS)}.")
    return name


def required(name: str, why: str) -> str:
    """The variable, or a refusal to start that says what it is for."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"La variable {name} est nécessaire en production : {why}.")
    return value


def words(name: str) -> list[str]:
    """A comma-separated variable as a list without empty entries."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def whole_number(name: str, default: int) -> int:
    """A variable that must be a whole number."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; il faut un nombre entier.")
    return int(value)


def day(name: str, default: str) -> date | None:
    """A variable that holds an ISO date; None when it is empty."""
    value = os.environ.get(name, default)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; il faut une date comme 2020-07-10.") from error


def production_secret() -> str:
    """The secret key of production, refused when it is too short to resist."""
    key = required("DJANGO_SECRET_KEY", "elle signe les sessions et les liens de réinitialisation")
    if len(key) < SHORTEST_SECRET or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"DJANGO_SECRET_KEY est trop faible : {SHORTEST_SECRET} caractères tirés au sort.")
    return key


def production_hosts() -> list[str]:
    """The host names that may be served, never a wildcard."""
    required("ALLOWED_HOSTS", "les noms de domaine servis, séparés par des virgules")
    hosts = words("ALLOWED_HOSTS")
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS ne peut pas valoir « * » en production.")
    return hosts


def base_url(hosts: Collection[str]) -> str:
    """The public address that links of mails begin with: https, one of the hosts served, and nothing behind it."""
    value = required("PAQTE_BASE_URL", "l’adresse publique du portail, par laquelle commencent les liens des courriels")
    address = urlsplit(value)
    if address.scheme != "https" or value.rstrip("/") != f"https://{address.netloc}" or "@" in address.netloc:
        raise ImproperlyConfigured(
            f"PAQTE_BASE_URL vaut « {value} » ; il faut https:// et le nom du portail, rien derrière."
        )
    if address.hostname not in hosts:
        raise ImproperlyConfigured(f"PAQTE_BASE_URL nomme « {address.hostname} », qui n’est pas dans ALLOWED_HOSTS.")
    return value.rstrip("/")


def kept_secret(path: Path) -> str:
    """A key drawn once and kept in a file only its owner can read, so that a restart signs nobody out."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            # Two processes may start together: the first link wins and both then read the same key.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
