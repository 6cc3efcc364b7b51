"""The table of the bilan's workflow: prepared, then transmitted for good; a correction is a new version."""

from django.db import models

from accounts.roles import Role
from workflows.tables import Transition, Workflow

REFERENT = frozenset({str(Role.REFERENT)})


class BilanState(models.TextChoices):
    """Where a version of a bilan stands."""

    DRAFT = "draft", "en préparation"
    TRANSMITTED = "transmitted", "transmis"


BILAN = Workflow(
    name="bilan",
    states=dict(BilanState.choices),
    initial=BilanState.DRAFT,
    transitions=(
        Transition(
            name="transmettre",
            label="Transmettre",
            sources=frozenset({BilanState.DRAFT}),
            target=BilanState.TRANSMITTED,
            roles=REFERENT,
            missing="missing_to_transmit",
        ),
    ),
    creators=REFERENT,
)
