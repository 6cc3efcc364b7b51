"""The tables of the bilan: prepared, then transmitted for good; then what agency and préfecture say of it."""

from django.db import models

from accounts.roles import Role
from workflows.tables import Act, Transition, Workflow

REFERENT = frozenset({str(Role.REFERENT)})
CGET = frozenset({str(Role.CGET)})
ACKNOWLEDGE, ASK, ANSWER = "accuser", "interroger", "repondre"


class BilanState(models.TextChoices):
    """Where a version of a bilan stands."""

    DRAFT = "draft", "en préparation"
    TRANSMITTED = "transmitted", "transmis"


class Standing(models.TextChoices):
    """Where the agency and the préfecture stand on a version that was sent."""

    UNREAD = "unread", "sans réponse de l’agence"
    ASKED = "asked", "question de l’agence"
    ANSWERED = "answered", "réponse donnée à l’agence"
    ACKNOWLEDGED = "acknowledged", "réception accusée"


EXCHANGE = Workflow(
    name="exchange",
    states=dict(Standing.choices),
    initial=Standing.UNREAD,
    transitions=(
        Transition(
            name=ACKNOWLEDGE,
            label="Accuser réception",
            past="Réception accusée",
            sources=frozenset({Standing.UNREAD, Standing.ASKED, Standing.ANSWERED}),
            target=Standing.ACKNOWLEDGED,
            roles=CGET,
        ),
        Transition(
            name=ASK,
            label="Poser une question",
            past="Question posée",
            sources=frozenset({Standing.UNREAD, Standing.ANSWERED, Standing.ACKNOWLEDGED}),
            target=Standing.ASKED,
            roles=CGET,
            comment_required=True,
        ),
        Transition(
            name=ANSWER,
            label="Répondre à l’agence",
            past="Réponse donnée",
            sources=frozenset({Standing.ASKED}),
            target=Standing.ANSWERED,
            roles=REFERENT,
            comment_required=True,
        ),
    ),
)
"""No row keeps this state: it is where the last word of the journal leads, and what was sent is not touched."""

WORDS = tuple(word.name for word in EXCHANGE.transitions)
"""What is said of a version, as its journal names it."""


def standing_after(word: str | None) -> Standing:
    """Where one stands after this word; before any, the version is unread."""
    return Standing(EXCHANGE[word].target) if word else Standing.UNREAD


BILAN = Workflow(
    name="bilan",
    states=dict(BilanState.choices),
    initial=BilanState.DRAFT,
    transitions=(
        Transition(
            name="transmettre",
            label="Transmettre",
            past="Transmis",
            sources=frozenset({BilanState.DRAFT}),
            target=BilanState.TRANSMITTED,
            roles=REFERENT,
            missing="missing_to_transmit",
        ),
    ),
    acts=tuple(
        Act(word.name, word.label, word.roles, word.comment_required, word.past) for word in EXCHANGE.transitions
    ),
    creators=REFERENT,
    creation="Commencer le bilan",
    created="Commencé",
)
