"""The password of the demonstration accounts: given, or drawn once and kept where only its owner reads."""

import secrets
from pathlib import Path

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""


def demo_password(given: str, file: Path) -> str:
    """`given` when there is one, else the password kept in `file`, drawn at the first call."""
    if given:
        return given
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(_draw(), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _draw() -> str:
    """Four groups of five: easy to copy from a terminal."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
