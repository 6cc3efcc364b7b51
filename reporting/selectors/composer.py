"""What the composer shows of a bilan in preparation: the boxes with their state, and what stands in the way."""

from dataclasses import dataclass
from functools import cached_property

from reporting.bilan import BilanData
from reporting.boxes import Box, Kind, asked_of
from reporting.changes import says_the_same
from reporting.models import Bilan
from reporting.selectors.bilan import sent_version
from reporting.selectors.lists import former_bilan
from territories.models import DepartmentFigures

FILLED, CARRIED, TO_DO, COMPUTED = "rempli", "repris du bilan précédent", "à compléter", "calculé"
NOTE_DUE = "Des entreprises n’ont pas répondu ou ne sont pas validées\u00a0: dites pourquoi le bilan part."
TONES = {FILLED: "success", CARRIED: "info", TO_DO: "warning", COMPUTED: ""}


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
    """A draft, its live figures, its boxes and what is missing."""

    bilan: Bilan
    data: BilanData
    former: Bilan | None
    figures: DepartmentFigures | None

    @cached_property
    def boxes(self) -> tuple[BoxState, ...]:
        """The boxes, in the order of the document; the lines of one section are one box."""
        by_title: dict[str, list[Box]] = {}
        for box in asked_of(1):
            by_title.setdefault(box.section if box.kind is Kind.LINE else box.label, []).append(box)
        return tuple(
            BoxState(title, self._state(boxes), anchor=boxes[0].anchor or f"id_{boxes[0].name}", page=boxes[0].page)
            for title, boxes in by_title.items()
        )

    @property
    def done(self) -> int:
        """How many boxes need nothing more."""
        return sum(box.state in {FILLED, COMPUTED} for box in self.boxes)

    @cached_property
    def missing(self) -> list[str]:
        """The boxes that transmission will ask for, in French; the reason of the sending is asked by its own page."""
        return self.bilan.missing_to_transmit()

    def _state(self, boxes: list[Box]) -> str:
        first = boxes[0]
        if first.kind is Kind.COMPUTED:
            return COMPUTED
        if not first.is_typed:
            return self._listed[first.name]
        due = [box for box in boxes if box.mandatory] or boxes
        if not all(self.bilan.texts[box.name].strip() for box in due):
            return TO_DO
        return CARRIED if all(map(self._is_carried, due)) else FILLED

    def _is_carried(self, box: Box) -> bool:
        same = self.former and self.former.texts[box.name].strip() == self.bilan.texts[box.name].strip()
        return bool(box.carried and same)

    @property
    def _listed(self) -> dict[str, str]:
        """The state of the boxes that are not a text."""
        examples = any(axis.examples for axis in self.data.axes)
        context = TO_DO if self.figures is None else FILLED if self.figures.confirmed else CARRIED
        return {
            "partners": FILLED if self.data.partners else TO_DO,
            "examples": FILLED if examples else TO_DO,
            "context": context,
        }


def composer_for(bilan: Bilan, data: BilanData) -> Composer:
    """The composer of a draft whose value is already built. Two queries."""
    figures = DepartmentFigures.objects.filter(department=bilan.department_id, semester=bilan.semester).first()
    return Composer(bilan, data, former_bilan(bilan), figures)


def missing_to_send(bilan: Bilan, data: BilanData) -> list[str]:
    """Everything that stands in the way of transmission, in French; one query for a rectificatif."""
    missing = bilan.missing_to_transmit()
    if data.needs_note and not bilan.sending_note.strip():
        missing.append(NOTE_DUE)
    former = sent_version(bilan, bilan.version - 1) if bilan.version > 1 else None
    if former and says_the_same(former, data):
        missing.append("Rien n’a changé depuis la version transmise\u00a0: il n’y a rien à rectifier.")
    return missing
