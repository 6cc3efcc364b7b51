"""Reads all the journals as one, the last lines first, page after page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from french.order import folded
from journal.sources import SOURCES, Source

LINES_A_PAGE = 50
LINES_AT_A_TIME = 1000
"""Lines that a file reads together."""


@dataclass(frozen=True)
class Line:
    """One line, as a page shows it."""

    at: datetime
    past: str
    author: str
    subject: str
    url: str
    detail: str


@dataclass(frozen=True)
class Mark:
    """Where a page ends: its last line, by its instant, the place of its journal among the others, and its key.

    Pages are not numbered: counting every line of a département would take longer than reading some.
    """

    at: datetime
    place: int
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.place}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark that an address holds; None where it holds none."""
        at, place, key = [*text.split("~"), "", "", ""][:3]
        try:
            instant, known = datetime.fromisoformat(at).astimezone(UTC), SOURCES[int(place)]
            known.model._meta.pk.to_python(key)
        except (ValueError, OverflowError, IndexError, ValidationError):
            return None
        return cls(instant, int(place), key) if key and place.isdecimal() else None

    def following(self, place: int, source: Source) -> Q:
        """The lines of this journal that come after it, where the last come first."""
        earlier, same = Q(**{f"{source.at}__lt": self.at}), Q(**{source.at: self.at})
        if place < self.place:
            return earlier
        return earlier | (same & Q(pk__lt=self.key) if place == self.place else same)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; empty is everything. Days are those of the reader."""

    source: str = ""
    act: str = ""
    who: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    after: Mark | None = None


@dataclass(frozen=True)
class Page:
    """Some lines, and the mark behind which the next ones are; empty when there are none."""

    lines: tuple[Line, ...]
    after: str = ""


def every_line(asked: Asked, *, reader: User, zone: ZoneInfo) -> Iterator[Line]:
    """All that is asked for, the last lines first, read as they are taken."""
    following: Asked | None = asked
    while following:
        page = read(following, reader=reader, zone=zone, most=LINES_AT_A_TIME)
        yield from page.lines
        following = replace(following, after=Mark.read(page.after)) if page.after else None


def read(asked: Asked, *, reader: User, zone: ZoneInfo, most: int = LINES_A_PAGE) -> Page:
    """A page of at most so many lines of what `reader` may read. One query per journal at most, whatever they hold."""
    found = [
        (place, source, line)
        for place, source in enumerate(SOURCES)
        if source.is_read_by(reader) and asked.source in {"", source.code}
        for line in _narrowed(source, place, asked, reader, zone)[: most + 1]
    ]
    # Each journal comes in order: lines of one instant stay in that of the journals.
    found.sort(key=lambda one: getattr(one[2], one[1].at), reverse=True)
    shown = found[:most]
    if len(found) <= most:
        return Page(tuple(_line(source, line) for _, source, line in shown))
    place, source, last = shown[-1]
    mark = Mark(getattr(last, source.at), place, str(last.pk))
    return Page(tuple(_line(source, line) for _, source, line in shown), after=str(mark))


def _narrowed(
    source: Source, place: int, asked: Asked, reader: User, zone: ZoneInfo
) -> "QuerySet[Any]":  # Any: rows of any journal
    """The lines of one journal that are asked for, in order."""
    rows = source.lines(reader).filter(_when(source, asked, zone))
    if asked.after:
        rows = rows.filter(asked.after.following(place, source))
    if asked.act:
        rows = rows.filter(**{source.act: asked.act}) if source.act else rows
    if asked.who:
        rows = rows.filter(*(Q(by__name_key__contains=word) for word in folded(asked.who).split()))
    if asked.about:
        about = source.about_condition(asked.about, reader)
        rows = rows.none() if about is None else rows.filter(about)
    return rows


def _when(source: Source, asked: Asked, zone: ZoneInfo) -> Q:
    found = Q()
    if asked.since:
        found &= Q(**{f"{source.at}__gte": datetime.combine(asked.since, time(), zone)})
    if asked.until:
        found &= Q(**{f"{source.at}__lt": datetime.combine(asked.until + timedelta(days=1), time(), zone)})
    return found


def _line(source: Source, line: Any) -> Line:  # Any: as above
    subject, url = source.about(line)
    author = line.by.bare_name if line.by else ""
    return Line(getattr(line, source.at), source.past(line), author, subject, url, source.detail(line))
