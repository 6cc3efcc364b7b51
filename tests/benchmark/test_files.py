"""What the files cost: the bilan in PDF beside typst, the same once stored, the national workbook."""

from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from itertools import count

import pytest
from django.urls import reverse

from reporting import renderers
from reporting.bilan import BilanData
from reporting.models import Bilan
from reporting.selectors import bilan_for
from tests.benchmark.measures import absent, against, cpu, peak_memory, timed, within
from tests.benchmark.nation import LAST, OPEN, STEPS, TODAY, Nation, account, greeted, opened
from tests.benchmark.rendering import rendering
from tests.pages import signed_in

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
WHOLE = STEPS[-1]


@pytest.fixture
def draft(nation: Nation) -> Bilan:
    """With a hundred companies."""
    return Bilan.objects.of(nation.home, OPEN).select_related("department")[0]


def test_the_bilan_in_pdf(draft: Bilan) -> None:
    data = bilan_for(draft, TODAY)
    renderers.to_pdf(data)

    spent = cpu(lambda: renderers.to_pdf(data))

    within("bilan en PDF, 100 entreprises : processeur", spent, 2.0)
    if find_spec("typst") is None:
        absent("bilan en PDF, beside typst", "typst n’est pas installé")
        return
    runs = count(1)
    floor = cpu(lambda: typeset(data, mark=str(next(runs))))
    against("bilan en PDF, 100 entreprises", spent, floor, of="typst", budget=10)


FRAME = (
    '#set text(lang: "fr", size: 9pt)',
    '#set page(paper: "a4", header: [Bilan], numbering: "1 / 1")',
    "#show figure: set block(breakable: true)",
)
"""What a page of ours has too: its head, its number, tables that cross pages under their caption."""


def typeset(data: BilanData, *, mark: str) -> bytes:
    """The same words, headings and tables as PDF/UA-1 by typst, without a colour, a rule or a bar.

    It remembers what it laid out: `mark` makes each text a new one.
    """
    words = _Words(mark)
    words.feed(renderers.to_html(data))
    source = "\n\n".join((f"#set document(title: {_quoted(mark)})", *FRAME, *words.blocks)).encode()
    compiled: bytes = import_module("typst").compile(source, pdf_standards="ua-1")
    return compiled


class _Words(HTMLParser):
    """The document in the language of typst: its tables cell by cell, its headings, its other texts as paragraphs."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark
        self.blocks: list[str] = []
        self.rows: list[list[str]] = []
        self.caption = ""
        self.inside = ""
        """The table, the caption or the heading that is being read."""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.inside, self.rows, self.caption = tag, [], ""
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag in {"caption", *HEADINGS}:
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.inside = "table"
        elif tag in HEADINGS:
            self.inside = ""
        elif tag == "table":
            self.inside = ""
            self._table()

    def _table(self) -> None:
        width = max(map(len, self.rows), default=0)
        if not width:
            return
        heads, *body = ([*row, *[""] * (width - len(row))] for row in self.rows)
        cells = ", ".join(_quoted(text) for row in body for text in row)
        table = f"table(columns: {width}, table.header({', '.join(map(_quoted, heads))}), {cells})"
        self.blocks.append(f"#figure({table}, kind: table, caption: {_quoted(self.caption)})")

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        text = f"{' '.join(data.split())} {self.mark}"
        if self.inside == "caption":
            self.caption += text
        elif self.inside == "table":
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += text
        elif self.inside:
            self.blocks.append(f"#heading(level: {HEADINGS.index(self.inside) + 1}, {_quoted(text)})")
        else:
            self.blocks.append(f"#par({_quoted(text)})")


HEADINGS = ("h2", "h3", "h4", "h5")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def test_an_empty_page_while_a_pdf_is_made(nation: Nation, draft: Bilan) -> None:
    data = bilan_for(draft, TODAY)
    alone = greeted(nation).p95

    with rendering(data):
        meanwhile = greeted(nation).p95

    against("page vide pendant qu’un PDF se fait : p95", meanwhile, alone, of="seule", budget=2)


@pytest.mark.parametrize("address", ["version", "dernière"])
def test_the_stored_file(nation: Nation, address: str) -> None:
    found, empty = (nation.at(WHOLE, name).median for name in (address, "bonjour"))

    against(f"bilan en PDF, une fois gardé, {address}", found, empty, of="bonjour", budget=1 / 0.7)


def test_the_national_files(nation: Nation) -> None:
    address = reverse("national_download", args=[LAST, "xlsx"])
    client = signed_in(account("cget"))

    with peak_memory() as grown:
        found = timed(opened(client, address), 3)

    within("classeur national : premier octet", found.median, 2)
    for megabytes in grown:
        within("classeur national : mémoire", megabytes, 150, "Mo")
    absent("bilan national en PDF", "n’existe pas")
