"""One step of the entry, read by hand: a Django formset of these lines takes ten times as long to draw."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import BadRequest
from django.http import QueryDict

from conventions import answers
from conventions.actions.submissions import Entry
from conventions.figures import read_figure
from conventions.models import Result
from conventions.selectors.lines import Line, Section
from dsfr_forms.forms import ErrorLink
from dsfr_forms.text import fault_of, tidy
from french.numbers import NumberRefused, format_number
from indicators.specs import Unit

LONGEST_NUMBER = 40
LONGEST_REASON = 255
LONGEST_COMMENT = 1000
LONGEST_VERSION = 10
BOTH = "Vous avez saisi une valeur et coché « sans objet » : gardez l’une des deux réponses."
NO_REASON = "Dites pourquoi cet indicateur est sans objet, par exemple « pas de recrutement ce semestre »."


@dataclass(frozen=True)
class Typed:
    """What the fields of one line hold, as text."""

    value: str = ""
    not_applicable: bool = False
    reason: str = ""
    comment: str = ""
    confirmed: bool = False

    @property
    def answer(self) -> tuple[str, bool, str]:
        """The three fields that make one answer."""
        return (self.value, self.not_applicable, self.reason if self.not_applicable else "")


@dataclass(frozen=True)
class Errors:
    """What is wrong with the fields of one line: a sentence each, empty when nothing is."""

    value: str = ""
    reason: str = ""
    comment: str = ""

    @property
    def by_field(self) -> list[tuple[str, str]]:
        """The fields at fault, with their sentence."""
        return [(name, sentence) for name, sentence in vars(self).items() if sentence]


@dataclass(frozen=True)
class Field:
    """One line with what was typed, what is wrong with it, and what somebody else stored meanwhile."""

    line: Line
    typed: Typed
    loaded: str
    """The answer as the page got it, sent back with the form: what was not touched takes what is stored now."""
    errors: Errors = Errors()
    theirs: str = ""
    their_comment: str = ""

    @property
    def asks_to_confirm(self) -> bool:
        """Whether « C’est exact » is shown: there is a question, or it was ticked before."""
        return bool(self.line.questions) or self.typed.confirmed


class StepForm:
    """The fields of one step, from the database or from what was sent; closed lines are never read."""

    def __init__(self, section: Section, data: QueryDict | None = None) -> None:
        self.section = section
        self.fields = [_field(line, data if line.is_open else None) for line in section.lines]
        self.version = _version(data)

    @property
    def errors(self) -> list[ErrorLink]:
        """The lines of the error summary."""
        return [
            ErrorLink(f"{field.line.anchor}-{name}", f"{field.line.result.label} : {sentence}")
            for field in self.fields
            for name, sentence in field.errors.by_field
        ]

    @property
    def entries(self) -> dict[int, Entry]:
        """What to save, by result. Only when there is no error."""
        return {field.line.pk: _entry(field) for field in self.fields if field.line.is_open}

    def differs_from(self, stored: Mapping[int, Result]) -> bool:
        """Whether something typed here is not what is stored now."""
        return any(
            _touched_differently(field.typed, _was(field), typed_of(stored[field.line.pk]))
            for field in self.fields
            if field.line.pk in stored
        )

    def beside(self, stored: Mapping[int, Result], version: int) -> "StepForm":
        """The same form after somebody saved: untouched fields take what is stored, the others show both."""
        merged = StepForm.__new__(StepForm)
        merged.section, merged.version = self.section, version
        merged.fields = [
            _merged(field, stored[field.line.pk]) if field.line.pk in stored else field for field in self.fields
        ]
        return merged


def typed_of(result: Result) -> Typed:
    """A stored answer as its fields show it."""
    value = "" if result.value is None else format_number(result.value)
    if result.indicator and result.indicator.unit == Unit.YES_NO.value and result.value is not None:
        value = "1" if result.value else "0"
    return Typed(
        value=value,
        not_applicable=result.status == Result.Status.NOT_APPLICABLE,
        reason=result.reason,
        comment=result.comment,
        confirmed=result.confirmed,
    )


def _field(line: Line, data: QueryDict | None) -> Field:
    stored = typed_of(line.result)
    if data is None or not any(f"r{line.pk}-{name}" in data for name in ("value", "na", "loaded")):
        return Field(line, stored, _packed(stored))
    typed = _sent(line.pk, data)
    return Field(line, typed, data.get(f"r{line.pk}-loaded", ""), _errors(line, typed))


def _sent(pk: int, data: QueryDict) -> Typed:
    """The fields of one line as they were sent; the last one wins when a name comes twice."""
    return Typed(
        value=tidy(data.get(f"r{pk}-value", "")).strip(),
        not_applicable=f"r{pk}-na" in data,
        reason=tidy(data.get(f"r{pk}-reason", "")).strip(),
        comment=tidy(data.get(f"r{pk}-comment", "")).strip(),
        confirmed=f"r{pk}-confirmed" in data,
    )


def _errors(line: Line, typed: Typed) -> Errors:
    """One sentence per field that cannot be kept."""
    return Errors(
        value=_value_error(line, typed),
        reason=fault_of(typed.reason, LONGEST_REASON) or (NO_REASON if _lacks_reason(typed) else ""),
        comment=fault_of(typed.comment, LONGEST_COMMENT),
    )


def _lacks_reason(typed: Typed) -> bool:
    return typed.not_applicable and not typed.reason


def _value_error(line: Line, typed: Typed) -> str:
    if typed.value and typed.not_applicable:
        return BOTH
    if len(typed.value) > LONGEST_NUMBER:
        return "Ce nombre est trop long : douze chiffres au plus avant la virgule."
    try:
        read_figure(typed.value, _unit(line))
    except NumberRefused as refusal:
        return str(refusal)
    return ""


def _unit(line: Line) -> Unit:
    """A commitment of the company's own is counted in anything, halves included."""
    return line.spec.unit if line.spec else Unit.DAY


