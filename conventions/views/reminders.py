"""Silent companies, reminded together: those that were ticked in the list, or all those that it shows."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.confirmation import confirm_sending, must_confirm
from accounts.lists import back_to
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions.submissions import BETWEEN_REMINDERS, remind
from conventions.lists.submissions import submission_list_on
from conventions.models import Submission, SubmissionLog
from conventions.models.submission_rows import SubmissionQuerySet
from conventions.views.lists import semesters_opened
from french.numbers import counted
from lists.listing import Asked
from territories.clock import now, today
from workflows.tables import TransitionRefused

MOST = 300
"""Submissions that are reminded at a time."""

NOBODY = "Cochez au moins une entreprise silencieuse\u00a0: rien n’est parti."
SHUT = (
    "La saisie de ces remontées est fermée, rien n’est parti\u00a0: accordez d’abord un délai, sur la page de chacune."
)

TEXT = (
    "Chacun de ceux qui répondent pour ces entreprises reçoit un courriel\u00a0: le semestre, l’échéance, le lien de "
    "la saisie, votre nom et votre adresse."
)


@require_POST
@allow(Role.REFERENT)
@once
def submission_remind(request: AuthenticatedRequest) -> HttpResponse:
    """Name them, then remind each; who cannot be is told with the reason, and holds nobody else back.

    What is closed is left out: nobody is asked for what they could not send.
    """
    on = today(request.user.department)
    back = back_to(request, "submission_list")
    silent_ones = _asked(request, on)
    asked, shut = silent_ones.enterable(on=on), silent_ones.shut(on=on).count()
    silent = list(asked.select_related("company__department", "campaign")[:MOST])
    if not silent:
        messages.error(request, SHUT if shut else NOBODY)
        return redirect(back)
    if must_confirm(request, [row.company.name for row in silent]):
        said = _said(silent, left=asked.count() - len(silent), shut=shut)
        people = [f"{row.company.name}, {row.semester.label}" for row in silent]
        return confirm_sending(
            request, people, title="Relancer ces entreprises", sentence=f"{said}\u00a0:", text=TEXT, back=back
        )
    _remind(request, silent)
    return redirect(back)


def _said(silent: Sequence[Submission], *, left: int, shut: int) -> str:
    """How many companies are written to, and what of the list is left out."""
    said = counted(_companies(silent), "entreprise silencieuse", "entreprises silencieuses")
    if left:
        said = f"{said} ({counted(left, 'remontée reste', 'remontées restent')} à relancer ensuite)"
    return f"{said}, sans compter {counted(shut, 'saisie fermée', 'saisies fermées')}" if shut else said


def _asked(request: AuthenticatedRequest, on: date) -> SubmissionQuerySet:
    """The silent submissions that were ticked, or all those of the list as it is narrowed.

    Those that were reminded of late come last: beyond MOST, the next time goes on where this one stops.
    """
    lately = now(request.user.department) - BETWEEN_REMINDERS
    visible = Submission.objects.visible_to(request.user).filter(campaign__opens_on__lte=on).silent()
    told = SubmissionLog.objects.visible_to(request.user).filter(transition="relancer", at__gt=lately)
    rows = visible.order_by(Exists(told.filter(submission=OuterRef("pk"))), "company__name_key", "semester", "pk")
    if "toutes" in request.POST:
        listing = submission_list_on(on, semesters_opened(on), own=False, chosen=False)
        found = Asked(listing, visible, QueryDict(request.POST.get("filtres", ""))).found
        return rows.filter(pk__in=found.order_by().values("pk"))
    return rows.filter(pk__in=[key for text in request.POST.getlist("choisie") if (key := _key(text))])


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _companies(rows: Iterable[Submission]) -> int:
    """How many they are: one may be silent for two semesters."""
    return len({row.company_id for row in rows})


def _remind(request: AuthenticatedRequest, rows: list[Submission]) -> None:
    """One after the other, and say what was done and what was not."""
    written, refused = [], []
    for row in rows:
        try:
            remind(row, at=now(row.company.department), by=request.user)
        except TransitionRefused as refusal:
            refused.append(f"{row.company.name}, {row.semester.label}\u00a0: {' '.join(refusal.reasons)}")
        else:
            written.append(row)
    if written:
        messages.success(request, f"{counted(_companies(written), 'entreprise relancée', 'entreprises relancées')}.")
    for sentence in refused:
        messages.warning(request, sentence)
