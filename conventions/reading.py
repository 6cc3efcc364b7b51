"""One answer as somebody typed it, on a page or in a file: what is kept of it, or why a field cannot be kept."""

from dataclasses import dataclass

from conventions.answers import Answer
from conventions.figures import read_figure, refusal_of
from conventions.models import Result
from dsfr_forms.text import fault_of
from french.numbers import NumberRefused, format_number
from indicators.specs import IndicatorSpec, Unit

LONGEST_NUMBER = 40
LONGEST_REASON = 255
LONGEST_COMMENT = 1000
BOTH = "Vous avez saisi une valeur et coché « sans objet » : gardez l’une des deux réponses."
MUDDLED = "Une valeur, ou « sans objet », ou rien\u00a0: pas deux à la fois."
NO_REASON = "Dites pourquoi cet indicateur est sans objet, par exemple « pas de recrutement ce semestre »."
TOO_LONG = "Ce nombre est trop long : douze chiffres au plus avant la virgule."


@dataclass(frozen=True)
class Typed:
    """What the fields of one answer hold, as text."""

    value: str = ""
    not_applicable: bool = False
    reason: str = ""
    comment: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Errors:
    """What is wrong with the fields of one answer: a sentence each, empty when nothing is."""

    value: str = ""
    reason: str = ""
    comment: str = ""

    @property
    def by_field(self) -> list[tuple[str, str]]:
        """The fields at fault, with their sentence."""
        return [(name, sentence) for name, sentence in vars(self).items() if sentence]


def read(typed: Typed, spec: IndicatorSpec | None) -> tuple[Answer, Errors]:
    """The answer, and what is wrong: with an error the answer is only good to be shown.

    `spec` is None for a specific commitment, whose unit is free.
    """
    if typed.not_applicable:
        answer = Answer(Result.Status.NOT_APPLICABLE, reason=typed.reason, comment=typed.comment)
        wrong = errors_of(answer, spec)
        return answer, Errors(BOTH if typed.value else "", wrong.reason, wrong.comment)
    value, refusal = None, TOO_LONG if len(typed.value) > LONGEST_NUMBER else ""
    try:
        value = None if refusal else read_figure(typed.value, spec)
    except NumberRefused as refused:
        refusal = str(refused)
    said = Result.Status.UNANSWERED if value is None else Result.Status.VALUE
    answer = Answer(said, value=value, comment=typed.comment, confirmed=typed.confirmed)
    return answer, Errors(value=refusal, comment=errors_of(answer, spec).comment)


def errors_of(answer: Answer, spec: IndicatorSpec | None) -> Errors:
    """Why an answer cannot be kept, wherever it comes from."""
    return Errors(
        value=_value_error(answer, spec),
        reason=_reason_error(answer),
        comment=fault_of(answer.comment, LONGEST_COMMENT),
    )


def typed_of(answer: Answer, spec: IndicatorSpec | None) -> Typed:
    """An answer as its fields show it."""
    value = "" if answer.value is None else format_number(answer.value)
    if spec and spec.unit is Unit.YES_NO and answer.value is not None:
        value = "1" if answer.value else "0"
    return Typed(value, answer.status == Result.Status.NOT_APPLICABLE, answer.reason, answer.comment, answer.confirmed)


def _value_error(answer: Answer, spec: IndicatorSpec | None) -> str:
    if (answer.status == Result.Status.VALUE) != (answer.value is not None):
        return MUDDLED
    return "" if answer.value is None else refusal_of(answer.value, spec)


def _reason_error(answer: Answer) -> str:
    if answer.status != Result.Status.NOT_APPLICABLE:
        return ""
    return fault_of(answer.reason, LONGEST_REASON) or ("" if answer.reason else NO_REASON)