def _entry(field: Field) -> Entry:
    typed = field.typed
    if typed.not_applicable:
        return Entry(Result.Status.NOT_APPLICABLE, reason=typed.reason, comment=typed.comment)
    value = read_figure(typed.value, _unit(field.line))
    # « C’est exact » answers a question about the figure that the page showed, not about one typed since.
    same = typed.value == _was(field).value
    status = Result.Status.UNANSWERED if value is None else Result.Status.VALUE
    return Entry(status, value=value, comment=typed.comment, confirmed=typed.confirmed and same)


def _packed(typed: Typed) -> str:
    return json.dumps([typed.value, typed.not_applicable, typed.reason, typed.comment, typed.confirmed])


def _was(field: Field) -> Typed:
    """The answer as the page had it when it was loaded; nonsense is read as an empty line.

    Raises BadRequest for brackets within brackets without end, which no page writes.
    """
    try:
        value, not_applicable, reason, comment, confirmed = json.loads(field.loaded)
        return Typed(str(value), bool(not_applicable), str(reason), str(comment), bool(confirmed))
    except RecursionError as error:
        raise BadRequest("a field of the page nests too deeply") from error
    except (ValueError, TypeError):
        return Typed()


def _touched_differently(typed: Typed, was: Typed, stored: Typed) -> bool:
    """Whether this person changed something to other than what is stored now."""
    return (
        (typed.answer not in {was.answer, stored.answer})
        or (typed.comment not in {was.comment, stored.comment})
        or (typed.confirmed not in {was.confirmed, stored.confirmed})
    )


def _merged(field: Field, result: Result) -> Field:
    """Put what was typed beside what is stored, field by field."""
    typed, was, stored = field.typed, _was(field), typed_of(result)
    merged = typed
    if typed.answer == was.answer:
        merged = replace(merged, value=stored.value, not_applicable=stored.not_applicable, reason=stored.reason)
    if typed.comment == was.comment:
        merged = replace(merged, comment=stored.comment)
    if typed.confirmed == was.confirmed:
        merged = replace(merged, confirmed=stored.confirmed)
    unit = field.line.spec.unit if field.line.spec else None
    said = answers.answer_text(result.status, result.value, result.reason, unit)
    return replace(
        field,
        line=replace(field.line, result=result),
        typed=merged,
        loaded=_packed(stored),
        errors=Errors(),
        theirs=said if merged.answer != stored.answer else "",
        their_comment=(stored.comment or "aucun commentaire") if merged.comment != stored.comment else "",
    )


def _version(data: QueryDict | None) -> int:
    """The version that the page was loaded with; nonsense is older than any."""
    text = data.get("version", "") if data is not None else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION else -1
