"""What somebody probably meant by a word that is none of those expected. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches

from french.order import folded

ALIKE = 0.6
"""How much of two words must be the same: one letter out of three may be another."""

LONGEST = 60
"""Characters beyond which nobody typed a word."""


def closest(text: str, options: Iterable[str]) -> str:
    """The option that looks most like it, accents and case aside; empty when none does."""
    if len(text) > LONGEST:
        return ""
    by_word = {folded(option): option for option in options}
    found = get_close_matches(folded(text), by_word, n=1, cutoff=ALIKE)
    return by_word[found[0]] if found else ""


def did_you_mean(text: str, options: Iterable[str]) -> str:
    """« Vouliez-vous dire « PME » ? » after a space; empty when nothing looks like it."""
    found = closest(text, options)
    return f" Vouliez-vous dire « {found} »\u00a0?" if found else ""
