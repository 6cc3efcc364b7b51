"""Sets the numbers that the country adds up beside the documents that they come from: they must say the same."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from indicators.continuity import NATURE
from national.models import EditionFile
from reporting.bilan import BilanData
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument, BilanFile, SentExample, SentLine, SentText
from reporting.sent_lines import counts_of, examples_sent, lines_of, texts_sent
from territories.fields import KeyField

AT_ONCE = 20
"""Documents in memory: a nation of six semesters is 600 of a few hundred kilobytes."""
FILES_AT_ONCE = 10
"""Files in memory: some are of a few megabytes."""

ALTERED = "les octets du fichier ne sont pas ceux qui ont été gardés"


def disagreements() -> Iterator[str]:
    """One sentence per document or line whose numbers are not the snapshot's, are missing, or are one too many."""
    files = Prefetch("files", BilanFile.objects.select_related("file").defer("file__content"))
    documents = (
        BilanDocument.objects.select_related("bilan", "answers")
        .prefetch_related("lines", "examples", "texts", files)
        .order_by("pk")
    )
    for document in documents.iterator(chunk_size=AT_ONCE):
        data = from_json_value(document.snapshot)
        yield from _misplaced(document, data)
        should_be = {line.code: _numbers(line) for line in lines_of(document, data)}
        kept = {line.code: _numbers(line) for line in document.lines.all()}
        for code in sorted({*should_be, *kept}):
            if should_be.get(code) != kept.get(code):
                yield f"{document.bilan}, {code}\u00a0: {_told(should_be.get(code), kept.get(code))}"
        yield from _unaccounted(document, data)
        yield from _untrue(document, data)
    for bilan in Bilan.objects.transmitted().filter(document=None):
        yield f"{bilan}\u00a0: transmis, et sans document"
    yield from mixed_natures()
    yield from altered_files()


def altered_files() -> Iterator[str]:
    """Every file of a bilan or of a frozen version whose bytes are not those that were kept."""
    kept = BilanFile.objects.select_related("document__bilan", "file").defer("document__snapshot").order_by("pk")
    for of_bilan in kept.iterator(chunk_size=FILES_AT_ONCE):
        if not of_bilan.file.is_intact:
            yield f"{of_bilan.document.bilan}, {of_bilan.kind}\u00a0: {ALTERED}"
    frozen = EditionFile.objects.select_related("edition", "file").order_by("pk")
    for of_edition in frozen.iterator(chunk_size=FILES_AT_ONCE):
        if not of_edition.file.is_intact:
            yield f"{of_edition.edition}, {of_edition.kind}\u00a0: {ALTERED}"


def mixed_natures() -> Iterator[str]:
    """The codes under which lines of several natures were sent: no version of the catalogue may bring that about."""
    told = SentLine.objects.order_by().values("code").annotate(tellings=Count("words", distinct=True))
    several = told.filter(tellings__gt=1).values("code")
    found: dict[str, set[tuple[object, ...]]] = {}
    for code, words in SentLine.objects.filter(code__in=several).order_by().values_list("code", "words").distinct():
        axis, _label, family, names = json.loads(words)
        said = names | {"axis": axis}
        found.setdefault(code, set()).add((family, *(said.get(name) for name in NATURE)))
    for code in sorted(found):
        if len(found[code]) > 1:
            yield f"{code}\u00a0: additionne des chiffres d’axes, de types ou d’unités différents"


def _misplaced(document: BilanDocument, data: BilanData) -> Iterator[str]:
    """Where the country counts a document, who answered, and the fingerprint that it names, when they are others."""
    row, counted = document.bilan, counts_of(data)
    should_be = counted | {
        "department": data.place.code,
        "semester": data.semester,
        "version": data.version,
        "transmitted_at": data.transmitted_at,
        "sha256": next((one.file.sha256 for one in document.files.all() if one.kind == "pdf"), None),
    }
    kept = {name: getattr(document, name) for name in counted} | {
        "department": row.department_id,
        "semester": str(row.semester),
        "version": row.version,
        "transmitted_at": row.transmitted_at,
        "sha256": document.sha256,
    }
    if kept != should_be:
        yield f"{row}\u00a0: {_told(should_be, kept)}"


def _untrue(document: BilanDocument, data: BilanData) -> Iterator[str]:
    """What is told apart of the document in words."""
    told: dict[str, tuple[list[Any], QuerySet[Any]]] = {  # Any: a SentExample or a SentText
        "les exemples": (examples_sent(document, data), document.examples.all()),
        "les textes": (texts_sent(document, data), document.texts.all()),
    }
    for name, (should_be, kept) in told.items():
        if [_numbers(one) for one in kept] != [_numbers(one) for one in should_be]:
            yield f"{document.bilan}\u00a0: {name} ne sont pas ceux du document"


def _unaccounted(document: BilanDocument, data: BilanData) -> Iterator[str]:
    """Figures that are not the sum of what firms gave: a public version would hide the wrong ones."""
    if not hasattr(document, "answers"):
        yield f"{document.bilan}\u00a0: les réponses des entreprises manquent"
        return
    if not document.answers.is_intact:
        yield f"{document.bilan}\u00a0: les réponses des entreprises ne sont pas celles de l’envoi"
    answers = document.answers.by_code
    for code in sorted(answers.keys() - {figure.code for figure in data.figures}):
        yield f"{document.bilan}, {code}\u00a0: des réponses, et pas de chiffre dans le document"
    for figure in data.figures:
        given = sum(answers[figure.code].values()) if figure.code in answers else None
        if figure.semester != given:
            yield f"{document.bilan}, {figure.code}\u00a0: {figure.semester}, et {given} d’après les entreprises"


def _numbers(row: SentLine | SentExample | SentText) -> dict[str, object]:
    """Everything that a row says, but its own key, and the one that is made of its words."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields[1:]
        if not isinstance(field, KeyField)
    }


def _told(should_be: dict[str, object] | None, kept: dict[str, object] | None) -> str:
    if should_be is None:
        return "le document ne l’a pas"
    if kept is None:
        return "absente"
    differing = (name for name, value in should_be.items() if kept[name] != value)
    return ", ".join(f"{name} {kept[name]} au lieu de {should_be[name]}" for name in differing)
