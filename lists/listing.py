"""A list as it is declared, and as an address asks for it: narrowed, sorted, page after page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic

from django.core.paginator import Page, Paginator
from django.db.models import OrderBy, QuerySet
from django.http import QueryDict

from french.numbers import counted
from lists.columns import Column, Heading, Line, M, line_of
from lists.likeness import CLOSENESS, near
from lists.narrowing import SEARCH, Filter, NarrowingForm, Search, form_of

ROWS_A_PAGE = 25

SORT, PAGE, FORMAT = "tri", "page", "format"
"""Words of the address beside the names of the filters: the column, downwards when « - » stands in front."""


def as_it_is(rows: QuerySet[M]) -> QuerySet[M]:
    """Nothing more is loaded with the rows."""
    return rows


@dataclass(frozen=True)
class Listing(Generic[M]):
    """What a list is. The same declaration draws the page, sorts it, narrows it and writes the file.

    `name` names the file and the table, `title` heads the page, `counted` is what a row is called, alone and in number,
    `nothing` what is said when no row is found, `advice` what to try then. `order` is how the list opens, in words of
    the address, then what parts equals. `loaded` adds what the columns read of each row (related rows, counts): a page
    asks it for its own rows only.
    """

    name: str
    title: str
    counted: tuple[str, str]
    columns: Sequence[Column[M]]
    order: tuple[str, ...]
    nothing: str
    advice: str = "Vérifiez ce que vous cherchez, ou effacez les filtres."
    search: Search[M] | None = None
    filters: Sequence[Filter[M]] = ()
    loaded: Callable[[QuerySet[M]], QuerySet[M]] = as_it_is

    @property
    def page_columns(self) -> list[Column[M]]:
        """Those of the page."""
        return [column for column in self.columns if column.on_page]

    @property
    def file_columns(self) -> list[Column[M]]:
        """Those that a file may have."""
        return [column for column in self.columns if column.in_file]


class Asked(Generic[M]):
    """A list as an address asks for it. `rows` are those that the reader may see."""

    def __init__(self, listing: Listing[M], rows: QuerySet[M], query: QueryDict) -> None:
        self.listing, self.query = listing, query
        self.form: NarrowingForm = form_of(listing.search, listing.filters, query)
        self._rows = rows

    @cached_property
    def found(self) -> QuerySet[M]:
        """The rows that the search and the filters keep, as they come."""
        return self._searched[0]

    @property
    def is_near(self) -> bool:
        """Whether nothing has the very words that are looked for, and these rows something close to them."""
        return self._searched[1]

    @cached_property
    def _searched(self) -> tuple[QuerySet[M], bool]:
        """What is found, and whether it is only near. One query when something is looked for."""
        found, asked, search = self._rows, self.form.asked, self.listing.search
        for one in self.listing.filters:
            if value := asked.get(one.name):
                found = one.narrow(found, value)
        if search is None or not (text := asked.get(SEARCH)):
            return found, False
        exact = search.narrow(found, text)
        if not search.key or exact.exists():
            return exact, False
        return near(found, text, search.key), True

    @cached_property
    def ordered(self) -> QuerySet[M]:
        """The same in their order. Equals come as the list opens, so that no page repeats a row of another."""
        sorts = dict.fromkeys([self.sort, *self.listing.order])
        nearest = [f"-{CLOSENESS}"] if self.is_near and not self.sort_asked else []
        return self.found.order_by(*nearest, *(term for sort in sorts for term in self._sorting(sort)), "pk")

    @cached_property
    def sort(self) -> str:
        """How it is sorted, as the address says it; as it opens when the address asks for nothing that exists."""
        wanted = self.query.get(SORT, "")
        known = {column.name for column in self.listing.columns if column.order}
        return wanted if wanted.removeprefix("-") in known else self.listing.order[0]

    @property
    def sort_asked(self) -> str:
        """The same when the address asks for it: what the form of the filters keeps."""
        return self.sort if self.query.get(SORT) == self.sort else ""

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self.found.order_by().count()

    @cached_property
    def page(self) -> Page[M]:
        """The page that the address asks for; the nearest one when there is none of that number."""
        return _Counted(self.ordered.values_list("pk", flat=True), self.count).get_page(self.query.get(PAGE))

    @cached_property
    def lines(self) -> list[Line[M]]:
        """The rows of the page: their keys are sorted first, and these few rows alone are loaded whole."""
        keys = list(self.page)
        if not keys:
            return []
        loaded = {row.pk: row for row in self.listing.loaded(self._rows.order_by().filter(pk__in=keys))}
        columns = self.listing.page_columns
        return [line_of(columns, loaded[key]) for key in keys if key in loaded]

    @property
    def headings(self) -> list[Heading]:
        """The titles of the columns of the page."""
        return [self._heading(column) for column in self.listing.page_columns]

    @cached_property
    def words(self) -> str:
        """What narrows the list, in French, for the title of the page: « PME, « fonderie » »; empty for nothing."""
        asked = self.form.asked
        said = [one.says(asked[one.name]) for one in self.listing.filters if one.name in asked]
        return ", ".join([*said, *([f"«\u00a0{asked[SEARCH]}\u00a0»"] if SEARCH in asked else [])])

    @property
    def others(self) -> list[tuple[str, str]]:
        """What the address says besides, such as a tab: the form of the filters keeps it."""
        ours = {SORT, *self.form.fields}
        return [(name, str(value)) for name, value in without_page(self.query).items() if name not in ours]

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for anything: then there is something to keep under a name."""
        return bool(self.form.asked or self.sort_asked)

    @property
    def sentence(self) -> str:
        """What heads the table, how many of what: « 12 entreprises », « 3 entreprises : PME »."""
        number = counted(self.count, *self.listing.counted)
        close = f" à peu près\u00a0: {self.words}" if self.is_near else f"\u00a0: {self.words}"
        return f"{number}{close}" if self.words else number

    def address(self, **changes: str) -> str:
        """This address with other words in it, from its question mark; a list that changes is read from page one."""
        query = without_page(self.query)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def _sorting(self, sort: str) -> list[OrderBy]:
        name = sort.removeprefix("-")
        column = next(column for column in self.listing.columns if column.name == name)
        return column.sorting(down=sort.startswith("-"))

    def _heading(self, column: Column[M]) -> Heading:
        if not column.order:
            return Heading(column.title)
        up, down = column.name, f"-{column.name}"
        sorted_as = {up: "ascending", down: "descending"}.get(self.sort, "")
        return Heading(column.title, self.address(**{SORT: down if self.sort == up else up}), sorted_as)


def without_page(query: QueryDict) -> QueryDict:
    """What an address says of a list, wherever one is in it: what narrows it, and its order."""
    kept = query.copy()
    for name in (PAGE, FORMAT):
        kept.pop(name, None)
    return kept


class _Counted(Paginator[M]):
    """Pages of rows that are counted already."""

    def __init__(self, rows: QuerySet[M], count: int) -> None:
        super().__init__(rows, ROWS_A_PAGE)
        self.count = count
