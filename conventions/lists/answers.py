"""How lists say that a company answers: its state, how far it is, and what narrows a list by it."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

from conventions.models import Result, Submission
from conventions.models.submission_rows import SubmissionQuerySet
from conventions.transitions import SubmissionState
from lists.sorting import by_case

TONES: Mapping[str, str] = {
    SubmissionState.DRAFT: "",
    SubmissionState.TRANSMITTED: "info",
    SubmissionState.RETURNED: "warning",
    SubmissionState.VALIDATED: "success",
}
"""Of the badge of each state."""

SILENT, BEGUN = "silencieuse", "commencée"
OVERDUE = "délai dépassé"

WHOLE = 1000
"""What progress is counted in, to sort by it."""

AGAIN = "deux-semestres"
"""Of two semesters: in the list that has them all, beside the others."""

FILTERS = {
    "a-valider": "à valider",
    "a-corriger": "à corriger",
    "recues": "reçues",
    "en-retard": "reçues en retard",
    "validees": "validées",
    "en-attente": "reçues, non validées",
    "silencieuses": "silencieuses",
    "commencees": "silencieuses, saisie commencée",
    "vides": "silencieuses, rien de saisi",
    "delai-depasse": "silencieuses, délai dépassé",
    "a-saisir": "silencieuses, saisie ouverte",
    "fermees": "silencieuses, saisie fermée",
}
NARROWING: Mapping[str, Callable[[SubmissionQuerySet, date], SubmissionQuerySet]] = {
    "a-valider": lambda rows, _on: rows.filter(state=SubmissionState.TRANSMITTED),
    "a-corriger": lambda rows, _on: rows.filter(state=SubmissionState.RETURNED),
    "recues": lambda rows, _on: rows.received(),
    "en-retard": lambda rows, _on: rows.late(),
    "validees": lambda rows, _on: rows.validated(),
    "en-attente": lambda rows, _on: rows.pending(),
    "silencieuses": lambda rows, _on: rows.silent(),
    "commencees": lambda rows, _on: rows.silent().filter(is_begun()),
    "vides": lambda rows, _on: rows.silent().exclude(is_begun()),
    "delai-depasse": lambda rows, on: rows.overdue(on=on),
    "a-saisir": lambda rows, on: rows.enterable(on=on),
    "fermees": lambda rows, on: rows.shut(on=on),
    AGAIN: lambda rows, on: rows.silent_again(on=on),
}
"""What each filter keeps, by its word in the address."""


def is_begun() -> Q:
    """Whether something is entered in a submission; in most that nobody saved, the answers need not be read."""
    answered = Result.objects.filter(submission=OuterRef("pk")).exclude(status="unanswered")
    return Q(version__gt=0) & Q(Exists(answered))


def progress_of(submission: Submission) -> tuple[int, int]:
    """How many answers there are, of how many asked; the row comes from `with_progress`."""
    return getattr(submission, "answered", 0), getattr(submission, "asked", 0)


def said_of(submission: Submission) -> tuple[str, str]:
    """The state in a word and its tone: a silent company is told from one half-way."""
    if not submission.is_draft:
        return submission.state_label, TONES[submission.state]
    answered, _ = progress_of(submission)
    return (BEGUN, "new") if answered else (SILENT, "")


def far_of(submission: Submission) -> str:
    """The same with how far it is, where nothing else says so: « commencée, 3 sur 12 »."""
    said, _ = said_of(submission)
    return f"{said}, {share_of(submission)}" if said == BEGUN else said


def share_of(submission: Submission) -> str:
    """« 3 sur 12 »."""
    answered, asked = progress_of(submission)
    return f"{answered} sur {asked}"


def badges_of(submission: Submission, on: date, *, far: bool = False) -> tuple[tuple[str, str], ...]:
    """The state, and what is wrong: past its last day. `far` says how far it is too."""
    said, tone = said_of(submission)
    overdue = ((OVERDUE, "error"),) if submission.is_overdue(on=on) else ()
    return ((far_of(submission) if far else said, tone), *overdue)


def state_order() -> Case:
    """Who has done least first: silent, begun, to correct, to review, validated."""
    draft = Q(state=SubmissionState.DRAFT)
    handled = (SubmissionState.RETURNED, SubmissionState.TRANSMITTED, SubmissionState.VALIDATED)
    return by_case((draft & ~is_begun(), draft, *(Q(state=state) for state in handled)))


def progress_order() -> Case:
    """How many of a thousand asked have an answer. What was sent is whole, and what nobody saved is blank."""
    answered = Count("pk", filter=~Q(status="unanswered"))
    rows = Result.objects.filter(submission=OuterRef("pk")).order_by().values("submission")
    return Case(
        When(~Q(state=SubmissionState.DRAFT), then=Value(WHOLE)),
        When(version=0, then=Value(0)),
        default=Subquery(rows.annotate(share=answered * WHOLE / Count("pk")).values("share")),
        output_field=IntegerField(),
    )
