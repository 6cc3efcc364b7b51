"""Template filters and tags, loaded as `portal`: numbers, identifiers, the frame of tables; they decide nothing."""

import uuid
from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dsfr_forms.fields import label_of
from french import words
from french.numbers import identifier

DRAWN = 128
"""As many parts of pages are kept by a process: a hundred kilobytes each at most."""

register = template.Library()
register.filter(label_of)


@register.filter
def given(value: str) -> str:
    """A text, or « non renseigné » in its place."""
    return value or words.NOT_GIVEN


@register.filter
def french(value: Decimal | int | str | None, unit: str = "") -> str:
    """A number as the French write it, with its unit; « non renseigné » for None or ""."""
    return words.quantity(None if value is None or value == "" else Decimal(value), unit)


@register.filter
def change(value: Decimal | None, unit: str = "") -> str:
    """A difference with its sign: +12, −3, =; empty for None."""
    return "" if value is None else words.variation(value, unit)


@register.filter(expects_localtime=True)
def long_date(day: date | None) -> str:
    """A day as one writes it in a letter, that of a moment where the reader is; « non renseigné » for None."""
    return words.NOT_GIVEN if day is None else words.long_date(day)


@register.filter
def siret(value: str) -> str:
    """A SIRET in groups, with no-break spaces."""
    return identifier(value)


@register.filter
def error_title(refused: object) -> str:
    """What the title of a page begins with when something sent to it is refused; nothing when `refused` is empty."""
    return "Erreur – " if refused else ""


@register.simple_tag
def once_key() -> SafeString:
    """The key of one form of one page: what makes a second click the same sending as the first."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
@lru_cache(maxsize=DRAWN)
def drawn(template_name: str, **values: Hashable) -> SafeString:
    """A part of a page drawn once for the same values, whoever reads it (decision 26).

    The values are all that it is drawn from, and equal only when everything that it says is: frozen ones, down to their
    last field. A row of the database is none: it equals what it was before somebody changed it.
    """
    return render_to_string(template_name, values)


@register.simple_block_tag
def table(content: str, *, id: str, caption: str, hint: str = "", css: str = "") -> str:  # noqa: A002  # as HTML says
    """The frame of every table of a page, around its head and its body."""
    frame = {"id": id, "caption": caption, "hint": hint, "css": css, "content": content}
    return render_to_string("components/table.html", frame)


@register.simple_block_tag
def document_table(content: str, *, id: str, caption: str, css: str = "") -> str:  # noqa: A002  # as HTML says
    """The frame of every table of a document, which is read on paper too, where the design system is not."""
    return render_to_string("documents/_table.html", {"id": id, "caption": caption, "css": css, "content": content})


@register.simple_block_tag
def fold(content: str, *, title: str) -> str:
    """A part of a document that a screen shows folded under its title; paper prints it whole, without that title."""
    return render_to_string("documents/_fold.html", {"title": title, "content": content})


@register.simple_block_tag
def empty_state(content: str, *, title: str, action: str = "", url: str = "") -> str:
    """What stands where a list has no row: that there is none, then what to do, with a button when there is one."""
    said = {"title": title, "action": action, "url": url, "content": content}
    return render_to_string("components/empty.html", said)


@register.simple_block_tag
def alert(content: str, *, tone: str, title: str) -> str:
    """A notice in the flow of the page, with its title."""
    return render_to_string("components/alert.html", {"tone": tone, "title": title, "content": content})
