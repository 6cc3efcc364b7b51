"""Workflows as tables: which transition leads from where to where, by whom, and what it asks for."""

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


@dataclass(frozen=True)
class Workflow:
    """The states of a row, with their labels, and every transition there is."""

    name: str
    states: Mapping[str, str]
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        names = [transition.name for transition in self.transitions]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.name}: a transition is declared twice")
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
        if acting_as not in transition.roles:
            raise WrongRole([f"Vous ne pouvez pas effectuer l’action « {transition.label} »."])
        if state not in transition.sources:
            raise WrongState([f"L’action « {transition.label} » n’est plus possible : état « {self.states[state]} »."])
        if transition.comment_required and not comment:
            raise Incomplete([f"L’action « {transition.label} » demande un commentaire."])
        return transition

    def available(self, *, state: str, acting_as: str) -> tuple[Transition, ...]:
        """The transitions this person could make from this state: what a page shows as buttons."""
        return tuple(item for item in self.transitions if state in item.sources and acting_as in item.roles)

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """Every declared (transition, from, to), the creation included as ("creer", "", initial)."""
        arrows = ((item.name, source, item.target) for item in self.transitions for source in sorted(item.sources))
        return (("creer", "", self.initial), *arrows)

    @property
    def commented(self) -> tuple[str, ...]:
        """The names of the transitions whose comment is mandatory."""
        return tuple(item.name for item in self.transitions if item.comment_required)


def to_mermaid(workflow: Workflow) -> str:
    """The state diagram of a workflow, for the README."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {value} : {label}" for value, label in workflow.states.items()]
    lines.append(f"    [*] --> {workflow.initial}")
    for item in workflow.transitions:
        lines += [f"    {source} --> {item.target} : {item.label}" for source in sorted(item.sources)]
    return "\n".join(lines) + "\n"
