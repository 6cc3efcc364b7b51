"""What is done to rows, as tables: acts that are told, transitions that move, by whom, and what each asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class TransitionRefused(Exception):
    """A transition cannot take place; `reasons` are French sentences, one or several."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class WrongState(TransitionRefused):
    """The row is no longer (or not yet) in a state from which the transition leaves."""


class WrongRole(TransitionRefused):
    """This person does not make this transition."""


class Incomplete(TransitionRefused):
    """Something is missing first; `reasons` lists all of it."""


@dataclass(frozen=True)
class Transition:
    """One arrow. `missing` names the method of the row that lists, in French, what still stands in the way."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    missing: str = ""
    comment_required: bool = False
    past: str = ""
    """What its journal says once it is done: « Transmise » (par…, le…)."""


@dataclass(frozen=True)
class Act:
    """What somebody does to a row without moving it, and that anyone must be able to be told: a delay, new targets.

    Whether its time has come is for its action to say: what forbids it is seldom the state alone.
    """

    name: str
    label: str
    roles: frozenset[str]
    reason_required: bool = False
    past: str = ""
    """What its journal says once it is done: « Délai accordé » (par…, le…)."""


CREATION = "creer"
"""The name, in the journal, of the line that begins it."""


@dataclass(frozen=True, kw_only=True)
class ActTable:
    """What is done to a row that has no state, and told in its journal; who may create one."""

    name: str
    acts: tuple[Act, ...] = ()
    creators: frozenset[str] = frozenset()
    """Who may create a row; nobody, where rows come of themselves."""
    creation: str = "Créer"
    """What one does to create a row."""
    created: str = "Créée"
    """What the first line of a journal says."""

    def __post_init__(self) -> None:
        names = [CREATION, *(item.name for item in self.told)]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.name}: a name is declared twice")

    @property
    def told(self) -> tuple[Transition | Act, ...]:
        """Everything that the journal tells, the creation apart."""
        return self.acts

    def act(self, name: str) -> Act:
        """The act of this name; the creation is one, which asks for no reason."""
        if name == CREATION:
            return Act(CREATION, self.creation, self.creators, past=self.created)
        for act in self.acts:
            if act.name == name:
                return act
        raise KeyError(f"{self.name} has no act {name}")

    def past(self, name: str) -> str:
        """What a line of the journal says was done."""
        return {item.name: item.past for item in (self.act(CREATION), *self.told)}[name]

    def check_act(self, name: str, *, acting_as: str, reason: str = "") -> Act:
        """Return the act when role and reason allow it. Raises TransitionRefused."""
        act = self.act(name)
        _refuse_role(act, acting_as)
        if act.reason_required and not reason:
            raise Incomplete([f"L’action « {act.label} » demande un motif."])
        return act

    @property
    def commented(self) -> tuple[str, ...]:
        """The names of what is told with a reason, always."""
        return tuple(act.name for act in self.acts if act.reason_required)


@dataclass(frozen=True, kw_only=True)
class Workflow(ActTable):
    """The states of a row, with their labels, every transition there is, and the acts that are told beside them."""

    states: Mapping[str, str]
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        for transition in self.transitions:
            unknown = (transition.sources | {transition.target}) - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}.{transition.name}: unknown states {sorted(unknown)}")

    def __getitem__(self, name: str) -> Transition:
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(f"{self.name} has no transition {name}")

    def check(self, name: str, *, state: str, acting_as: str, comment: str) -> Transition:
        """Return the transition when role, state and comment allow it. Raises TransitionRefused."""
        transition = self[name]
        _refuse_role(transition, acting_as)
        if state not in transition.sources:
            raise WrongState([f"L’action « {transition.label} » n’est plus possible : état « {self.states[state]} »."])
        if transition.comment_required and not comment:
            raise Incomplete([f"L’action « {transition.label} » demande un commentaire."])
        return transition

    def available(self, *, state: str, acting_as: str) -> tuple[Transition, ...]:
        """The transitions this person could make from this state: what a page shows as buttons."""
        return tuple(item for item in self.transitions if state in item.sources and acting_as in item.roles)

    @property
    def told(self) -> tuple[Transition | Act, ...]:
        return (*self.transitions, *self.acts)

    @property
    def commented(self) -> tuple[str, ...]:
        return (*(item.name for item in self.transitions if item.comment_required), *super().commented)

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """Every declared (transition, from, to), the creation included, from no state to the first."""
        arrows = ((item.name, source, item.target) for item in self.transitions for source in sorted(item.sources))
        return ((CREATION, "", self.initial), *arrows)


def _refuse_role(asked: Transition | Act, acting_as: str) -> None:
    if acting_as not in asked.roles:
        raise WrongRole([f"Vous ne pouvez pas effectuer l’action « {asked.label} »."])


def to_mermaid(workflow: Workflow) -> str:
    """The state diagram of a workflow, for the README."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {value} : {label}" for value, label in workflow.states.items()]
    lines.append(f"    [*] --> {workflow.initial}")
    for item in workflow.transitions:
        lines += [f"    {source} --> {item.target} : {item.label}" for source in sorted(item.sources)]
    return "\n".join(lines) + "\n"
