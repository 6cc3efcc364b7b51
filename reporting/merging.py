"""Two people, or two tabs, type the same box of a bilan: what is kept, and what only a person can choose. Pure."""

import hashlib
from collections.abc import Mapping

STAMP_LENGTH = 16


class StaleTexts(Exception):
    """Boxes that somebody else changed since the page was loaded, and that it changed too; nothing was written.

    `theirs` has those boxes as they are stored, by name; `stored` has every box.
    """

    def __init__(self, theirs: Mapping[str, str], stored: Mapping[str, str]) -> None:
        super().__init__("Ce bilan a été modifié ailleurs entre-temps.")
        self.theirs = theirs
        self.stored = stored


def stamp_of(text: str) -> str:
    """What a page carries of a text that it was loaded with, to say later what it stood on.

    A browser sends other line ends, and nothing around the text counts.
    """
    plain = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:STAMP_LENGTH]


def merged(typed: Mapping[str, str], *, seen: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, str]:
    """What to store of the boxes typed. Raises StaleTexts when two people changed one of them.

    `seen` has the stamps of the texts that the page was loaded with; a box without one takes what was typed. A box that
    the page did not touch takes what is stored now.
    """
    theirs = {name: stored[name] for name, mine in typed.items() if _clashes(mine, seen.get(name), stored[name])}
    if theirs:
        raise StaleTexts(theirs, stored)
    return {name: stored[name] if is_untouched(mine, seen.get(name)) else mine for name, mine in typed.items()}


def is_untouched(mine: str, seen: str | None) -> bool:
    """Whether the page sends back the very text that it was loaded with."""
    return seen is not None and stamp_of(mine) == seen


def _clashes(mine: str, seen: str | None, stored: str) -> bool:
    if seen is None or is_untouched(mine, seen) or mine == stored:
        return False
    return seen != stamp_of(stored)
