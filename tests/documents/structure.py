"""The structure of a PDF as a screen reader walks it: elements, the content that each holds, and what is outside."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Node = Any
"""An object of the PDF: its kind is known by what it holds."""

Pages = dict[Any, int]
"""The number of each page by its object."""

PAINTING = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}


@dataclass
class Element:
    """One element of the tree."""

    kind: str
    node: Node
    children: list["Element"] = field(default_factory=list)
    content: set[tuple[int, int]] = field(default_factory=set)
    """(page, identifier) of each piece of marked content that it holds itself."""

    def walk(self) -> Iterator["Element"]:
        """It and all that is under it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *kinds: str) -> list["Element"]:
        """Those of these kinds, in the order of reading."""
        return [element for element in self.walk() if element.kind in kinds]


def tree(document: pikepdf.Pdf) -> Element:
    """The structure tree of a document."""
    pages: Pages = {page.objgen: number for number, page in enumerate(document.pages)}
    return _element(document.Root.StructTreeRoot.K[0], pages)


def _element(node: Node, pages: Pages) -> Element:
    element = Element(str(node.S).removeprefix("/"), node)
    for kid in node.get("/K", []):
        if isinstance(kid, int):
            element.content.add((pages[node.Pg.objgen], kid))
        elif "/S" in kid:
            assert kid.P.objgen == node.objgen
            element.children.append(_element(kid, pages))
    return element


def outside(document: pikepdf.Pdf) -> list[str]:
    """What is painted and is neither an artifact nor content of the tree: page and operator, or identifier."""
    told = {piece for element in tree(document).walk() for piece in element.content}
    return [line for number, page in enumerate(document.pages) for line in _strays(number, page, told)]


def _strays(number: int, page: pikepdf.Page, told: set[tuple[int, int]]) -> Iterator[str]:
    marks: list[str] = []
    for operands, operator in instructions(page):
        if operator in {"BMC", "BDC"}:
            marks.append(str(operands[0]))
            identifier = operands[1].get("/MCID") if operator == "BDC" else None
            if identifier is not None and (number, int(identifier)) not in told:
                yield f"page {number + 1}: content {identifier}"
        elif operator == "EMC":
            marks.pop()
        elif operator in PAINTING and not marks:
            yield f"page {number + 1}: {operator}"


def nested(page: pikepdf.Page) -> Iterator[tuple[str, ...]]:
    """The marks inside which each piece of a page stands: one, for an artifact never stands inside the content."""
    marks: list[str] = []
    for operands, operator in instructions(page):
        if operator in {"BMC", "BDC"}:
            marks.append(str(operands[0]))
            yield tuple(marks)
        elif operator == "EMC":
            marks.pop()


def artifacts(page: pikepdf.Page) -> int:
    """How many artifacts of pagination a page has: its head, its foot, a repeated header."""
    marked = (operands for operands, operator in instructions(page) if operator == "BDC")
    return sum(str(tag) == "/Artifact" and str(said.Type) == "/Pagination" for tag, said in marked)


def opened(content: bytes) -> pikepdf.Pdf:
    """The document of these bytes."""
    return pikepdf.open(io.BytesIO(content))


def instructions(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """What draws a page: operands and operator."""
    for instruction in pikepdf.parse_content_stream(page):
        yield list(instruction.operands), str(instruction.operator)
