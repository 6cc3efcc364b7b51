"""Where a word as long as a page may be cut: laid out whole again for each of its lines, it takes a minute. Pure."""

import re

CUT = "\u200b"
"""The zero width space: nothing is drawn, a line may end there."""

TAG = re.compile(r"(<[^>]*>)")
CHARACTER = r"(?:&[a-z0-9#]+;|[^\s&<>])"
LONG = re.compile(CHARACTER + "{100,}")
"""Longer than any name, address or fingerprint."""

PIECE = re.compile(CHARACTER + "{40}")


def cut(html: str) -> str:
    """The same document with cuts in the words that no line can hold, never inside a tag or an entity."""
    if not LONG.search(html):
        return html
    return "".join(part if part.startswith("<") else LONG.sub(_cut, part) for part in TAG.split(html))


def _cut(word: re.Match[str]) -> str:
    return PIECE.sub(lambda piece: piece[0] + CUT, word[0])
