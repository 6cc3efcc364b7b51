"""The public totals of a semester: which of them are told beside the public versions of the départements. Pure.

The files of the départements are out, or may be: what they print and hide is given. A total that would give away what
one of them hides is not told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from national.public import NOBODY, ZERO, Answers, Given, Law, families, held_cell, hidden_of, is_unanimous
from national.suppression import Cell, Company, Key, Sum

Place = tuple[str, str]
"""A level and a code: (DEPARTMENT, "62"), (REGION, "32"), NATION."""
DEPARTMENT, REGION = "département", "région"
NATION: Place = ("nation", "")


@dataclass(frozen=True)
class PublicPlace:
    """What one département gave, and what its own public version hides of it."""

    code: str
    region: str
    """Empty for a collectivity of no région: it counts in the nation alone."""
    answers: Answers
    hidden: Collection[str]


@dataclass
class _Table:
    """Cells, the sums that anyone knows, and what is out already."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    shown: set[Key] = field(default_factory=set)
    questions: Collection[str] = frozenset()
    """The codes that are answered by yes or no."""

    def total(self, name: str, given: Given, *, printed: bool) -> Cell:
        """What all these firms gave; held where they answered a question alike."""
        cell = held_cell(given, is_held=name in self.questions and is_unanimous(given))
        return replace(cell, printed=printed)


def hidden_totals(
    places: Sequence[PublicPlace], laws: Sequence[Law], questions: Collection[str] = frozenset()
) -> frozenset[tuple[str, Place]]:
    """The codes that are hidden of régions and of the nation; `questions` are those answered by yes or no."""
    codes = {code for place in places for code in place.answers}
    found: set[tuple[str, Place]] = set()
    for family in families(sorted(codes), laws):
        own = [law for law in laws if law.whole in family]
        table = _table(places, family & codes | {code for law in own for code in law.codes}, own, questions)
        totals = {(code, where) for code in family & codes for where in _totals(places)}
        found |= totals & hidden_of(table.cells, table.sums, table.shown)
    return frozenset(found)


def _table(
    places: Sequence[PublicPlace], codes: Iterable[str], laws: Sequence[Law], questions: Collection[str]
) -> _Table:
    """Of the codes that these laws tie together."""
    table = _Table(questions=questions)
    for code in sorted(codes):
        given = {place.code: place.answers.get(code, NOBODY) for place in places}
        for place in places:
            if given[place.code] and code not in place.hidden:
                table.shown.add((code, (DEPARTMENT, place.code)))
        held = {place.code for place in places if code in place.hidden}
        _add(table, code, places, given, held=held)
    for law in laws:
        _add(table, law.rest, places, {place.code: law.given(place.answers) for place in places}, printed=False)
    for where in _wheres(places):
        table.sums += [law.sum_of(where) for law in laws]
    return table


def _add(
    table: _Table,
    name: str,
    places: Sequence[PublicPlace],
    given: Mapping[str, Given],
    *,
    held: Collection[str] = (),
    printed: bool = True,
) -> None:
    """One series: its cells of every place, and that totals are the sums of their parts."""
    parts: dict[Place, list[Place]] = {}
    for place in places:
        where = (DEPARTMENT, place.code)
        table.cells[name, where] = replace(_cell(given[place.code], is_held=place.code in held), printed=printed)
        parts.setdefault((REGION, place.region) if place.region else NATION, []).append(where)
    for region in [one for one in parts if one != NATION]:
        whole = _together(given[code] for _, code in parts[region])
        table.cells[name, region] = table.total(name, whole, printed=printed)
        table.sums.append(Sum((name, region), tuple((name, where) for where in parts[region])))
    table.cells[name, NATION] = table.total(name, _together(given.values()), printed=printed)
    top = [one for one in parts if one != NATION] + parts.get(NATION, [])
    table.sums.append(Sum((name, NATION), tuple((name, where) for where in top)))


def _cell(given: Given, *, is_held: bool) -> Cell:
    """What these firms gave in a département; what it hides for no more than having moved is as if one firm gave it.

    An earlier version printed it: who moved it since is all that is unknown of it, and knows that much of a total.
    """
    cell = Cell.of(given)
    if not is_held or cell.is_sensitive or not cell.companies:
        return cell
    return replace(cell, companies=1, few=frozenset([("one of", *sorted(given, key=str))]))


def _totals(places: Sequence[PublicPlace]) -> list[Place]:
    """The régions, then the nation."""
    return [*dict.fromkeys((REGION, place.region) for place in places if place.region), NATION]


def _together(every: Iterable[Given]) -> Given:
    """A firm of several départements is one."""
    found: dict[Company, Decimal] = {}
    for given in every:
        for firm, value in given.items():
            found[firm] = found.get(firm, ZERO) + value
    return found


def _wheres(places: Sequence[PublicPlace]) -> list[Place]:
    """Every place of a table."""
    return [*((DEPARTMENT, place.code) for place in places), *_totals(places)]
