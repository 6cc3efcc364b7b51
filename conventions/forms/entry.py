"""One step of the entry, read by hand: a Django formset of these lines takes ten times as long to draw."""

import json
from dataclasses import dataclass, replace

from django.core.exceptions import BadRequest
from django.http import QueryDict

from conventions import answers
from conventions.actions.entry import StaleVersion
from conventions.answers import Answer
from conventions.merging import Merged
from conventions.models import Result
from conventions.reading import Errors, Typed, read, typed_of
from conventions.selectors.lines import Line, SheetSection
from dsfr_forms.forms import ErrorLink
from dsfr_forms.text import tidy

LONGEST_VERSION = 10
NO_ERROR = Errors()


@dataclass(frozen=True)
class Field:
    """One line with what was typed, what is wrong with it, and what somebody else stored meanwhile."""

    line: Line
    typed: Typed
    answer: Answer
    loaded: str
    """The answer as the page got it, sent back with the form: what was not touched takes what is stored now."""
    errors: Errors = NO_ERROR
    theirs: str = ""
    their_comment: str = ""

    @property
    def asks_to_confirm(self) -> bool:
        """Whether « C’est exact » is shown: there is a question, or it was ticked before."""
        return bool(self.line.questions) or self.typed.confirmed


class StepForm:
    """The fields of one step, from the database or from what was sent; closed lines are never read."""

    def __init__(self, section: SheetSection, data: QueryDict | None = None) -> None:
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
    def answers(self) -> dict[int, Answer]:
        """What to save, by result. Only when there is no error."""
        return {field.line.pk: field.answer for field in self.fields if field.line.is_open}

    @property
    def shown(self) -> dict[int, Answer]:
        """What the page was loaded with, by result; nothing where that cannot be read."""
        found = ((field.line, _shown(field.line, field.loaded)) for field in self.fields if field.line.is_open)
        return {line.pk: shown for line, shown in found if shown is not None}

    def loaded_now(self, lines: tuple[Line, ...]) -> dict[str, str]:
        """After a save, the hidden fields of the answers that are stored as they were typed.

        A page that stays open keeps the others: what somebody else wrote there, it has not shown yet.
        """
        stored = {line.pk: line.result for line in lines}
        return {
            f"r{field.line.pk}-loaded": _packed(field.typed)
            for field in self.fields
            if field.line.pk in stored and field.line.is_open and stored[field.line.pk].answer == field.answer
        }

    def beside(self, stale: StaleVersion) -> "StepForm":
        """The same form after somebody saved: untouched fields take what is stored, the others show both."""
        merged = StepForm.__new__(StepForm)
        merged.section, merged.version = self.section, stale.version
        merged.fields = [
            _beside(field, stale.stored[field.line.pk], stale.merged[field.line.pk])
            if field.line.pk in stale.stored
            else field
            for field in self.fields
        ]
        return merged


def _field(line: Line, data: QueryDict | None) -> Field:
    stored = line.result.answer
    if data is None or not any(f"r{line.pk}-{name}" in data for name in ("value", "na", "loaded")):
        typed = typed_of(stored, line.spec)
        return Field(line, typed, stored, _packed(typed))
    typed, loaded = _sent(line.pk, data), data.get(f"r{line.pk}-loaded", "")
    answer, errors = read(typed, line.spec)
    # « C’est exact » answers a question about the figure that the page showed, not about one typed since.
    confirmed = answer.confirmed and answer.said == (_shown(line, loaded) or Answer()).said
    return Field(line, typed, replace(answer, confirmed=confirmed), loaded, errors)


def _sent(pk: int, data: QueryDict) -> Typed:
    """The fields of one line as they were sent; the last one wins when a name comes twice."""
    return Typed(
        value=tidy(data.get(f"r{pk}-value", "")).strip(),
        not_applicable=f"r{pk}-na" in data,
        reason=tidy(data.get(f"r{pk}-reason", "")).strip(),
        comment=tidy(data.get(f"r{pk}-comment", "")).strip(),
        confirmed=f"r{pk}-confirmed" in data,
    )


def _packed(typed: Typed) -> str:
    return json.dumps([typed.value, typed.not_applicable, typed.reason, typed.comment, typed.confirmed])


def _shown(line: Line, loaded: str) -> Answer | None:
    """The answer as the page had it when it was loaded; None for nonsense.

    Raises BadRequest for brackets within brackets without end, which no page writes.
    """
    try:
        value, not_applicable, reason, comment, confirmed = json.loads(loaded)
    except RecursionError as error:
        raise BadRequest("a field of the page nests too deeply") from error
    except (ValueError, TypeError):
        return None
    typed = Typed(str(value), bool(not_applicable), str(reason), str(comment), bool(confirmed))
    answer, errors = read(typed, line.spec)
    return None if errors.by_field else answer


def _beside(field: Field, result: Result, merged: Merged) -> Field:
    """Put what was typed beside what is stored, field by field."""
    stored, unit = result.answer, field.line.spec.unit if field.line.spec else None
    said = answers.answer_text(stored.status, stored.value, stored.reason, unit)
    return replace(
        field,
        line=replace(field.line, result=result),
        typed=typed_of(merged.answer, result.spec),
        answer=merged.answer,
        loaded=_packed(typed_of(stored, result.spec)),
        errors=NO_ERROR,
        theirs=said if merged.said_twice else "",
        their_comment=(stored.comment or "aucun commentaire") if merged.commented_twice else "",
    )


def _version(data: QueryDict | None) -> int:
    """The version that the page was loaded with; nonsense is older than any."""
    text = data.get("version", "") if data is not None else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION else -1
