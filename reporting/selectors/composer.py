"""What the composer shows of a bilan in preparation: the boxes with their state, and what stands in the way."""

from dataclasses import dataclass
from functools import cached_property

from reporting.bilan import BilanData
from reporting.boxes import Box, Kind, Missing, asked_of
from reporting.changes import says_the_same
from reporting.models import Bilan, Partner
from reporting.selectors.bilan import former_version
from reporting.selectors.lists import examples_offered, own_examples
from territories.models import DepartmentFigures

FILLED, CARRIED, TO_DO, EMPTY = "rempli", "repris du bilan précédent", "à compléter", "vide, facultatif"
COMPUTED = "calculé"
NOTE_DUE = "Des remontées manquent ou ne sont pas validées\u00a0: dites pourquoi le bilan part."
UNCHANGED = "Rien n’a changé depuis la version transmise\u00a0: il n’y a rien à rectifier."
TONES = {FILLED: "success", CARRIED: "info", TO_DO: "warning", EMPTY: "", COMPUTED: ""}


@dataclass(frozen=True)
class BoxState:
    """One box of the circular in a draft: its name, its state, where it is filled (an anchor, or a page's name)."""

    label: str
    state: str
    anchor: str = ""
    page: str = ""

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        return TONES[self.state]


@dataclass(frozen=True)
class Composer:
    """A draft, its boxes and what is missing."""

    bilan: Bilan
    missing: tuple[Missing, ...]
    """What stands in the way of the sending; the reason of the sending is asked by its own page."""
    listed: frozenset[str]
    """The boxes that have a list and something in it."""

    @cached_property
    def boxes(self) -> tuple[BoxState, ...]:
        """The boxes, in the order of the document; the lines of one section are one box."""
        by_title: dict[str, list[Box]] = {}
        for box in asked_of(self.bilan.version):
            by_title.setdefault(box.section if box.kind is Kind.LINE else box.label, []).append(box)
        return tuple(
            BoxState(title, self._state(boxes), anchor=boxes[0].anchor, page=boxes[0].page)
            for title, boxes in by_title.items()
        )

    @property
    def empty(self) -> list[str]:
        """The optional boxes that the bilan prints as « non renseigné »."""
        return [box.label for box in self.boxes if box.state == EMPTY]

    def _state(self, boxes: list[Box]) -> str:
        """The one list of what is missing says it first."""
        names = {box.name for box in boxes}
        waiting = next((item for item in self.missing if item.box in names), None)
        if waiting:
            return CARRIED if waiting.carried else TO_DO
        first = boxes[0]
        if first.kind is Kind.COMPUTED:
            return COMPUTED
        filled = (
            any(self.bilan.texts[box.name].strip() for box in boxes) if first.is_typed else first.name in self.listed
        )
        return FILLED if filled else EMPTY


def composer_for(bilan: Bilan, data: BilanData | None = None) -> Composer:
    """The composer of a draft. Four queries at most, and another for a rectificatif whose value is already built.

    Without its value, whether a rectificatif changes anything is not said.
    """
    department, semester = bilan.department_id, bilan.semester
    figures = DepartmentFigures.objects.filter(department=department, semester=semester).first()
    has = {
        "partners": Partner.objects.filter(department=department).exists(),
        "examples": examples_offered(bilan).filter(in_bilan=True).exists() or own_examples(bilan).exists(),
        "context": figures is not None,
    }
    missing = bilan.missing_boxes(figures)
    if data and _is_unchanged(bilan, data):
        missing += (Missing("", UNCHANGED),)
    return Composer(bilan, missing, frozenset(name for name, filled in has.items() if filled))


def missing_to_send(bilan: Bilan, data: BilanData) -> list[str]:
    """Everything that stands in the way of transmission, in French. One query, another for a rectificatif."""
    missing = bilan.missing_to_transmit()
    if data.needs_note and not bilan.sending_note.strip():
        missing.append(NOTE_DUE)
    if _is_unchanged(bilan, data):
        missing.append(UNCHANGED)
    return missing


def _is_unchanged(bilan: Bilan, data: BilanData) -> bool:
    former = former_version(bilan)
    return former is not None and says_the_same(former, data)
