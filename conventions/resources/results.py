"""What a file may say of results, under French headers; never a state, never another's row."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import copy
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field

from companies.scoped_resource import OUTSIDE, ScopedResource
from conventions.actions.entry import Saving, reopened_in, save_results, strays
from conventions.answers import Answer
from conventions.file_answers import ANSWER, COMMENT, VALUE, WHY, answer_of
from conventions.issues import History, unusual
from conventions.models import Result, Submission
from french.numbers import format_number
from tabular.importing import Draft, FileRow
from territories.semester import Semester
from workflows.tables import TransitionRefused

REFERENCE, SEMESTER, INDICATOR = "Référence", "Semestre", "Indicateur"


class ResultResource(ScopedResource):
    """Results by (reference, semester, code of the indicator); rows exist already, a file only answers them."""

    title = "Importer des résultats"
    page = "result_import"
    home = ("Résultats", "submission_list")
    file_name = "resultats"
    aliases = {"convention": REFERENCE, "code": INDICATOR, "resultat": VALUE, "motif": WHY}
    needed = (REFERENCE, SEMESTER, INDICATOR, VALUE)
    hints: ClassVar[Mapping[str, str]] = {
        REFERENCE: "Celle de la convention\u00a0: PAQTE-62-2019-001.",
        "Entreprise": "Montrée, jamais lue.",
        SEMESTER: "2020-S1 pour le premier semestre 2020.",
        INDICATOR: "Son code, comme au catalogue.",
        "Libellé": "Montré, jamais lu.",
        ANSWER: "valeur, sans objet ou non renseigné\u00a0; vide, la valeur le dit.",
        VALUE: "Un nombre, ou oui ou non\u00a0; 0 est une réponse, vide n’en est pas une.",
        WHY: "Obligatoire quand la réponse est «\u00a0sans objet\u00a0».",
        "État de la remontée": "Montré, jamais lu.",
    }
    several_lines = frozenset({COMMENT})

    reference = Field("submission__convention__reference", REFERENCE, readonly=True)
    company = Field("company__name", "Entreprise", readonly=True)
    semester = Field("semester", SEMESTER, readonly=True)
    indicator = Field("indicator__code", INDICATOR, readonly=True)
    label = Field("indicator__label", "Libellé", readonly=True)
    status = Field("status", ANSWER)
    value = Field("value", VALUE)
    reason = Field("reason", WHY)
    comment = Field("comment", COMMENT)
    state = Field("submission__state_label", "État de la remontée", readonly=True)

    class Meta:
        model = Result
        fields = (
            "reference",
            "company",
            "semester",
            "indicator",
            "label",
            "status",
            "value",
            "reason",
            "comment",
            "state",
        )

    def get_queryset(self) -> QuerySet[Result]:
        rows = Result.objects.visible_to(self.user).of_catalogue()
        related = rows.select_related(
            "company__department", "submission__convention", "submission__company", "submission__campaign", "indicator"
        )
        return related.order_by("submission__convention__reference", "semester", "indicator__position")

    def subject(self, result: Result) -> str:
        return f"{result.company.name}, {result.semester.label}, {result.code}"

    def dehydrate_status(self, result: Result) -> str:
        """For the export."""
        return result.get_status_display()

    def dehydrate_value(self, result: Result) -> str:
        """0 is printed, nothing is blank."""
        return "" if result.value is None else format_number(result.value).replace("\u202f", "")

    def load(self, rows: Sequence[FileRow], *, lock: bool) -> None:
        """The results of the submissions that the file names, in one query, and what is reopened of those sent back.

        The locks are those of the submissions: nobody else writes a result.
        """
        references, semesters = {row.text(REFERENCE).strip() for row in rows}, _semesters(rows)
        if lock:
            asked = Submission.objects.visible_to(self.user).filter(
                convention__reference__in=references, semester__in=semesters
            )
            list(asked.order_by("pk").select_for_update(of=("self",), no_key=True))
        found = self.get_queryset().filter(submission__convention__reference__in=references, semester__in=semesters)
        self.known = {(item.submission.convention.reference, str(item.semester), item.code): item for item in found}
        submissions = {item.submission_id: item.submission for item in self.known.values()}
        self.reopened = reopened_in(submissions.values())
        self.closed = {pk: self._closed(submission) for pk, submission in submissions.items()}
        self.lines: dict[int, int] = {}

    def draft(self, row: FileRow) -> Draft:
        before = self._found(row)
        answer = answer_of(before, row)
        after = copy(before)
        after.status, after.value = answer.status, answer.value
        after.reason, after.comment = answer.reason, answer.comment
        is_changed = self.differs(before, after)
        if is_changed and (refusal := self.closed[before.submission_id]):
            raise ValidationError(refusal)
        if is_changed and (stray := strays([before], self.reopened.get(before.submission_id))):
            raise ValidationError(stray)
        return Draft(row, before, after, is_changed, self._questions(after) if is_changed else ())

    def write(self, drafts: Sequence[Draft]) -> None:
        answers: dict[Submission, dict[int, Answer]] = {}
        for draft in drafts:
            answers.setdefault(draft.before.submission, {})[draft.before.pk] = draft.after.answer
        savings = [Saving(submission, said) for submission, said in answers.items()]
        try:
            save_results(savings, by=self.user, on=self.at.date(), by_file=True)
        except TransitionRefused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal

    def _questions(self, result: Result) -> tuple[str, ...]:
        """What is surprising about this figure taken alone: the page asks it again before the submission leaves."""
        submission = result.submission
        asked = unusual(submission.convention.specification, [result], History({}, {}), submission.company.headcount)
        return tuple(finding.sentence for finding in asked)

    def _closed(self, submission: Submission) -> str:
        acting_as = submission.acting_as(self.user)
        return submission.refusal_to_edit(acting_as=acting_as, on=self.at.date(), by_file=True)

    def _found(self, row: FileRow) -> Result:
        """Raises ValidationError when one does not see such a row, or when it came before."""
        key = (row.text(REFERENCE).strip(), row.text(SEMESTER).strip().upper(), row.text(INDICATOR).strip().upper())
        found = self.known.get(key)
        if found is None:
            raise ValidationError({REFERENCE: OUTSIDE})
        first = self.lines.setdefault(found.pk, row.number)
        if first != row.number:
            raise ValidationError({INDICATOR: f"ce résultat figure déjà à la ligne {first}\u00a0: gardez-en un."})
        return found


def _semesters(rows: Sequence[FileRow]) -> list[Semester]:
    """Those that the rows name; what is none names no result."""
    found = []
    for text in {row.text(SEMESTER).strip().upper() for row in rows}:
        with suppress(ValueError):
            found.append(Semester.parse(text))
    return found
