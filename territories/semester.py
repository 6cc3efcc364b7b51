"""The half-year of the programme, 2019-S1 for January to June 2019: the step at which everything is counted."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from french.words import ordinal

_CODE = re.compile(r"(?P<year>[0-9]{4})-S(?P<half>[12])")


@dataclass(frozen=True, order=True)
class Semester:
    """A calendar half-year; `half` is 1 or 2. Semesters order as time does."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError(f"Un semestre est 1 ou 2, pas {self.half}.")
        if not 1900 <= self.year <= 2999:
            raise ValueError(f"L’année {self.year} est hors du calendrier du programme.")

    def __hash__(self) -> int:
        """Quicker than that of a tuple: cells are looked up by semester, thousands to a page."""
        return 2 * self.year + self.half

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read "2019-S1". Raises ValueError, with a French sentence, for anything else."""
        match = _CODE.fullmatch(code)
        if not match:
            raise ValueError(f"« {code} » n’est pas un semestre. Écrivez par exemple 2019-S1.")
        return cls(int(match["year"]), int(match["half"]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """The semester in which `day` falls."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @cached_property
    def start(self) -> date:
        """First day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @cached_property
    def end(self) -> date:
        """Last day, included."""
        return self.next.start - timedelta(days=1)

    @cached_property
    def next(self) -> "Semester":
        """The semester after this one."""
        return Semester(self.year, 2) if self.half == 1 else Semester(self.year + 1, 1)

    @cached_property
    def previous(self) -> "Semester":
        """The semester before this one."""
        return Semester(self.year - 1, 2) if self.half == 1 else Semester(self.year, 1)

    @property
    def label(self) -> str:
        """As one writes it in a letter: « 1er semestre 2019 »."""
        return f"{ordinal(self.half)} semestre {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-S{self.half}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
