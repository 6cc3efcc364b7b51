"""What the files cost: the bilan in PDF beside typst, the same once stored, the consolidated bilan, the archive."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from secrets import token_bytes
from typing import Any

import pytest
from django.urls import reverse

from documents.models import StoredFile
from national import renderers as national_renderers
from national.selectors.total import consolidated
from national.value import Consolidated
from reporting import renderers
from reporting.bilan import BilanData, Example, PartnerLine
from reporting.models import Bilan, BilanFile
from reporting.selectors import bilan_for
from tests.benchmark.measures import absent, against, cpu, once, peak_memory, timed, within
from tests.benchmark.nation import LAST, OPEN, STEPS, TODAY, Nation, account, greeted
from tests.benchmark.rendering import consolidating, rendering
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


def test_pages_while_the_consolidated_bilan_is_made(nation: Nation) -> None:
    pages = {"accueil d’un référent": nation.referent, "accueil de l’agence": nation.agent}

    with consolidating():
        found = {title: timed(visitor.opens(reverse("dashboard")), 60) for title, visitor in pages.items()}

    for title, timing in found.items():
        within(f"{title} pendant que le bilan national se fait : p95", timing.p95, 0.3)


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


def as_people_write(data: Consolidated) -> Consolidated:
    """The bilans of the set with texts, partners and examples as long as real ones, which the set has not."""
    text = "Le Pacte réunit chaque trimestre les entreprises signataires, les conseils citoyens et les clubs. " * 15
    partners = tuple(PartnerLine(f"Association de quartier {number}", "association", text[:90]) for number in range(8))
    example = Example("Atelier de la Gare", "Visites d’ateliers avec trois collèges", text[:600], publishable=True)
    bilans = (
        replace(
            bilan,
            texts=dict.fromkeys(bilan.texts, text),
            partners=partners,
            axes=tuple(replace(axis, examples=(example,) * 3) for axis in bilan.axes),
        )
        for bilan in data.bilans
    )
    return replace(data, bilans=tuple(bilans))


def test_the_consolidated_bilan_in_pdf(nation: Nation) -> None:
    with peak_memory() as grown:
        made = once(lambda: national_renderers.to_pdf(as_people_write(consolidated(LAST))))

    within("bilan national en PDF, 101 départements", made.median, 60)
    for megabytes in grown:
        within("bilan national en PDF\u00a0: mémoire", megabytes, 1000, "Mo")


def test_the_archive_of_a_semester(nation: Nation) -> None:
    client, address = signed_in(account("cget")), reverse("national_archive", args=[LAST])
    for kind, size in (("pdf", 250_000), ("xlsx", 60_000), ("ods", 60_000), ("csv", 40_000), ("json", 300_000)):
        content = token_bytes(size)
        files = StoredFile.objects.filter(pk__in=BilanFile.objects.filter(kind=kind).values("file"))
        files.update(content=content, sha256=sha256(content).hexdigest())

    def first() -> Iterator[bytes]:
        sent: Any = client.get(address)  # Any: a streamed answer
        parts: Iterator[bytes] = iter(sent.streaming_content)
        assert next(parts).startswith(b"PK")
        return parts

    found = timed(first, 3)
    with peak_memory() as grown:
        for _ in first():
            pass

    within("archive de 101 bilans\u00a0: premier octet", found.median, 2)
    for megabytes in grown:
        within("archive de 101 bilans\u00a0: mémoire", megabytes, 150, "Mo")
