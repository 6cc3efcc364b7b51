"""How the French look words up: accents, case and punctuation aside. Both databases order and search by these keys."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
"""Letters that Unicode does not take apart, once in lower case; « ß » is « ss » already then."""

_ASCII_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What separates words, where nothing is to be taken apart: half of what is folded, five times as fast."""

LONGEST = 500
"""Characters of a key: more than the longest name of the portal, less than an index refuses."""


def folded(text: str) -> str:
    """The words of `text` without case, accents or punctuation, one space between: « L’Œuvre (Île-de-Sein) ».

    Ligatures are two letters, digits stay, every apostrophe, hyphen or other sign separates: « l oeuvre ile de sein ».
    """
    if text.isascii():
        return " ".join(text.casefold().translate(_ASCII_SIGNS).split())
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    kept = (character if character.isalnum() else " " for character in letters if not unicodedata.combining(character))
    return " ".join("".join(kept).casefold().split())


def order_key(*texts: str) -> str:
    """What sorts, byte by byte, as a French index does: by the letters, then, between equals, by the accents.

    The tab comes before the space, so that « Lille » stands before « Lille Métropole ».
    """
    letters = "\t".join(folded(text) for text in texts)
    accents = "\t".join(unicodedata.normalize("NFD", text.casefold()) for text in texts)
    return f"{letters}\t{accents}"[:LONGEST]


def search_key(*texts: str) -> str:
    """What a search looks into: every word of the texts, each with a space in front."""
    return "".join(f" {word}" for text in texts for word in folded(text).split())


def searched_words(text: str) -> list[str]:
    """What a typed search looks for, all of it, in any order. A number is found by its beginning, a word anywhere.

    A number typed in groups (« 732 829 320 00074 ») is one; signs alone are looked for as they are, and not found.
    """
    grouped = "".join(text.split())
    words = [grouped] if grouped.isdecimal() else folded(text).split() or text.split()
    return [f" {word}" if word.isdecimal() else word for word in words]
