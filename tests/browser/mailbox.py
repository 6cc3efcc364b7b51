"""The mails of the demonstration, as their reader finds them: files of the folder that it writes them to."""

import email
import re
from email import policy

from tests.browser.conftest import Demo

LINK = re.compile(r"https?://\S+")


def letters(demo: Demo, to: str) -> list[str]:
    """The texts of the mails that reached this address, the oldest first."""
    files = sorted((demo.folder / "mails").glob("*"), key=lambda file: file.stat().st_mtime_ns)
    parts = [part for file in files for part in file.read_bytes().split(b"-" * 79) if part.strip()]
    found = [email.message_from_bytes(part.lstrip(), policy=policy.default) for part in parts]
    return [letter.get_content() for letter in found if letter["To"] == to]


def link_in_last(demo: Demo, to: str) -> str:
    """The link of the last mail to this address, at the port where this demonstration answers."""
    path = LINK.findall(letters(demo, to)[-1])[0].split("/", 3)[3]
    return demo.at(f"/{path}")
