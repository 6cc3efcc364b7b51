"""The table of the bilan's workflow: prepared, then transmitted for good; a correction is a new version."""

from accounts.roles import Role
from workflows.tables import Transition, Workflow

BILAN = Workflow(
    name="bilan",
    states={"draft": "en préparation", "transmitted": "transmis"},
    initial="draft",
    transitions=(
        Transition(
            name="transmettre",
            label="Transmettre",
            sources=frozenset({"draft"}),
            target="transmitted",
            roles=frozenset({str(Role.REFERENT)}),
            missing="missing_to_transmit",
        ),
    ),
)
