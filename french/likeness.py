"""How much two words look alike, as PostgreSQL's pg_trgm tells it: a letter too many, one missing, two exchanged."""

ALIKE = 0.4
"""From here on a word is taken for the other with a slip: « fondrie » and « fonderie » are alike at 0.55."""


def likeness(word: str, text: str) -> float:
    """Between 0 and 1, how much `word` looks like the word of `text` that it looks most like. Both are folded."""
    sought = _trigrams(word)
    return max((_shared(sought, _trigrams(other)) for other in text.split()), default=0.0)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _shared(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others)
