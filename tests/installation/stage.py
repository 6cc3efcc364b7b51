"""A portal as a préfecture runs it, on loopback: production settings, PostgreSQL, real mail, TLS ended by a proxy."""

import email
import email.policy
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.installation.tls_proxy import tls_in_front
from tests.production import PRODUCTION
from tests.serving import free_port, run_python, served

HOST = PRODUCTION["ALLOWED_HOSTS"]
"""Resolved to loopback by the browser of the tests alone."""


@dataclass
class PostOffice:
    """Everything that left through SMTP, in its order."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Accept a letter."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.letters.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 OK"


@dataclass(frozen=True)
class Stage:
    """Where the portal answers, and what surrounds it."""

    url: str
    environment: dict[str, str]
    post_office: PostOffice

    def at(self, path: str) -> str:
        """The whole address of `path`."""
        return f"{self.url}{path}"

    def manage(self, *words: str) -> str:
        """What a command of the portal prints."""
        return run_python(self.environment, "manage.py", *words)

    def letter(self, to: str) -> str:
        """The text of the last letter to this address, once everything that waits has left."""
        self.manage("send_mails")
        letters = [letter for letter in self.post_office.letters if letter["To"] == to]
        assert letters, f"aucun courriel à {to} parmi {[letter['To'] for letter in self.post_office.letters]}"
        return str(letters[-1].get_content())

    def link_sent(self, to: str) -> str:
        """The address that the last letter to this person asks to open."""
        return link_in(self.letter(to))


def link_in(text: str) -> str:
    """The first address of the portal in a text."""
    found = re.search(rf"https://{re.escape(HOST)}\S+", text)
    assert found, text
    return found.group()


def installation(
    database: str, folder: Path, static_files: Path, *, front: int = 443, mail: int = 25
) -> dict[str, str]:
    """The variables of an installation behind one proxy that listens on `front`; mail leaves by the port `mail`."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH"}}
    here = {
        "DATABASE_URL": database,
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(64),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail),
        "PAQTE_BASE_URL": f"https://{HOST}:{front}",
        "PAQTE_DATA_DIR": str(folder),
        "PAQTE_SECOND_FACTOR": "1",
        "PAQTE_STATIC_ROOT": str(static_files),
        "TRUSTED_PROXIES": "1",
    }
    typed = {name: value for name, value in PRODUCTION.items() if name != "PAQTE_ENVIRONMENT"}
    return {**kept, **typed, **here}


@contextmanager
def staged(database: str, folder: Path, static_files: Path) -> Iterator[Stage]:
    """Serve a database that is ready, with a post office and a proxy of its own."""
    post_office = PostOffice()
    mail = Controller(post_office, hostname="127.0.0.1", port=free_port())
    port, front = free_port(), free_port()
    environment = installation(database, folder, static_files, front=front, mail=mail.port)
    mail.start()
    try:
        with served(environment, port, host=HOST), tls_in_front(upstream=port, port=front, host=HOST):
            yield Stage(environment["PAQTE_BASE_URL"], environment, post_office)
    finally:
        mail.stop()
