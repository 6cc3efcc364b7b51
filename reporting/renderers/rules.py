"""How figures are counted, told once: a document prints every rule, the page of a figure those of its kind. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from french.numbers import NO_BREAK_SPACE
from indicators.specs import Kind
from reporting.columns import DISTINCT, kind_of
from reporting.figures import RATIO, Figure, RatioFigure

FLUX, STOCK, YES_NO = Kind.FLUX.value, Kind.STOCK.value, Kind.YES_NO.value


@dataclass(frozen=True)
class Rule:
    """One rule, the columns that it explains, and the kinds of figures that follow it."""

    title: str
    text: str
    kinds: frozenset[str]


def _rule(title: str, text: str, *kinds: str) -> Rule:
    for mark in (" ;", " :", "« ", " »"):
        text = text.replace(mark, mark.replace(" ", NO_BREAK_SPACE))
    return Rule(title, text, frozenset(kinds))


RULES = (
    _rule(
        "Réponses",
        "Une entreprise est interrogée dès qu’une de ses conventions est en vigueur un jour du semestre, et une seule "
        "fois si elle renouvelle. « 12/15, 1 s. o. » se lit 12 valeurs sur 15 entreprises interrogées ; 1 a répondu "
        "« sans objet », les autres n’ont pas répondu.",
        *(FLUX, DISTINCT, STOCK, YES_NO, RATIO),
    ),
    _rule(
        "Semestre",
        "Somme de ce que les entreprises ont déclaré et que la préfecture a validé.",
        *(FLUX, DISTINCT),
    ),
    _rule(
        "Semestre, stock",
        "Situation au dernier jour du semestre des entreprises encore engagées ce jour-là. Le dernier état connu "
        "reprend, une seule fois, ce qu’une entreprise silencieuse avait déclaré le semestre précédent.",
        STOCK,
    ),
    _rule(
        "Variation",
        "Différence entre les deux semestres pour les seules entreprises qui ont donné une valeur aux deux ; entre "
        "parenthèses, leur nombre.",
        *(FLUX, DISTINCT, STOCK),
    ),
    _rule(
        "Cumul",
        "Somme de tous les semestres depuis le lancement, de toutes les entreprises qui ont été engagées, même parties "
        "depuis ; entre parenthèses, leur nombre.",
        FLUX,
    ),
    _rule(
        "Réalisé, attendu, taux",
        "L’attendu est la part des objectifs annuels due depuis le lancement, au prorata des jours en vigueur ; le "
        "réalisé, ce que ces mêmes entreprises ont fait ; le taux, l’un sur l’autre. Une réponse manquante reste "
        "attendue, sauf celle d’un semestre encore en cours de collecte. Le reste du cumul est hors objectif.",
        FLUX,
    ),
    _rule(
        "Réalisé, attendu, stock",
        "Dernier état connu des entreprises qui ont un objectif, et cet objectif au dernier jour du semestre.",
        STOCK,
    ),
    _rule(
        "Objectif, avancement",
        "Total des trois années des conventions en vigueur au dernier jour du semestre, et la part que leurs remontées "
        "en ont atteinte.",
        FLUX,
    ),
    _rule(
        "Non dédoublonné",
        "Chaque personne ou lieu n’y compte qu’une fois par entreprise, mais peut revenir d’une entreprise à l’autre. "
        "Il ne s’additionne pas d’un semestre à l’autre : ni cumul, ni taux ; l’objectif est celui de l’année de "
        "convention en cours.",
        DISTINCT,
    ),
    _rule(
        "Oui ou non",
        "Nombre d’entreprises qui ont répondu oui, parmi celles qui ont répondu ce semestre ; chaque semestre a les "
        "siennes, et les deux ne se soustraient pas. Sont attendues celles dont l’objectif est « oui » pour leur année "
        "de convention en cours, et comptées celles d’entre elles qui l’ont dit à un semestre de cette année-là.",
        YES_NO,
    ),
    _rule(
        "Ratio",
        "Somme des numérateurs sur somme des dénominateurs, pour les seules entreprises qui ont donné chaque terme ; "
        "jamais une moyenne de pourcentages. Chaque semestre a ses propres entreprises, dont le nombre est entre "
        "parenthèses.",
        RATIO,
    ),
)


def rules_of(figure: Figure | RatioFigure) -> Mapping[str, str]:
    """What one figure follows, by the columns it explains."""
    return {rule.title: rule.text for rule in RULES if kind_of(figure) in rule.kinds}
