"""The words of a file of conventions: its columns, how people head their own, what one writes there, the axes."""

import re
from datetime import date
from decimal import Decimal

from companies.contact_cells import CONTACT, EMAIL
from french.order import folded
from indicators.specs import Axis
from tabular.cells import Cell
from tabular.suggestions import did_you_mean

REFERENCE, SIRET, STARTS_ON, AXES, REASON = "Référence", "SIRET", "Date d’effet", "Axes", "Motif du choix des axes"
STATE, SIGNED_ON = "État", "Signée le"

ALIASES = {
    REFERENCE: ("convention", "reference de la convention", "n convention", "numero de convention"),
    SIRET: ("n siret", "no siret", "numero siret", "numero de siret"),
    STARTS_ON: ("debut", "du", "date de debut", "prise d effet", "date d entree en vigueur"),
    AXES: ("axes retenus", "axe", "axes du paqte"),
    REASON: ("motif", "motif des axes"),
    SIGNED_ON: ("date de signature", "signature"),
}
"""How people head their own tables."""

HINTS = {
    REFERENCE: "Vide pour une nouvelle\u00a0: le portail la numérote. Elle désigne celle que la ligne corrige.",
    SIRET: "Celui de l’entreprise, déjà enregistrée. Avec la date d’effet, il désigne aussi la convention.",
    "Entreprise": "Montrée, jamais lue.",
    STARTS_ON: "Le premier jour des trois ans\u00a0: 08/02/2019, ou 8 février 2019.",
    AXES: "sensibiliser, former, recruter, acheter, séparés par des virgules, ou « tous ».",
    REASON: "Pourquoi seuls certains axes sont retenus, pour une PME ou une TPE.",
    STATE: "Montré, jamais lu\u00a0: un fichier fait des brouillons, la signature s’enregistre dans le portail.",
    SIGNED_ON: "Montrée, jamais lue.",
}

EXAMPLE: dict[str, Cell] = {
    SIRET: "732 829 320 00074",
    STARTS_ON: date(2019, 2, 8),
    AXES: "former, recruter",
    REASON: "Premier engagement d’une petite entreprise",
    "FOR-07 année 1": Decimal(2),
    "FOR-07 année 2": Decimal(3),
    "FOR-07 année 3": Decimal(3),
    "REC-02 année 1": Decimal(1),
    CONTACT: "Alix Terril",
    EMAIL: "alix.terril@entreprise.example",
}
"""The row that shows how."""

AXIS_WORDS = {
    "sensibilisation": Axis.SENSIBILISER,
    "formation": Axis.FORMER,
    "recrutement": Axis.RECRUTER,
    "achat": Axis.ACHETER,
    "achats": Axis.ACHETER,
    **{folded(axis.value): axis for axis in Axis},
}
ALL_AXES = frozenset({"tous", "tous les axes", "les quatre", "les quatre axes", "les 4 axes", "4 axes", "quatre axes"})
"""Folded, as people write them."""

BETWEEN_AXES = re.compile(r"[,;/+\n]|\bet\b")


def read_axes(text: str) -> list[Axis]:
    """« sensibiliser, former » as axes, in the order of the circular. Raises ValueError with a French sentence."""
    if folded(text) in ALL_AXES:
        return list(Axis)
    names = [folded(name) for name in BETWEEN_AXES.split(text) if folded(name)]
    unknown = [name for name in names if name not in AXIS_WORDS]
    if unknown or not names:
        hint = did_you_mean(unknown[0], [axis.value for axis in Axis]) if unknown else ""
        raise ValueError(f"Axes possibles\u00a0: {', '.join(axis.value for axis in Axis)}.{hint}")
    wanted = {AXIS_WORDS[name] for name in names}
    return [axis for axis in Axis if axis in wanted]
