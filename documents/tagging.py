"""The structure of a PDF made true to PDF/UA-1: what WeasyPrint 70 leaves undone is mended before the file is written.

WeasyPrint builds its tree page by page: a table, a section or a paragraph that crosses a page comes out in two pieces,
a repeated head is read twice, and heads and feet of pages are marked as content of a tree that they are not in. Here
the pieces are joined, what repeats becomes an artifact, and headers say whether they head a row or a column.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pydyf

Node = Any
"""An object of the PDF (`pydyf.Dictionary`), which has no types."""

JOINED = frozenset(
    {"/Art", "/BlockQuote", "/Div", "/L", "/LBody", "/LI", "/NonStruct", "/P", "/Part", "/Sect"}
    | {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
    | {"/Table", "/TBody", "/TD", "/TH", "/THead", "/TR"}
)
"""What is one element however many pages it crosses."""

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


@cache
def remember_sources() -> None:
    """Make WeasyPrint note on each element of the tree the HTML element it comes from: the pieces are known by it.

    The tree is complete when the finisher sees it, and nothing in it says where it comes from: this is the one private
    function that we wrap. Done once per process; it adds an attribute and changes no answer.
    """
    tags: Any = import_module("weasyprint.pdf.tags")
    build = tags._build_box_tree  # noqa: SLF001  # see above

    def remembering(box: Node, *rest: Node) -> Iterator[Node]:
        for element in build(box, *rest):
            if not hasattr(element, "html"):
                element.html, element.box = box.element, box.element_tag
            yield element

    tags._build_box_tree = remembering  # noqa: SLF001


def mend(pdf: Node) -> None:
    """Mend the tree of a PDF whose pages are drawn and which is not written yet."""
    Tree(pdf).mend()


class Tree:
    """The structure tree of one PDF."""

    def __init__(self, pdf: Node) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.parents = self.at(self.root["ParentTree"])["Nums"]
        self.headers: dict[str, Node] = {}
        """The header of the first page for its repetition on the next ones, by its name."""

    def at(self, reference: bytes) -> Node:
        """The object of a reference."""
        return self.pdf.objects[int(reference.split()[0])]

    def children(self, node: Node) -> list[Node]:
        """The elements under a node, without the content that it holds itself."""
        return [self.at(kid) for kid in node["K"] if isinstance(kid, bytes)]

    def mend(self) -> None:
        """Everything, in the order in which each step needs the former."""
        whole = self.at(self.root["K"][0])
        pieces, whole["K"] = self.children(whole), pydyf.Array()
        self.join(whole, pieces)
        for node in list(self.walk(whole)):
            self.describe(node)
        self.set_aside({node.number for node in self.walk(whole)})
        self.pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})

    def join(self, whole: Node, pieces: list[Node]) -> None:
        """Put pieces under `whole`; the piece of an element that is there already goes into it."""
        known = {source_of(child): child for child in self.children(whole)}
        for piece in self.flat(whole, pieces):
            source = source_of(piece)
            begun = known.get(source) if source else None
            if begun is None:
                known[source] = piece
                piece["P"] = whole.reference
                whole["K"].append(piece.reference)
                if source:
                    parts, piece["K"] = self.children(piece), pydyf.Array()
                    self.join(piece, parts)
            elif piece["S"] == "/THead":
                self.repeat(begun, piece)
            else:
                self.join(begun, self.children(piece))

    def flat(self, whole: Node, pieces: list[Node]) -> Iterator[Node]:
        """The pieces without the boxes that layout adds in the name of `whole` itself: its columns, for one."""
        for piece in pieces:
            if (source := source_of(piece)) and source == source_of(whole):
                yield from self.flat(whole, self.children(piece))
            else:
                yield piece

    def repeat(self, head: Node, repetition: Node) -> None:
        """The head of a table on its next page: left out, its cells are those of the first."""
        pairs = zip(self.walk(head), self.walk(repetition), strict=True)
        self.headers |= {again["ID"].string: first["ID"] for first, again in pairs if "ID" in first}

    def walk(self, node: Node) -> Iterator[Node]:
        """A node and all that is under it."""
        yield node
        for child in self.children(node) if "K" in node else ():
            yield from self.walk(child)

    def describe(self, node: Node) -> None:
        """What an element says of itself."""
        if node.get("S") == "/TH":
            node["A"]["Scope"] = SCOPES.get(node.html.get("scope"), "/Column")
        elif node.get("S") == "/TD":
            told = node["A"]["Headers"]
            told[:] = [self.headers.get(header.string, header) for header in told]
        elif node.get("S") == "/Figure":
            node["A"]["BBox"][:] = self.in_points(node)
        elif node.get("S") == "/Link":
            self.name(node)
        elif node.get("S") == "/L" and node.html.tag == "dl":
            self.pair(node)

    def name(self, link: Node) -> None:
        """What a link is called where its words are not read: its words, in place of its address."""
        words = " ".join("".join(link.html.itertext()).split())
        for kid in self.children(link):
            if kid.get("Type") == "/OBJR":
                self.at(kid["Obj"])["Contents"] = pydyf.String(words)

    def in_points(self, figure: Node) -> list[int]:
        """The place of a figure from the foot of its page, in whole points; WeasyPrint writes pixels from its top."""
        left, top, right, bottom = (round(side) * 3 // 4 for side in figure["A"]["BBox"])
        height = round(self.at(figure["Pg"])["MediaBox"][3])
        return [left, height - bottom, right, height - top]

    def pair(self, definitions: Node) -> None:
        """A term is the label of what follows it: one item each, in place of two that nothing ties."""
        terms: list[Node] = []
        for item in self.children(definitions):
            body = next(iter(self.children(item)), None)
            if body and body.html.tag == "dt":
                body["S"] = "/Lbl"
                terms.append(item)
            elif body and terms:
                body["P"] = terms[-1].reference
                terms[-1]["K"].append(body.reference)
        definitions["K"] = pydyf.Array(term.reference for term in terms)

    def set_aside(self, kept: set[int]) -> None:
        """What is marked as content and is not in the tree becomes an artifact: heads and feet, repeated headers."""
        for page, number in enumerate(self.pdf.pages["Kids"][::3]):
            owners = self.parents[2 * page + 1]
            stray = {mcid for mcid, owner in enumerate(owners) if int(owner.split()[0]) not in kept}
            drawn = self.at(self.pdf.objects[number]["Contents"]).stream
            for place, token in enumerate(drawn):
                if isinstance(token, pydyf.Dictionary) and token.get("MCID") in stray:
                    drawn[place - 1], drawn[place] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
            owners[:] = [b"null" if mcid in stray else owner for mcid, owner in enumerate(owners)]
        for node in self.pdf.objects:
            if isinstance(node, pydyf.Dictionary) and node.get("Type") == "/StructElem" and node.number not in kept:
                node.clear()


def source_of(piece: Node) -> tuple[str, str, Node] | None:
    """What two pieces of one element have in common; None for what is never cut."""
    html = getattr(piece, "html", None)
    return None if html is None or piece["S"] not in JOINED else (piece["S"], piece.box, html)
