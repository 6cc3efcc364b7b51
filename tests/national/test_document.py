"""The consolidated bilan on paper: every box of every département, who is missing, and a tree that is read aloud."""

import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from pypdf import PdfReader

from national.renderers import to_pdf
from national.renderers.axes import axes_of
from national.value import Consolidated, DepartmentShare
from tests.documents.structure import Element, opened, outside, tree
from tests.national.test_files import FINISTERE, FRANCE, GUYANE
from tests.reporting.reading import text_of

NARRATIVES = ("L’essentiel", "Organisation retenue", "Stratégie définie", "Obstacles rencontrés")


@pytest.fixture(scope="module")
def paper() -> bytes:
    return to_pdf(FRANCE)


@pytest.fixture(scope="module")
def document(paper: bytes) -> pikepdf.Pdf:
    return opened(paper)


@pytest.fixture(scope="module")
def read(document: pikepdf.Pdf) -> Element:
    return tree(document)


def test_it_gathers_every_box_and_names_who_is_missing(paper: bytes) -> None:
    said = text_of(paper)

    for words in (
        "Bilan national du PAQTE",
        "1 département sur 2 a transmis",
        "les chiffres de 1 entreprise sur 5 sont comptés",
        "1 département où une convention était en vigueur n’a pas transmis",
        "Finistère (29), silencieuse : Ateliers de l’Élorn.",
        "Guyane (973), bilan non transmis : Scierie du Fleuve, Transports du Port.",
        "La liste des entreprises est dans les fichiers",
        *NARRATIVES,
    ):
        assert words in said.replace("\u00a0", " "), words
    assert all(example.title in said for axis in FINISTERE.axes for example in axis.examples)
    assert all(partner.name in said for partner in FINISTERE.partners)
    # Signatories are counted: the names of those that answered are in the files.
    (answered,) = (
        {line.company for line in FINISTERE.signatories}
        - {*FRANCE.total.shares[0].silent}
        - {*FRANCE.total.shares[0].pending}
    )
    assert answered not in said.split("3. Entreprises signataires")[-1].split("4. Associations")[0]


def test_each_figure_says_of_how_many_departements(paper: bytes) -> None:
    # Thirteen that the Finistère gave, and one that one company of two answered.
    assert sum(line.respondents > 0 for line in FINISTERE.lines) == 13
    assert text_of(paper).count("1/2") == 14


def test_it_has_contents_and_bookmarks(paper: bytes) -> None:
    first, *others = PdfReader(io.BytesIO(paper)).outline

    assert str(getattr(first, "title", "")) == "Bilan national du PAQTE"
    assert others


def test_its_tree_is_whole_and_its_headings_are_nested(document: pikepdf.Pdf, read: Element) -> None:
    levels = [int(element.kind[1]) for element in read.all("H1", "H2", "H3", "H4")]

    assert outside(document) == []
    assert levels[0] == 1
    assert [(one, other) for one, other in pairwise(levels) if other > one + 1] == []


def test_the_same_value_gives_the_same_bytes(paper: bytes) -> None:
    assert to_pdf(FRANCE) == paper


def test_a_country_without_a_bilan_says_so() -> None:
    empty = replace(FRANCE.total, shares=(), figures=(), ratios=(), missing=(GUYANE,))

    said = text_of(to_pdf(Consolidated(empty, (), ())))

    assert "Aucun bilan n’est transmis" in said.replace("\u00a0", " ")
    assert "Aucun département n’a transmis de bilan" in said


def test_the_title_of_an_axis_concludes_nothing_from_too_few_companies() -> None:
    few = axes_of(FRANCE)
    enough = axes_of(replace(FRANCE, total=replace(FRANCE.total, missing=(), shares=(_whole(FRANCE.total.shares[0]),))))

    said = {axis.chart.title.partition("\u00a0: ")[2] for axis in few if axis.chart.bars}
    assert said == {"chiffres de 1 entreprise sur 5"}
    assert [axis.chart.title for axis in enough if axis.chart.bars] != []
    assert all("chiffres de" not in axis.chart.title for axis in enough)


def _whole(share: DepartmentShare) -> DepartmentShare:
    """As if four companies of five had answered: eighty percent, and no less."""
    return replace(share, expected=5, received=4, validated=4)


def test_what_stands_beside_the_totals_is_listed_with_its_departement(paper: bytes) -> None:
    said = " ".join(text_of(paper).replace("\u00a0", " ").replace("\u00ad", "").split())
    groups = {item.group_name for item in FINISTERE.overlaps if item.matters}

    assert groups
    assert FINISTERE.specific
    assert "Finistère (29) : brut, recoupement et net" in said
    assert "Finistère (29) : comptés ailleurs aussi" in said
    assert all(f"{name} : " in said for name in groups)
    assert all(line.label in said and f"{line.company}, Finistère (29)" in said for line in FINISTERE.specific)
