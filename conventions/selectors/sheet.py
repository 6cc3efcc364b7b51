"""The sheet of a convention: where it stands, what comes next, what it promises, what was reported, what was done."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from conventions.expected import YEARS, Period, convention_year
from conventions.models import (
    Convention,
    ConventionLog,
    ElsewhereFlag,
    Situation,
    SpecificCommitment,
    Submission,
    Target,
)
from conventions.target_grid import AxisGrid, TargetKey, draw, rows_of, stored
from conventions.transitions import SIGNED, ConventionState
from french.numbers import counted
from indicators.specs import Axis
from workflows.tables import Transition

TONES = {
    Situation.DRAFT: "",
    Situation.READY: "new",
    Situation.COMING: "info",
    Situation.RUNNING: "success",
    Situation.EXPIRED: "warning",
    Situation.TERMINATED: "error",
}
"""Tone of the badge of each situation."""

PAGES = {
    "preparer": "convention_prepare",
    "reprendre": "convention_resume",
    "signer": "convention_sign",
    "resilier": "convention_terminate",
    "annuler": "convention_cancel",
    "supprimer": "convention_drop",
}
"""The page behind each transition; the one that is not here is made from the page of its company."""

ASKS_NOTHING = frozenset({"preparer", "reprendre"})
"""Transitions that need no page of their own: a button sends them."""


FORWARD = frozenset({"preparer", "signer"})
"""Transitions that bring a convention to life."""


@dataclass(frozen=True)
class StepButton:
    """A transition as a button: a link to its page, or a form when it `posts`. What is missing disables it."""

    label: str
    url: str
    posts: bool
    missing: tuple[str, ...]
    forward: bool

    @property
    def tone(self) -> str:
        """What follows « fr-btn » in its class: the step forward stands out, the step back or the end does not."""
        return "" if self.forward else " fr-btn--secondary"


@dataclass(frozen=True)
class ConventionSheet:
    """Everything that the page of a convention shows."""

    convention: Convention
    situation: str
    tone: str
    steps: tuple[StepButton, ...]
    years: tuple[tuple[int, Period], ...]
    grids: tuple[AxisGrid, ...]
    commitments: tuple[SpecificCommitment, ...]
    submissions: tuple[Submission, ...]
    logs: tuple[ConventionLog, ...]
    renewal: Convention | None
    elsewhere: ElsewhereFlag | None
    """Where else it is counted that day."""
    may_edit: bool
    may_renew: bool
    may_flag: bool
    """Whether this person says that it is counted elsewhere."""

    @property
    def goes_forward(self) -> bool:
        """Whether something is to be done before the convention lives."""
        return bool(self.steps) and self.convention.state in {ConventionState.DRAFT, ConventionState.READY}

    @property
    def missing(self) -> tuple[str, ...]:
        """What stands in the way of the next step."""
        return next((step.missing for step in self.steps if step.missing), ())


def convention_sheet(convention: Convention, *, user: User, day: date) -> ConventionSheet:
    """Read the sheet for `user`; company and charter must be loaded. The number of queries does not depend on rows."""
    situation = convention.situation_on(day)
    promised = targets_of(convention, day=day)
    specs = rows_of(convention.specification, convention.signed_axes(), convention.starts_on)
    renewal = Convention.objects.visible_to(user).filter(renews=convention).first()
    writes = user.role == Role.REFERENT
    submissions = Submission.objects.visible_to(user).filter(convention=convention).select_related("campaign")
    return ConventionSheet(
        convention=convention,
        situation=situation.label,
        tone=TONES[situation],
        steps=_steps(convention, user),
        years=years_of(convention),
        grids=draw(specs, convention.starts_on, stored(promised)),
        commitments=tuple(convention.specific_commitments.all()),
        submissions=tuple(submissions.order_by("semester")),
        logs=tuple(convention.logs.select_related("by")),
        renewal=renewal,
        elsewhere=convention.elsewhere.in_force_on(day).first(),
        may_edit=writes and not convention.refusal_to_edit(),
        may_renew=writes and not convention.refusal_to_renew(),
        may_flag=writes and convention.state in SIGNED,
    )


def targets_lost(convention: Convention, kept: Collection[Axis]) -> list[str]:
    """What a draft loses with the axes that are not kept, axis by axis, in French. One query."""
    gone = Target.objects.of(convention).exclude(indicator__axis__in=[axis.value for axis in kept])
    counts = Counter(gone.values_list("indicator__axis", flat=True))
    lost = [(axis.label, counts[axis.value]) for axis in Axis if counts[axis.value]]
    return [f"{label} : {counted(number, 'objectif', 'objectifs')}" for label, number in lost]


def targets_of(convention: Convention, *, day: date) -> dict[TargetKey, Decimal]:
    """The targets in effect that day, by indicator and year."""
    rows = Target.objects.of(convention).in_effect(on=day).values_list("indicator__code", "year", "value")
    return {(code, year): value for code, year, value in rows}


def years_of(convention: Convention) -> tuple[tuple[int, Period], ...]:
    """The three years and their days."""
    return tuple((year, convention_year(convention.starts_on, year)) for year in YEARS)


def _steps(convention: Convention, user: User) -> tuple[StepButton, ...]:
    """What this person can do next, in the order of the table. A step back that cannot be made is not offered."""
    possible = convention.workflow.available(state=convention.state, acting_as=convention.acting_as(user))
    steps = (_step(convention, transition) for transition in possible if transition.name in PAGES)
    return tuple(step for step in steps if step.forward or not step.missing)


def _step(convention: Convention, transition: Transition) -> StepButton:
    """The signature's own date and place are asked by its page: only what precedes it can be missing here."""
    forward = transition.name in FORWARD
    rule = "missing_to_prepare" if forward else transition.missing
    missing: list[str] = getattr(convention, rule)() if rule else []
    return StepButton(
        label=transition.label,
        url=reverse(PAGES[transition.name], args=[convention.pk]),
        posts=transition.name in ASKS_NOTHING,
        missing=tuple(missing),
        forward=forward,
    )
