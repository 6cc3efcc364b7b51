"""What a bilan says in words, without its figures: the part of the document that changes while one types."""

from dataclasses import dataclass

from reporting.boxes import CHAPTERS, LINES, NARRATIVES, Texts


@dataclass(frozen=True)
class WrittenPage:
    """What the templates of the texts print, read like a `BilanPage`; no figure is counted for it."""

    texts: Texts

    @property
    def chapters(self) -> dict[str, str]:
        """The title of each chapter, by its anchor."""
        return CHAPTERS

    @property
    def referent(self) -> list[tuple[str, str]]:
        """Box 1, line after line."""
        return [(box.title, self.texts[box.name]) for box in LINES]

    @property
    def narratives(self) -> list[tuple[str, str]]:
        """Box 2, text after text."""
        return [(box.title, self.texts[box.name]) for box in NARRATIVES]
