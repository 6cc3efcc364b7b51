"""The boxes of a bilan, declared once in the order of the circular: what they are called, who fills them, when. Pure.

A box that is typed has a text field of the same name on the row (`reporting/models/bilan.py`); its line in BOXES is all
that the composer, its form, the list of what is missing, pages, files, the list of changes and the snapshot need.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a box is filled."""

    TEXT = "text"
    """Typed in the composer, in several lines."""
    LINE = "line"
    """Typed in the composer, in one line; the lines of a section make one box of the circular."""
    COMPUTED = "computed"
    """By the portal, from what companies reported."""
    PAGE = "page"
    """On a page of its own."""


@dataclass(frozen=True)
class Box:
    """One box, or one line of a box; `mandatory` is the sentence that asks for it before the bilan leaves."""

    name: str
    label: str
    kind: Kind
    section: str = ""
    """Where it stands in the composer's form."""
    mandatory: str = ""
    carried: bool = False
    """Whether a new bilan takes it over from the one before, to be read again."""
    rectificatif: bool = False
    """Whether it is asked of a version after the first only."""
    printed: str = ""
    """Its title in the document, where it is not its label."""
    filed: str = ""
    """Its title in the files, where it is not its label."""
    help: str = ""
    page: str = ""
    """The name of its own page."""
    shown_at: str = ""
    """Where it is on the page of the composer, when nobody fills it."""

    @property
    def is_typed(self) -> bool:
        """Whether it is a text of the row."""
        return self.kind in {Kind.TEXT, Kind.LINE}

    @property
    def anchor(self) -> str:
        """Where it is on the page of the composer; nowhere for a box on a page of its own."""
        return f"id_{self.name}" if self.is_typed else self.shown_at

    @property
    def title(self) -> str:
        """In the document."""
        return self.printed or self.label

    @property
    def file_title(self) -> str:
        """In the files."""
        return self.filed or self.label


ESSENTIALS = "L’essentiel"
REFERENT = "Référent du PAQTE"
ORGANISATION = "Organisation, stratégie, obstacles"
RECTIFICATION = "Rectification"
REFERENT_DUE = "Indiquez le référent PAQTE et son courriel."

CHAPTERS = {
    "essentiel": ESSENTIALS,
    "rectifications": "Ce que ce rectificatif change",
    "referent": f"1. {REFERENT}",
    "organisation": "2. Organisation, stratégie et obstacles",
    "signataires": "3. Entreprises signataires",
    "partenaires": "4. Associations et acteurs partenaires",
    "resultats": "5. Résultats agrégés et exemples d’actions",
    "contexte": "6. Éléments de contexte",
    "methode": "Méthode et vérification",
}
"""The chapters of the document by their anchor, in its order; those with a number are the circular's boxes."""

BOXES = (
    Box(
        "essentials",
        ESSENTIALS,
        Kind.TEXT,
        ESSENTIALS,
        help="Trois phrases, en première page, pour qui ne lira qu’elles.",
    ),
    Box("referent_name", REFERENT, Kind.LINE, REFERENT, REFERENT_DUE, printed="Nom"),
    Box("referent_job_title", "Fonction du référent", Kind.LINE, REFERENT, printed="Fonction", filed="Fonction"),
    Box(
        "referent_email",
        "Courriel du référent",
        Kind.LINE,
        REFERENT,
        REFERENT_DUE,
        printed="Courriel",
        filed="Courriel",
        help="Format attendu\u00a0: prenom.nom@domaine.fr",
    ),
    Box("referent_phone", "Téléphone du référent", Kind.LINE, REFERENT, printed="Téléphone", filed="Téléphone"),
    Box(
        "organisation",
        "Organisation du suivi",
        Kind.TEXT,
        ORGANISATION,
        "Décrivez l’organisation du suivi et de l’animation.",
        carried=True,
        printed="Organisation retenue pour le suivi et l’animation",
        filed="Organisation du suivi et de l’animation",
        help="Qui suit les conventions, à quel rythme, avec quelles instances.",
    ),
    Box(
        "strategy",
        "Stratégie définie",
        Kind.TEXT,
        ORGANISATION,
        "Décrivez la stratégie définie.",
        carried=True,
        help="Ce qui est visé dans le département, et comment.",
    ),
    Box(
        "obstacles",
        "Obstacles rencontrés",
        Kind.TEXT,
        ORGANISATION,
        "Décrivez les obstacles rencontrés, ou écrivez qu’il n’y en a pas.",
        carried=True,
        help="Ce qui freine. Écrivez qu’il n’y en a pas s’il n’y en a pas.",
    ),
    Box("signatories", "Entreprises signataires", Kind.COMPUTED, shown_at="essentiel"),
    Box("partners", "Partenaires", Kind.PAGE, page="bilan_partners"),
    Box("results", "Résultats agrégés", Kind.COMPUTED, shown_at="essentiel"),
    Box("examples", "Exemples d’actions", Kind.PAGE, page="bilan_examples"),
    Box("context", "Éléments de contexte", Kind.PAGE, carried=True, page="bilan_context"),
    Box(
        "rectification_reason",
        "Motif de la rectification",
        Kind.TEXT,
        RECTIFICATION,
        "Dites pourquoi le bilan est rectifié.",
        rectificatif=True,
        help="Ce que cette version corrige. Il est imprimé.",
    ),
)


