"""What each column of figures means, in one sentence for whoever opens a file. Pure."""

from french.words import NOT_APPLICABLE, NOT_COMPUTABLE, NOT_GIVEN
from reporting.columns import GIVEN, NOTHING

MEANINGS = {
    "kind": "flux\u00a0: s’additionne d’un semestre à l’autre. stock\u00a0: état au dernier jour, ne s’additionne pas. "
    "oui-non\u00a0: entreprises qui ont dit oui. ratio\u00a0: un total rapporté à un autre.",
    "unit_name": "Ce que compte l’indicateur. Ses montants sont en euros, ses ratios en pourcentage.",
    "semester": "Total des remontées validées du semestre\u00a0; stock\u00a0: total des entreprises engagées au "
    "dernier jour\u00a0; oui-non\u00a0: entreprises qui ont dit oui\u00a0; ratio\u00a0: numérateur sur dénominateur.",
    "respondents": "Entreprises qui ont donné une valeur comptée.",
    "not_applicable": "Entreprises qui ont répondu que la question ne les concerne pas.",
    "silent": "Entreprises interrogées dont aucune réponse n’est comptée.",
    "pending": "Parmi les silencieuses, celles qui ont répondu et que la préfecture n’a pas encore validées.",
    "asked": "Entreprises interrogées\u00a0: réponses, sans objet et silencieuses.",
    "previous": "Total du semestre précédent tel qu’il est connu aujourd’hui.",
    "previous_respondents": "Entreprises qui avaient donné une valeur au semestre précédent.",
    "constant": "Différence entre les deux semestres pour les seules entreprises qui ont répondu aux deux.",
    "constant_companies": "Entreprises qui ont répondu aux deux semestres.",
    "arrivals": "Total des entreprises qui répondent ce semestre et n’avaient pas répondu au précédent.",
    "departures": "Total du semestre précédent des entreprises qui ne répondent pas à celui-ci.",
    "revised": "Le semestre précédent tel qu’on le sait, moins ce qui en avait été transmis, fût-ce rien.",
    "last_known": "Stock\u00a0: valeurs du semestre et, des entreprises silencieuses, celle du semestre précédent.",
    "carried": "La part du dernier état connu qui vient du semestre précédent.",
    "carried_companies": "Entreprises dont la valeur vient du semestre précédent.",
    "cumulative": "Total depuis le lancement, de toutes les entreprises qui ont été engagées, même parties depuis.",
    "cumulative_companies": "Entreprises que compte le cumul.",
    "tracked": "Ce que les entreprises qui avaient un objectif ont réalisé pendant qu’elles l’avaient.",
    "expected": "Part des objectifs annuels due depuis le lancement, au prorata des jours en vigueur.",
    "expected_companies": "Entreprises qui avaient un objectif.",
    "rate": "Réalisé suivi rapporté à l’attendu à ce jour.",
    "rate_answered": "Le même sans ce qui est attendu des réponses qui manquent.",
    "holes": "Réponses attendues d’entreprises qui ont un objectif, et qui manquent.",
    "untracked": "Cumul moins réalisé suivi\u00a0: ce que personne n’avait promis.",
    "objective": "Total des trois années des conventions en vigueur au dernier jour\u00a0; de l’année en cours pour "
    "ce qui est compté sans double.",
    "progress": "Ce que ces mêmes conventions ont réalisé.",
    "overall": "Réalisé des conventions en vigueur rapporté à leur objectif.",
    "objective_conventions": "Conventions en vigueur qui ont un objectif.",
    "numerator": "Ratio\u00a0: total des numérateurs des entreprises qui ont donné tous les termes.",
    "denominator": "Ratio\u00a0: total des dénominateurs des mêmes entreprises.",
    "previous_numerator": "Le numérateur du semestre précédent.",
    "previous_denominator": "Le dénominateur du semestre précédent.",
}
"""By the name of the column, which is its key in the JSON file; code and label need none."""

STATUSES = {
    GIVEN: "Le nombre est là.",
    NOT_GIVEN: "Personne ne l’a donné. Ce n’est pas zéro.",
    NOT_APPLICABLE: "Toutes les entreprises interrogées ont répondu que la question ne les concerne pas.",
    NOT_COMPUTABLE: "Des entreprises ont répondu, mais ce qu’il faudrait diviser l’est par zéro.",
    NOTHING: "Il n’y a rien à compter\u00a0: rien n’a été promis, ou aucune entreprise ne se compare.",
}
"""Why a number is there or not."""
