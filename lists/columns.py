"""The columns of a list: what each says of a row, to the file and to the page, and how it sorts the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Expression, F, Model, OrderBy, Subquery

from french.numbers import NARROW_SPACE
from french.words import NONE, quantity, short_date
from tabular.cells import Cell, Quantity

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Text:
    """Words; `css` keeps a number or an identifier on one line, `note` is a smaller line under them."""

    text: str
    css: str = ""
    note: str = ""
    template: ClassVar[str] = "lists/_text.html"


@dataclass(frozen=True)
class Link:
    """Words that lead to a page, with the same."""

    text: str
    url: str
    css: str = ""
    note: str = ""
    template: ClassVar[str] = "lists/_link.html"


@dataclass(frozen=True)
class Badges:
    """States: a label and a tone each, as the component of badges has them."""

    badges: tuple[tuple[str, str], ...]
    template: ClassVar[str] = "lists/_badges.html"


@dataclass(frozen=True)
class Bar:
    """How far something is: words, the share said at the end, and how much of the bar is full."""

    label: str
    percent: int
    template: ClassVar[str] = "lists/_bar.html"

    @property
    def value(self) -> str:
        """« 25 % »."""
        return f"{self.percent}{NARROW_SPACE}%"


@dataclass(frozen=True)
class Drawn:
    """Anything else, by a template of its own, which finds `context` as `face.context`."""

    template: str
    context: Mapping[str, object]


Term = str | Expression | Subquery[Any]  # Any: the field that it answers
"""What sorts rows: the name of a field, or an expression."""

Face = Text | Link | Badges | Bar | Drawn
"""What the page shows in a cell."""


@dataclass(frozen=True)
class Column(Generic[M]):
    """One column of a list.

    `name` stands in addresses (`?tri=nom`), `title` heads the column, `header` heads that of the file when it has
    another. `value` is what the file holds of a row, `face` what the page shows when it is more than that value.
    `order` sorts the rows upwards: names of fields or expressions; without any, the column does not sort.
    """

    name: str
    title: str
    value: Callable[[M], Cell]
    order: Sequence[Term] = ()
    face: Callable[[M], Face] | None = None
    header: str = ""
    on_page: bool = True
    in_file: bool = True

    @property
    def heading(self) -> str:
        """What heads the column of the file."""
        return self.header or self.title

    def shown(self, row: M) -> Face:
        """What the page shows of a row."""
        return self.face(row) if self.face else as_text(self.value(row))

    def sorting(self, *, down: bool) -> list[OrderBy]:
        """How it sorts the rows; those that say nothing come last either way."""
        terms = [F(term) if isinstance(term, str) else term for term in self.order]
        return [OrderBy(term, descending=down, nulls_last=True) for term in terms]


def as_text(cell: Cell) -> Text:
    """A value as a page prints it: « – » for nothing, numbers and days on one line."""
    match cell:
        case None | "":
            return Text(NONE)
        case str():
            return Text(cell)
        case date():
            return Text(short_date(cell), "portal-number")
        case Quantity():
            return Text(quantity(cell.value, cell.unit), "portal-number")
        case int() | Decimal():
            return Text(quantity(cell), "portal-number")


@dataclass(frozen=True)
class Drawing:
    """A cell of the page, under the title of its column: on a telephone the title stands in front of it."""

    title: str
    face: Face


@dataclass(frozen=True)
class Line(Generic[M]):
    """A row of the page."""

    row: M
    cells: tuple[Drawing, ...] = field(repr=False)


@dataclass(frozen=True)
class Heading:
    """The title of a column, with the address that sorts by it; `sorted` as aria-sort says it."""

    title: str
    url: str = ""
    sorted: str = ""


def line_of(columns: Sequence[Column[Any]], row: M) -> Line[M]:  # Any: of the rows of the same list
    """A row of the page."""
    return Line(row, tuple(Drawing(column.title, column.shown(row)) for column in columns))
