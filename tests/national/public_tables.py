"""Random public tables: what companies gave in two semesters, added up by département, région and nation."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from national.suppression import Cell, Key, Sum

NATION = "France"
PLACES = {"01": "A", "02": "A", "03": "A", "11": "B", "12": "B", "21": "C"}
"""Département → région; the last one has one alone."""

Said = tuple[int, int] | None
"""The part and the rest that one company gave in one semester; None is silence."""
Measure = Callable[[Said, Said], int | None]
"""Of what a company gave now, and before."""


def whole(said: Said) -> int | None:
    """What was given."""
    return None if said is None else sum(said)


def in_both(now: Said, before: Said, measure: Callable[[int, int], int]) -> int | None:
    """Of a company that gave in the two semesters."""
    return None if now is None or before is None else measure(sum(now), sum(before))


def cumul(now: Said, before: Said) -> int | None:
    """Of a company that gave in one at least."""
    given = [sum(said) for said in (now, before) if said is not None]
    return sum(given) if given else None


MEASURES: Mapping[str, Measure] = {
    "now": lambda now, _: whole(now),
    "before": lambda _, before: whole(before),
    "part": lambda now, _: None if now is None else now[0],
    "rest": lambda now, _: None if now is None else now[1],
    "stayed": lambda now, before: in_both(now, before, lambda one, _: one),
    "stood": lambda now, before: in_both(now, before, lambda _, other: other),
    "constant": lambda now, before: in_both(now, before, lambda one, other: one - other),
    "arrivals": lambda now, before: whole(now) if before is None else None,
    "departures": lambda now, before: whole(before) if now is None else None,
    "cumul": cumul,
}
UNPRINTED, SIGNED = {"rest", "stayed", "stood"}, {"constant"}
LAWS: Mapping[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "part": (("now", ("part", "rest"), ()),),
    "comparison": (
        ("now", ("stayed", "arrivals"), ()),
        ("before", ("stood", "departures"), ()),
        ("constant", ("stayed",), ("stood",)),
    ),
    "cumul": (("cumul", ("before", "now"), ()),),
}


@dataclass(frozen=True)
class Company:
    """What one company gave."""

    place: str
    now: Said
    before: Said


@dataclass
class PublicTable:
    """Cells and sums, and who is in each cell."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    given: dict[Key, dict[str, int]] = field(default_factory=dict)
    """Company by company: the truth that nobody may find."""
    signed: set[Key] = field(default_factory=set)
    """What may be negative, as every reader knows."""


def table_of(companies: Mapping[str, Company], laws: tuple[str, ...]) -> PublicTable:
    """The table of these companies, each with its département, and the sums that a reader knows."""
    table = PublicTable()
    used = [law for name in laws for law in LAWS[name]]
    for what in dict.fromkeys(name for total, parts, less in used for name in (total, *parts, *less)) or ["now"]:
        _add_territories(table, what, companies)
    for total, parts, less in used:
        for place in _places(companies):
            added, taken = (tuple((name, place) for name in names) for names in (parts, less))
            table.sums.append(Sum((total, place), added, taken))
    return table


def _places(companies: Mapping[str, Company]) -> list[str]:
    own = dict.fromkeys(company.place for company in companies.values())
    return [*own, *dict.fromkeys(PLACES[place] for place in own), NATION]


def _add_territories(table: PublicTable, what: str, companies: Mapping[str, Company]) -> None:
    parts: dict[str, dict[str, None]] = {}
    for place in dict.fromkeys(company.place for company in companies.values()):
        said = {
            name: MEASURES[what](company.now, company.before)
            for name, company in companies.items()
            if company.place == place
        }
        values = {name: value for name, value in said.items() if value is not None}
        for where in (place, PLACES[place], NATION):
            table.given.setdefault((what, where), {}).update(values)
        parts.setdefault(PLACES[place], {})[place] = None
        parts.setdefault(NATION, {})[PLACES[place]] = None
    for where in (*(place for places in parts.values() for place in places), NATION):
        decimals: dict[Hashable, Decimal] = {name: Decimal(value) for name, value in table.given[what, where].items()}
        table.cells[what, where] = Cell.of(decimals, printed=what not in UNPRINTED)
        table.signed |= {(what, where)} if what in SIGNED else set()
    for total, places in parts.items():
        table.sums.append(Sum((what, total), tuple((what, place) for place in places)))


VALUES = st.sampled_from([0, 0, 1, 2, 3, 5, 8, 20, 100, 1000])
SAID = st.one_of(st.none(), st.tuples(VALUES, VALUES), st.tuples(VALUES, VALUES), st.tuples(VALUES, VALUES))


LAWS_DRAWN: list[tuple[str, ...]] = [(), (), ("part",), ("comparison",), ("cumul",), ("part", "cumul")]


@st.composite
def public_tables(draw: st.DrawFn, laws: tuple[str, ...] | None = None) -> PublicTable:
    """Up to ten companies in up to six départements, or seven in three when more laws than territories bind them."""
    used = draw(st.sampled_from(LAWS_DRAWN)) if laws is None else laws
    among, most = (["01", "02", "11"], 7) if used else (sorted(PLACES), 10)
    places = draw(st.lists(st.sampled_from(among), min_size=3, max_size=most))
    companies = {f"{place}-{number}": Company(place, draw(SAID), draw(SAID)) for number, place in enumerate(places)}
    return table_of(companies, used)
