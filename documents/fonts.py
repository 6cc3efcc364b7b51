"""The fonts of documents: ours and no other, so that a document has the same bytes whatever the machine has.

Marianne, then DejaVu Sans for what Marianne does not draw (`static/css/document.css`); what neither draws is replaced.
"""

import importlib
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from french.numbers import NARROW_SPACE, NO_BREAK_SPACE

NO_FONT = Path(__file__).with_name("fonts.conf")
"""A configuration of fontconfig that knows no font of the machine."""

FALLBACK = "fonts/DejaVuSans.woff2"
STYLE = '<link rel="stylesheet" href="css/document_fallback.css">'
UNKNOWN = "\ufffd"
"""Printed for a character that neither font draws."""

RARE = re.compile("[^\\x00-\u017f\u2000-\u206f\u20ac\u2212]")
"""What is worth looking up; Latin letters, figures and punctuation are in both."""


@contextmanager
def our_fonts_only() -> Iterator[None]:
    """Hide the fonts of the machine while WeasyPrint looks for some: fontconfig reads its file for every document.

    Put back after, since the programs that this one starts have their own documents.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_FONT)
    try:
        with warnings.catch_warnings():
            # At its import WeasyPrint warns that the machine has no font: that is what we want.
            warnings.simplefilter("ignore")
            importlib.import_module("weasyprint")
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def printable(html: str) -> str:
    """The same document with what no font draws replaced, and with the fallback font when it needs it.

    PDF/UA forbids the box of a missing glyph, which says nothing. Marianne has no narrow space: what would be made up
    is too thin to part the thousands. The fallback font takes a fifth of a second to read.
    """
    html = html.replace(NARROW_SPACE, NO_BREAK_SPACE)
    if not RARE.search(html):
        return html
    drawn = RARE.sub(lambda found: found[0] if ord(found[0]) in _drawn() else UNKNOWN, html)
    return drawn.replace("</head>", f"{STYLE}</head>", 1)


@cache
def _drawn() -> frozenset[int]:
    """The characters of the fallback font, which has more than ours. Read when a document has a rare one."""
    found = finders.find(FALLBACK)
    if not isinstance(found, str):
        raise FileNotFoundError(FALLBACK)
    return frozenset(importlib.import_module("fontTools.ttLib").TTFont(found).getBestCmap())
