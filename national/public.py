"""What everybody may read of the bilan of a département: no number from which a company comes out. Pure.

A public version prints the results of the semester, indicator by indicator, and nothing else: no cumul, no comparison,
no number of answers. So the files of two semesters have no number in common, and no sum goes from one to the other.
Two versions of one bilan differ by what firms corrected: a figure that moved is printed again when three firms at least
moved it since each version before, none of them by more than 85 %; what did not move stays printed or hidden.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.specs import IndicatorSpec
from national.suppression import Cell, Company, Key, Sum, Unprotectable, suppress

Given = Mapping[Company, Decimal]
"""By firm (a SIREN)."""
Answers = Mapping[str, Given]
"""By code."""
NOBODY: Given = {}
ZERO = Decimal(0)


@dataclass(frozen=True)
class Law:
    """whole = Σ parts − overlap + a rest, which nothing prints and which anyone computes."""

    whole: str
    parts: tuple[str, ...]
    overlap: tuple[str, ...] = ()
    """What two parts share, if anything."""

    @property
    def rest(self) -> str:
        """The name of what the parts leave."""
        return f"{self.whole} − {' '.join(self.parts)}"

    @property
    def codes(self) -> tuple[str, ...]:
        """What it is about."""
        return self.whole, *self.parts, *self.overlap

    def sum_of(self, where: Hashable) -> Sum:
        """The law in one place."""
        parts = tuple((name, where) for name in (*self.parts, self.rest))
        return Sum((self.whole, where), parts, tuple((name, where) for name in self.overlap))

    def given(self, answers: Answers) -> Given:
        """What each firm gave of the rest."""
        found = dict(answers.get(self.whole, NOBODY))
        for codes, sign in ((self.parts, -1), (self.overlap, 1)):
            for firm, value in ((firm, value) for code in codes for firm, value in answers.get(code, NOBODY).items()):
                found[firm] = found.get(firm, ZERO) + sign * value
        return found


def laws_of(specs: Iterable[IndicatorSpec]) -> tuple[Law, ...]:
    """What the catalogue says of wholes and parts: parts that exclude each other together, the others one by one."""
    known = list(specs)
    return tuple(law for whole in known for law in _laws_of(whole, [one for one in known if whole.code in one.part_of]))


def _laws_of(whole: IndicatorSpec, parts: Sequence[IndicatorSpec]) -> Iterator[Law]:
    codes = tuple(part.code for part in parts)
    if whole.overlap and codes:
        yield Law(whole.code, codes, (whole.overlap,))
    elif whole.disjoint_parts and codes:
        yield Law(whole.code, codes)
    else:
        yield from (Law(whole.code, (code,)) for code in codes)


def hidden_in(
    versions: Iterable[Answers], laws: Sequence[Law], questions: Collection[str] = frozenset()
) -> frozenset[str]:
    """The codes that the public version of the last of these versions hides; the same ones always.

    `versions` are all those of one bilan that were sent, the first one first: what the earlier ones print is out.
    `questions` are the codes that are answered by yes or no.
    """
    out: list[tuple[Answers, frozenset[str]]] = []
    for answers in versions:
        # A figure that waited hidden for two versions moved, since it was printed, by what each of them brought.
        held = {code for former, hidden in out for code in _held(former, answers, laws, hidden)}
        held |= {code for code in questions if is_unanimous(answers.get(code, NOBODY))}
        out.append((answers, _hidden(answers, laws, held)))
    return out[-1][1] if out else frozenset()


def _hidden(answers: Answers, laws: Sequence[Law], held: Collection[str]) -> frozenset[str]:
    """What one version hides: what says too much of a firm, what is held, and what keeps these from being computed."""
    known = {code for law in laws for code in law.codes} | set(answers)
    found: set[str] = set()
    for family in families(sorted(known), laws):
        own = [law for law in laws if law.whole in family]
        # In one order: of two choices as good, the same one is made whenever the file is asked for.
        codes = sorted(family & known)
        cells: dict[Key, Cell] = {code: held_cell(answers.get(code, NOBODY), is_held=code in held) for code in codes}
        cells |= {law.rest: Cell.of(law.given(answers), printed=False) for law in own}
        hidden = hidden_of(cells, [Sum(law.whole, (*law.parts, law.rest), law.overlap) for law in own])
        found |= {code for code in codes if code in hidden}
    return frozenset(found)


def hidden_of(cells: Mapping[Key, Cell], sums: Sequence[Sum], shown: Collection[Key] = ()) -> frozenset[Key]:
    """The printed cells to hide beside those that are shown already; all of them where no choice hides one well enough.

    A part that other firms gave than its total has no other table: nobody took from a rest that nobody gave.
    """
    try:
        return suppress(cells, sums, shown=shown)
    except Unprotectable:
        return frozenset(key for key, cell in cells.items() if cell.printed and key not in shown)


def is_unanimous(given: Given) -> bool:
    """Whether every firm answered a question alike: as many yeses as firms, or none, say what each of them answered."""
    return len({value > 0 for value in given.values()}) == 1


def held_cell(given: Given, *, is_held: bool) -> Cell:
    """What these firms gave; what is held is protected as what two of them gave, as it moved or is of one mind."""
    cell = Cell.of(given)
    if not is_held or cell.is_sensitive or not cell.companies:
        return cell
    return replace(cell, companies=2, few=frozenset(sorted(given, key=str)[:2]))


def _held(former: Answers, answers: Answers, laws: Sequence[Law], hidden: Collection[str]) -> frozenset[str]:
    """What a later version may not print, whatever it is: what was hidden and did not move, and what moved too little.

    Too little: the change of a figure, or of what its parts leave, is that of fewer than three firms or nearly of one.
    """
    changes = _changes(_with_rests(former, laws), _with_rests(answers, laws))
    alone = {name for name, given in changes.items() if Cell.of(given).is_sensitive}
    found = {code for code in hidden if code not in changes}
    for family in families([*changes], laws):
        if not family.isdisjoint(alone):
            found |= family & answers.keys() & changes.keys()
    return frozenset(found)


def _with_rests(answers: Answers, laws: Sequence[Law]) -> Answers:
    return {**answers, **{law.rest: law.given(answers) for law in laws}}


def _changes(before: Answers, after: Answers) -> Answers:
    """Which firms changed what they said, and by how much."""
    found: dict[str, Given] = {}
    for name in {*before, *after}:
        old, new = before.get(name, NOBODY), after.get(name, NOBODY)
        firms = [firm for firm in {*old, *new} if old.get(firm) != new.get(firm)]
        if firms:
            found[name] = {firm: new.get(firm, ZERO) - old.get(firm, ZERO) for firm in firms}
    return found


def families(names: Iterable[str], laws: Sequence[Law]) -> list[set[str]]:
    """What laws tie together, rests included; a figure under no law is alone."""
    found = [{name} for name in names]
    for law in laws:
        own = {law.rest, *law.codes}
        tied = [family for family in found if not family.isdisjoint(own)]
        found = [family for family in found if family.isdisjoint(own)] + [own.union(*tied)]
    return found