@dataclass(frozen=True)
class ContextLine:
    """One figure of box 6: its field in `Context`, the field that says where it comes from, and of when it is."""

    name: str
    label: str
    source: str
    dated: str = ""
    category: str = ""
    """The field that says which of them are counted, when one is asked."""
    reason: str = ""
    """The field that says why the figure is not given, when one is asked."""
    printed: str = ""
    """Its title in the document, where it is not its label."""
    filed: str = ""
    """Its title in the files, where it is not its label."""


CONTEXT = (
    ContextLine("qpv_count", "Nombre de QPV", "qpv_source", printed="Quartiers prioritaires (QPV)"),
    ContextLine(
        "pru_count",
        "PRU d’intérêt national",
        "pru_source",
        printed="Projets de rénovation urbaine d’intérêt national (PRU)",
    ),
    ContextLine("population", "Population des QPV", "population_source", "population_year"),
    ContextLine(
        "defm",
        "Demandeurs d’emploi dans les QPV",
        "defm_source",
        "defm_date",
        "defm_category",
        "defm_reason",
        printed="Demandeurs d’emploi en fin de mois dans les QPV (DEFM)",
        filed="Demandeurs d’emploi des QPV",
    ),
)
"""Box 6, line after line."""

TYPED = tuple(box for box in BOXES if box.is_typed)
LINES = tuple(box for box in TYPED if box.kind is Kind.LINE)
NARRATIVES = tuple(box for box in TYPED if box.section == ORGANISATION)
"""Box 2 of the circular, whatever it is made of."""

Texts = Mapping[str, str]
"""What was typed, by the name of the box."""


def asked_of(version: int) -> tuple[Box, ...]:
    """The boxes of this version: the first one has nothing to rectify."""
    return tuple(box for box in BOXES if version > 1 or not box.rectificatif)


@dataclass(frozen=True)
class Missing:
    """What a bilan waits for before it leaves: the box, and the sentence that asks for it."""

    box: str
    sentence: str
    carried: bool = False
    """Filled from the last bilan, and not read again yet."""

    @property
    def place(self) -> Box | None:
        """Where it is written; nothing for what is said of the whole bilan."""
        return next((box for box in BOXES if box.name == self.box), None)


def missing(texts: Texts, *, version: int, carried: Collection[str] = (), context: str = "") -> tuple[Missing, ...]:
    """The boxes that a bilan waits for, each sentence once, in the order of the boxes.

    `carried` names those taken over and not read again; `context` is what is wrong with box 6, if anything.
    """
    found: dict[str, Missing] = {}
    for box in asked_of(version):
        if box.mandatory and _blank(texts, box):
            found.setdefault(box.mandatory, Missing(box.name, box.mandatory))
        elif box.name in carried:
            found.setdefault(box.name, read_again(box))
        elif box.name == "context" and context:
            found.setdefault(box.name, Missing(box.name, context))
    return tuple(found.values())


def read_again(box: Box) -> Missing:
    """What is asked of a box taken over from the last bilan."""
    return Missing(box.name, f"Relisez « {box.label} », repris du bilan précédent.", carried=True)


def _blank(texts: Texts, box: Box) -> bool:
    return not texts[box.name].strip()
