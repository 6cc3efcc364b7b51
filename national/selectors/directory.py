"""The directory of référents: who answers for each préfecture, and since when the agency knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from french.numbers import counted
from national.selectors.board import board
from national.selectors.referents import referents_by_department
from territories.models import Department

LATE, NOBODY = "en-retard", "sans-referent"
SITUATIONS = {LATE: "qui doivent un bilan", NOBODY: "sans référent"}
"""What narrows the directory, by its name in the address."""

PLACES = ("département", "départements")


@dataclass(frozen=True)
class Entry:
    """One territory and the accounts of its référents, in the order of their names."""

    department: Department
    referents: tuple[User, ...]
    is_late: bool
    """Whether a bilan is owed, its day past."""

    def fits(self, situation: str) -> bool:
        """Whether the directory shows it when narrowed so; a word without meaning narrows nothing."""
        return {LATE: self.is_late, NOBODY: not self.referents}.get(situation, True)


@dataclass(frozen=True)
class Directory:
    """What was asked of it, départements first, then the collectivities that have a référent or owe a bilan."""

    entries: tuple[Entry, ...]

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Those with somebody, and those that owe a bilan although nobody is there."""
        return tuple(entry for entry in self.entries if entry.referents or entry.is_late)

    @property
    def alone(self) -> tuple[Department, ...]:
        """The others, which a list of names is enough for."""
        return tuple(entry.department for entry in self.entries if not (entry.referents or entry.is_late))

    @property
    def people(self) -> tuple[User, ...]:
        """Everybody in it."""
        return tuple(person for entry in self.entries for person in entry.referents)

    @property
    def sentence(self) -> str:
        """« 103 référents dans 98 départements ; 3 départements sans référent. »"""
        alone = sum(not entry.referents for entry in self.entries)
        places = len(self.entries) - alone
        told = f"{counted(len(self.people), 'référent', 'référents')} dans {counted(places, *PLACES)}"
        return f"{told}\u00a0; {counted(alone, *PLACES)} sans référent." if alone else f"{told}."


def directory(user: User, on: date, *, region: str = "", situation: str = "") -> Directory:
    """The directory as this person may read it. Five queries."""
    known, people = board(user, on), referents_by_department(user)
    entries = (
        Entry(place, people.get(place.pk, ()), bool(known.owed(place)))
        for place in known.territories
        if not region or place.region_id == region
    )
    return Directory(tuple(entry for entry in _worth_showing(list(entries)) if entry.fits(situation)))


def _worth_showing(entries: Sequence[Entry]) -> Sequence[Entry]:
    """A collectivity need not have a PAQTE: without anybody it is left out."""
    return [entry for entry in entries if entry.department.region_id or entry.referents or entry.is_late]
