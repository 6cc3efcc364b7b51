"""Reads the environment variables of the settings; a missing or unsafe one stops the start with one sentence."""

import os
import re
import secrets
from collections.abc import Collection
from datetime import date
from email.utils import parseaddr
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

ENVIRONMENTS = ("production", "demo", "test")
SHORTEST_SECRET = 50
"""Characters; Django's own check warns below."""
FULL_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
"""At least a name and its domain; no leading dot, which would serve every name below."""
SHARED_SUFFIXES = frozenset({"gouv.fr", "asso.fr", "com.fr"})
"""Domains under which strangers have names too."""
NOBODY_S_DOMAINS = (".example", "example.com", "example.org", "example.net", ".invalid", ".localhost")
"""Reserved for examples (RFC 2606): no portal answers there and no mail arrives."""


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
    """The secret key of production, refused when somebody could guess it."""
    key = required("DJANGO_SECRET_KEY", "elle signe les sessions et les liens de réinitialisation")
    if len(key) < SHORTEST_SECRET or key.startswith("django-insecure-") or _follows_a_pattern(key):
        raise ImproperlyConfigured(f"DJANGO_SECRET_KEY est trop faible : {SHORTEST_SECRET} caractères tirés au sort.")
    return key


def _follows_a_pattern(key: str) -> bool:
    """Few characters, the same groups of three over and over, or a row of neighbours: nobody drew these by lot."""
    groups = [key[start : start + 3] for start in range(len(key) - 2)]
    neighbours = sum(abs(ord(one) - ord(other)) <= 1 for one, other in pairwise(key))
    return len(set(key)) < 12 or len(set(groups)) < 0.8 * len(groups) or neighbours > len(key) / 2


def production_hosts() -> list[str]:
    """The host names that may be served, each written in full: neither a wildcard nor a suffix that others share."""
    required("ALLOWED_HOSTS", "les noms de domaine servis, séparés par des virgules")
    hosts = [host.lower() for host in words("ALLOWED_HOSTS")]
    for host in hosts:
        if not FULL_HOST.fullmatch(host) or host in SHARED_SUFFIXES or host.endswith(NOBODY_S_DOMAINS):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS contient « {host} » ; il faut des noms entiers, comme paqte.pas-de-calais.gouv.fr."
            )
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


def production_database() -> str:
    """The address of the database: PostgreSQL, whose locks and guards the portal relies on."""
    value = required("DATABASE_URL", "l’adresse de la base, par exemple postgres:///paqte")
    if not value.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL ne désigne pas PostgreSQL ; SQLite ne sert qu’à l’essai.")
    return value


def mail_address(name: str, why: str) -> str:
    """A required address that can receive mail, perhaps with a name before it; never one that nobody owns."""
    value = required(name, why)
    address = parseaddr(value)[1]
    try:
        validate_email(address)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; il faut une adresse électronique.") from error
    domain = address.rpartition("@")[2].lower()
    if domain.endswith(NOBODY_S_DOMAINS) or "." not in domain:
        raise ImproperlyConfigured(f"{name} vaut « {value} », une adresse d’exemple que personne ne lit.")
    return value


def sentence(name: str, why: str) -> str:
    """A required variable that people will read on a page: words, not a dash that fills the blank."""
    value = required(name, why)
    if sum(character.isalpha() for character in value) < 3:
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; les mentions légales veulent {why}.")
    return value


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
