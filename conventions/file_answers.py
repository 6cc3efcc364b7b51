"""Reads what a row of a file answers to one result: the rules of the page, under the names of the file's columns."""

from django.core.exceptions import ValidationError

from conventions.answers import Answer
from conventions.models import Result
from conventions.reading import MUDDLED, Typed, read
from dsfr_forms.text import tidy
from french.order import folded
from tabular.importing import FileRow

ANSWER, VALUE, WHY, COMMENT = "Réponse", "Valeur", "Motif de sans objet", "Commentaire"
COLUMNS = {"value": VALUE, "reason": WHY, "comment": COMMENT}
"""The fields of the page, as the file names them."""
ANSWERS = {
    "valeur": Result.Status.VALUE,
    "sans objet": Result.Status.NOT_APPLICABLE,
    "non renseigne": Result.Status.UNANSWERED,
}


def answer_of(result: Result, row: FileRow) -> Answer:
    """What the row says: a value (0 is one), « sans objet » with its reason, or nothing. Raises ValidationError."""
    said = folded(row.text(ANSWER))
    if said and said not in ANSWERS:
        raise ValidationError({ANSWER: "Réponses possibles\u00a0: valeur, sans objet, non renseigné."})
    typed = _typed(row, said)
    if typed.not_applicable and typed.value:
        raise ValidationError({VALUE: MUDDLED})
    answer, errors = read(typed, result.spec)
    if errors.by_field:
        raise ValidationError({COLUMNS[name]: sentence for name, sentence in errors.by_field})
    if said and ANSWERS[said] != answer.status:
        raise ValidationError({VALUE: MUDDLED})
    return answer


def _typed(row: FileRow, said: str) -> Typed:
    """The cells of a row, as the fields of the page hold them; a reason alone says « sans objet »."""
    value, reason, comment = (tidy(row.text(name)).strip() for name in (VALUE, WHY, COMMENT))
    is_reasoned = bool(reason) and not value and not said
    value = {"oui": "1", "non": "0"}.get(folded(value), value)
    return Typed(value, said == "sans objet" or is_reasoned, reason, comment)
