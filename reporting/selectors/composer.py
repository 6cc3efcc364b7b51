"""What the composer shows of a bilan in preparation: the boxes with their state, and what stands in the way."""

from dataclasses import dataclass
from functools import cached_property

from reporting.bilan import BilanData
from reporting.changes import says_the_same
from reporting.models import Bilan
from reporting.selectors.bilan import sent_version
from reporting.selectors.lists import former_bilan
from territories.models import DepartmentFigures

FILLED, CARRIED, TO_DO, COMPUTED = "rempli", "repris du bilan précédent", "à compléter", "calculé"
NOTE_DUE = "Des entreprises n’ont pas répondu ou ne sont pas validées\u00a0: dites pourquoi le bilan part."
TONES = {FILLED: "success", CARRIED: "info", TO_DO: "warning", COMPUTED: ""}


@dataclass(frozen=True)
class Box:
    """One box of the circular: its name, its state, where it is written (an anchor, or the name of a page)."""

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
    def boxes(self) -> tuple[Box, ...]:
        """The boxes, in the order of the document."""
        bilan, data = self.bilan, self.data
        referent = bilan.referent_name and bilan.referent_email
        examples = any(axis.examples for axis in data.axes)
        return (
            Box("L’essentiel", FILLED if bilan.essentials else TO_DO, anchor="id_essentials"),
            Box("Référent du PAQTE", FILLED if referent else TO_DO, anchor="id_referent_name"),
            Box("Organisation du suivi", self._text("organisation"), anchor="id_organisation"),
            Box("Stratégie définie", self._text("strategy"), anchor="id_strategy"),
            Box("Obstacles rencontrés", self._text("obstacles"), anchor="id_obstacles"),
            Box("Entreprises signataires", COMPUTED, anchor="chiffres"),
            Box("Partenaires", FILLED if data.partners else TO_DO, page="bilan_partners"),
            Box("Résultats agrégés", COMPUTED, anchor="chiffres"),
            Box("Exemples d’actions", FILLED if examples else TO_DO, anchor="exemples"),
            Box("Éléments de contexte", self._context(), page="bilan_context"),
        )

    @property
    def done(self) -> int:
        """How many boxes need nothing more."""
        return sum(box.state in {FILLED, COMPUTED} for box in self.boxes)

    @cached_property
    def missing(self) -> list[str]:
        """The boxes that transmission will ask for, in French; the reason of the sending is asked by its own page."""
        return self.bilan.missing_to_transmit()

    def _text(self, name: str) -> str:
        text = getattr(self.bilan, name).strip()
        if not text:
            return TO_DO
        return CARRIED if self.former and text == getattr(self.former, name).strip() else FILLED

    def _context(self) -> str:
        if self.figures is None:
            return TO_DO
        return FILLED if self.figures.confirmed else CARRIED


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
