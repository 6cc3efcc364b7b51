"""What tests read in a page."""

import re


def title_of(html: str) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found
    return found[1].strip()


def text_of(html: str) -> str:
    """What is left without tags, on one line; no-break spaces stay."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))
