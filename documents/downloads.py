"""What is said of a file before one downloads it: what it is about, its format, its size. Pure."""

from dataclasses import dataclass

from french.words import file_size

FORMATS = {
    "pdf": "PDF",
    "xlsx": "Excel (XLSX)",
    "ods": "OpenDocument (ODS)",
    "csv": "CSV",
    "json": "JSON",
}
"""What people call a format of a bilan, by the end of its name."""
NAMES = FORMATS | {"zip": "ZIP"}

SHEETS = ("xlsx", "ods", "csv")
"""Those of what is tables and nothing else."""


@dataclass(frozen=True)
class Download:
    """A file that a page offers."""

    url: str
    subject: str
    """What it is about, which is the text of its link: « Bilan du Pas-de-Calais, 1er semestre 2019, version 2 »."""
    kind: str
    """The end of its name, a key of NAMES."""
    size: int | None = None
    """In bytes; None while it is not made."""

    @property
    def label(self) -> str:
        """The name of its format."""
        return NAMES[self.kind]

    @property
    def detail(self) -> str:
        """What stands under the link: « PDF – 143 ko », « PDF » alone of a file that is still to be made."""
        return self.label if self.size is None else f"{self.label} – {file_size(self.size)}"
