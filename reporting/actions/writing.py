"""What changes a bilan before and after it is sent: start it, write its boxes, arbitrate, rectify."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, When

from accounts.models import User
from accounts.roles import Role
from conventions.models import ActionExample
from reporting.boxes import TYPED
from reporting.merging import merged
from reporting.method.overlaps import Ruling
from reporting.models import Arbitration, Bilan, Partner, PrefectureExample
from reporting.selectors import examples_offered, former_bilan, group_overlap
from reporting.transitions import BilanState
from territories.locks import lock_departments
from territories.models import Department, DepartmentFigures
from territories.semester import Semester
from workflows.actions import begin, locked
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

WRITTEN = (*(box.name for box in TYPED), "sending_note")
"""What the référent types of a bilan."""

FIGURES = tuple(
    field.name
    for field in DepartmentFigures._meta.concrete_fields
    if field.name not in {"id", "department", "semester", "confirmed"}
)


@transaction.atomic
def start(*, department: Department, semester: Semester, at: datetime, by: User) -> Bilan:
    """Open the first version of a bilan, filled in with what is known already. Raises TransitionRefused.

    The référent comes from the account, the texts and the figures of context from the last bilan before this one:
    the pages say so until they are written again.
    """
    refuse_others(department.pk, by)
    lock_departments([department.pk])
    if Bilan.objects.of(department.pk, semester).exists():
        raise WrongState(["Le bilan de ce semestre est déjà commencé."])
    bilan = Bilan(
        department=department,
        semester=semester,
        referent_name=by.get_full_name(),
        referent_job_title=by.job_title,
        referent_email=by.email,
        referent_phone=by.phone,
    )
    former = former_bilan(bilan)
    for box in TYPED:
        if former and box.carried and former.texts[box.name]:
            setattr(bilan, box.name, former.texts[box.name])
            bilan.carried.append(box.name)
    bilan.save()
    begin(bilan, at=at, by=by)
    _carry_context(department, semester)
    return bilan


@transaction.atomic
def save_texts(
    bilan: Bilan, *, texts: Mapping[str, str], seen: Mapping[str, str], read: Collection[str] = (), by: User
) -> Bilan:
    """Save boxes of a draft (names in WRITTEN). Raises TransitionRefused; StaleTexts when two people typed one box.

    `seen` has the stamps of the texts that the page was loaded with: what it did not touch stays as it is stored. A box
    taken over from the last bilan is marked until its text changes, or it is among those `read` again.
    """
    unknown = {*texts, *read} - set(WRITTEN)
    if unknown:
        raise ValueError(f"no such boxes: {sorted(unknown)}")
    row = _draft(bilan, by)
    stored = {name: getattr(row, name) for name in texts}
    kept = merged({name: text.strip() for name, text in texts.items()}, seen=seen, stored=stored)
    touched = {name for name, text in kept.items() if text != stored[name]}
    for name in touched:
        setattr(row, name, kept[name])
    row.carried = [name for name in row.carried if name not in {*touched, *read}]
    row.save(update_fields=[*touched, "carried"])
    return row


@transaction.atomic
def write(bilan: Bilan, *, by: User, read: Collection[str] = (), **texts: str) -> Bilan:
    """Save boxes that stand on no page: what is said replaces what is stored. Raises TransitionRefused."""
    return save_texts(bilan, texts=texts, seen={}, read=read, by=by)


@transaction.atomic
def change_partners(bilan: Bilan, *, written: Collection[Partner], removed: Collection[Partner] = (), by: User) -> None:
    """Write and remove partners of the département; the others stay. Raises TransitionRefused."""
    row = _draft(bilan, by)
    Partner.objects.filter(department=row.department_id, pk__in=[partner.pk for partner in removed]).delete()
    for partner in written:
        partner.department = row.department
        partner.save()


@transaction.atomic
def set_context(bilan: Bilan, *, figures: DepartmentFigures, by: User) -> DepartmentFigures:
    """Save the figures of context of the semester, as read again by the référent. Raises TransitionRefused."""
    row = _draft(bilan, by)
    figures.department, figures.semester, figures.confirmed = row.department, row.semester, True
    figures.save()
    return figures


@transaction.atomic
def choose_examples(bilan: Bilan, *, chosen: Collection[int], publishable: Collection[int] = (), by: User) -> None:
    """Take these examples of the semester into the bilan, and no others; note which may be published.

    Raises TransitionRefused.
    """
    row = _draft(bilan, by)
    offered = ActionExample.objects.filter(pk__in=examples_offered(row).order_by().values("pk"))
    offered.update(
        in_bilan=Case(When(pk__in=chosen, then=True), default=False),
        publishable=Case(When(pk__in=publishable, then=True), default=False),
    )


@transaction.atomic
def change_examples(
    bilan: Bilan, *, written: Collection[PrefectureExample], removed: Collection[PrefectureExample] = (), by: User
) -> None:
    """Write and remove the examples that the préfecture tells of this semester. Raises TransitionRefused."""
    row = _draft(bilan, by)
    own = PrefectureExample.objects.filter(department=row.department_id, semester=row.semester)
    own.filter(pk__in=[example.pk for example in removed]).delete()
    for example in written:
        example.department, example.semester = row.department, row.semester
        example.save()


@transaction.atomic
def set_examples(
    bilan: Bilan,
    *,
    chosen: Collection[int],
    publishable: Collection[int],
    written: Collection[PrefectureExample],
    removed: Collection[PrefectureExample] = (),
    by: User,
) -> None:
    """What one page says of all the examples: those of companies and those of the préfecture, whole or not at all."""
    choose_examples(bilan, chosen=chosen, publishable=publishable, by=by)
    change_examples(bilan, written=written, removed=removed, by=by)


@transaction.atomic
def rectify(bilan: Bilan, *, at: datetime, by: User, reason: str = "") -> Bilan:
    """Open the next version of a transmitted bilan; what was sent stays as it is. Raises TransitionRefused."""
    row = locked(bilan, by=by)
    refuse_others(row.department_id, by)
    last = Bilan.objects.of(row.department_id, row.semester)[0]
    if row.state != BilanState.TRANSMITTED or last.pk != row.pk:
        raise WrongState(["Seule la dernière version transmise se rectifie, une fois."])
    kept = {box.name: row.texts[box.name] for box in TYPED if not box.rectificatif}
    new = Bilan.objects.create(
        department=row.department,
        semester=row.semester,
        version=row.version + 1,
        sending_note=row.sending_note,
        rectification_reason=reason.strip(),
        **kept,
    )
    return begin(new, at=at, by=by)


@transaction.atomic
def arbitrate(
    department: Department,
    *,
    semester: Semester,
    group: str,
    ruling: Ruling,
    company: UUID | None,
    reason: str,
    at: datetime,
    by: User,
) -> Arbitration:
    """Decide what is counted of a group (a SIREN) that reported the same thing several times in a semester.

    `company` is the one kept, of ONE. What was sent does not move. Raises TransitionRefused.
    """
    refuse_others(department.pk, by)
    lock_departments([department.pk])
    if not reason.strip():
        raise Incomplete(["L’arbitrage demande un motif."])
    found = group_overlap(department.pk, semester, group)
    if found is None:
        raise WrongState(["Aucun chiffre de ce semestre n’est plus déclaré par deux entreprises de ce groupe."])
    if (company in found.companies) != (ruling is Ruling.ONE):
        raise TransitionRefused(["Choisissez l’entreprise du groupe à garder, ou une autre décision."])
    rows = Arbitration.objects.filter(department=department, semester=semester, group=group)
    return Arbitration.objects.create(
        department=department,
        semester=semester,
        group_id=group,
        number=rows.count() + 1,
        ruling=ruling,
        company_id=company,
        reason=reason.strip(),
        at=at,
        by=by,
    )


def _draft(bilan: Bilan, by: User) -> Bilan:
    """The locked row, which must still be in preparation."""
    row = locked(bilan, by=by)
    refuse_others(row.department_id, by)
    if not row.is_draft:
        raise WrongState([f"Ce bilan est {row.state_label} : établissez un bilan rectificatif."])
    return row


def refuse_others(department: str, by: User) -> None:
    """Raises WrongRole for whoever is not an active référent of this département."""
    if by.role != Role.REFERENT or by.department_id != department or not by.is_active:
        raise WrongRole(["Seul le référent PAQTE du département écrit son bilan."])


def _carry_context(department: Department, semester: Semester) -> None:
    """The figures of the last semester known, marked as not read again; nothing when the semester has its own."""
    rows = DepartmentFigures.objects.filter(department=department)
    former = rows.filter(semester__lt=semester).order_by("-semester").first()
    if former is None or rows.filter(semester=semester).exists():
        return
    carried = {name: getattr(former, name) for name in FIGURES}
    DepartmentFigures.objects.create(department=department, semester=semester, confirmed=False, **carried)
