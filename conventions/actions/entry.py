"""The one writer of what companies enter, from a page, as one types or from a file: results and examples of actions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import User
from conventions.answers import Answer
from conventions.merging import Merged, merge
from conventions.models import ActionExample, Correction, Result, Submission
from conventions.reading import errors_of
from workflows.actions import locked
from workflows.tables import WrongState

ANSWER = ("status", "value", "reason", "comment", "confirmed")
BATCH = 500
"""Rows of one statement: beyond, the CASE that Django writes costs more than another statement."""


@dataclass(frozen=True)
class Saving:
    """What somebody says of one submission, by result, all of it or nothing."""

    submission: Submission
    answers: Mapping[int, Answer]
    version: int | None = None
    """Of the submission when the page was loaded; None for a file, which was loaded with nothing."""
    shown: Mapping[int, Answer] = field(default_factory=dict)
    """The answers as the page was loaded with them: what was not touched there takes what is stored now."""


@dataclass(frozen=True)
class ExampleDraft:
    """What somebody typed for one example of action; `pk` names the one it replaces, None makes a new one."""

    pk: int | None
    axis: str
    title: str
    text: str


class StaleVersion(Exception):
    """Somebody else changed the same since the page was loaded; nothing was written.

    `stored` maps a result's pk to the row as it is now, `merged` to what both said.
    """

    def __init__(
        self, version: int, stored: Mapping[int, Result] | None = None, merged: Mapping[int, Merged] | None = None
    ) -> None:
        super().__init__("La remontée a été enregistrée entre-temps par quelqu’un d’autre.")
        self.version = version
        self.stored = stored or {}
        self.merged = merged or {}


@transaction.atomic
def save_results(savings: Sequence[Saving], *, by: User, on: date, by_file: bool = False) -> list[Submission]:
    """Write what was said of these submissions, all of it or nothing, in as many queries for a thousand as for one.

    Raises TransitionRefused, with every reason there is, or StaleVersion when two people changed the same field.
    Returns the submissions in the order of `savings`.
    """
    rows, results = _locked(savings, by=by), _results(savings)
    if refusals := _refusals(savings, rows, results, by=by, on=on, by_file=by_file):
        raise WrongState(refusals)
    changed = [result for one in savings for result in _changed(one, rows[one.submission.pk], results)]
    # They exist, and stay locked with their submissions: no row is made. An UPDATE of as many cases takes three times.
    Result.objects.bulk_create(
        changed, update_conflicts=True, update_fields=ANSWER, unique_fields=["pk"], batch_size=BATCH
    )
    _count_saves([rows[pk] for pk in {result.submission_id for result in changed}])
    return [rows[one.submission.pk] for one in savings]


@transaction.atomic
def save_examples(
    submission: Submission, *, drafts: Sequence[ExampleDraft], version: int, by: User, on: date
) -> Submission:
    """Make the examples of actions say exactly `drafts`; one validated stays offered to the bilan.

    Raises StaleVersion when somebody saved meanwhile, TransitionRefused when the submission is closed.
    """
    row = locked(submission, by=by)
    if refusal := row.refusal_to_edit(acting_as=row.acting_as(by), on=on):
        raise WrongState([refusal])
    if row.version != version:
        raise StaleVersion(row.version)
    known = row.examples.told().in_bulk()
    kept = {draft.pk for draft in drafts if draft.pk}
    row.examples.exclude(pk__in=kept).take_back()
    for draft in drafts:
        example = known.get(draft.pk or 0) or ActionExample(submission=row)
        example.axis, example.title, example.text = draft.axis, draft.title, draft.text
        example.save()
    _count_saves([row])
    return row


def _locked(savings: Sequence[Saving], *, by: User) -> dict[UUID, Submission]:
    """The submissions as they are now, locked in one order: two files never wait for each other."""
    asked = Submission.objects.visible_to(by).filter(pk__in=[one.submission.pk for one in savings]).order_by("pk")
    rows = asked.select_for_update(of=("self",), no_key=True).select_related("campaign", "convention", "company")
    found = {row.pk: row for row in rows}
    for one in savings:
        if one.submission.pk not in found:
            locked(one.submission, by=by)  # gone, or not theirs: says which
    return found


def _results(savings: Sequence[Saving]) -> dict[int, Result]:
    """The results spoken of; one that is not of its submission is as good as absent."""
    home = {pk: one.submission.pk for one in savings for pk in one.answers}
    rows = Result.objects.filter(submission__in=set(home.values())).select_related("indicator", "commitment")
    return {row.pk: row for row in rows if home.get(row.pk) == row.submission_id}


def _refusals(
    savings: Sequence[Saving],
    rows: Mapping[UUID, Submission],
    results: Mapping[int, Result],
    *,
    by: User,
    on: date,
    by_file: bool,
) -> list[str]:
    """Every reason why this cannot be written; each names its submission when there are several."""
    open_results = reopened_in(rows.values())
    found = []
    for one in savings:
        row = rows[one.submission.pk]
        said = {pk: answer for pk, answer in one.answers.items() if pk in results}
        closed = row.refusal_to_edit(acting_as=row.acting_as(by), on=on, by_file=by_file)
        reasons = (
            [closed]
            if closed
            else [*strays([results[pk] for pk in said], open_results.get(row.pk)), *_wrong(said, results)]
        )
        found += [f"{row}\u00a0: {reason}" for reason in reasons] if len(savings) > 1 else reasons
    return found


def reopened_in(rows: Iterable[Submission]) -> dict[UUID, set[int]]:
    """The results that may change in each submission that was sent back; two queries, none without such a one."""
    returned = {row.pk: row for row in rows if row.is_returned}
    if not returned:
        return {}
    asked, codes = defaultdict[UUID, set[int]](set), defaultdict[UUID, dict[int, str]](dict)
    for submission, result in Correction.objects.outstanding(returned).values_list("submission", "result"):
        asked[submission].add(result)
    every = Result.objects.filter(submission__in=returned)
    for submission, result, code in every.values_list("submission", "pk", "indicator__code"):
        codes[submission][result] = code
    return {pk: row.opened_by(asked[pk], codes[pk]) for pk, row in returned.items()}


def strays(said: Iterable[Result], reopened: set[int] | None) -> list[str]:
    """After a return, only the results that the référent pointed at may change, and those they must agree with."""
    found = sorted(result.code for result in said if reopened is not None and result.pk not in reopened)
    return [f"La préfecture n’a pas demandé de corriger\u00a0: {', '.join(found)}."] if found else []


def _wrong(said: Mapping[int, Answer], results: Mapping[int, Result]) -> list[str]:
    """What no page and no file may write: a fraction of a person, « sans objet » without its reason."""
    return [
        f"{results[pk].code}\u00a0: {sentence}"
        for pk, answer in said.items()
        for _, sentence in errors_of(answer.tidied(), results[pk].spec).by_field
    ]


def _changed(one: Saving, row: Submission, results: Mapping[int, Result]) -> list[Result]:
    """The results that are to be written, with what is kept of both people. Raises StaleVersion."""
    known = {pk: results[pk] for pk in one.answers if pk in results}
    merged = {pk: _merged(one, pk, result, is_fresh=one.version in {None, row.version}) for pk, result in known.items()}
    if any(both.conflicts for both in merged.values()):
        raise StaleVersion(row.version, known, merged)
    return [result for pk, result in known.items() if _put(result, merged[pk].answer)]


def _merged(one: Saving, pk: int, result: Result, *, is_fresh: bool) -> Merged:
    """Without what the page showed, a page up to date showed what is stored, and another an empty line."""
    base = one.shown.get(pk, result.answer if is_fresh else Answer())
    mine = one.answers[pk].tidied()
    if one.version is None:
        mine = replace(mine, confirmed=result.confirmed)  # a file does not speak of it
    return merge(mine, base=base, theirs=result.answer)


def _put(result: Result, answer: Answer) -> bool:
    """Put an answer on its result; true when something changed."""
    before = result.answer
    for name in ANSWER:
        setattr(result, name, getattr(answer, name))
    return before != result.answer


def _count_saves(rows: Sequence[Submission]) -> None:
    """Count the save, so that a page loaded before it is told."""
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(version=F("version") + 1)
    for row in rows:
        row.version += 1
