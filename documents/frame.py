"""What every document on paper says around its content: its metadata, its cover, the line at the top of a page. Pure.

`templates/documents/print.html` and `static/css/document.css` print it; a document extends the first.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cover:
    """The first page, under the bloc-marque of the préfecture."""

    programme: str
    title: str
    subtitle: str
    period: str
    facts: tuple[tuple[str, str], ...]
    """What one looks for first, each with its name: whose it is, which version, for whom."""
    warning: str = ""
    """What a reader must know before anything else: that it is a draft."""


@dataclass(frozen=True)
class Frame:
    """A document, apart from its content."""

    title: str
    """Of the window and of the file."""
    running_title: str
    """At the top of every page but the first."""
    brand: tuple[str, ...]
    """Who writes it, as the bloc-marque says it line after line: « Préfet », « du Pas-de-Calais »."""
    description: str
    written_at: str
    """ISO 8601, for the metadata; never the instant of a second rendering: the same value gives the same bytes."""
    cover: Cover
    is_draft: bool = False
    """Printed PROJET on every page."""

    @property
    def author(self) -> str:
        """« Préfet du Pas-de-Calais »."""
        return " ".join(self.brand)
