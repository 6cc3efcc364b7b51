"""Pure: read a postcode as people type it."""

import re


def clean_postcode(text: str) -> str:
    """Five digits, or nothing; the département is never read from it. Raises ValueError with a French sentence."""
    digits = re.sub(r"\s", "", text)
    if digits and not re.fullmatch(r"[0-9]{5}", digits):
        raise ValueError("Un code postal compte cinq chiffres, par exemple 62000.")
    return digits
