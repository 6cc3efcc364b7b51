"""What changes a bilan: writing it, and sending it for good; then what the agency and the préfecture say of it."""

from reporting.actions.exchange import acknowledge, answer, ask_back
from reporting.actions.sending import (
    Enqueue,
    Files,
    Held,
    Outdated,
    Render,
    ask_to_transmit,
    transmit,
)
from reporting.actions.writing import (
    arbitrate,
    change_examples,
    change_partners,
    choose_examples,
    rectify,
    save_texts,
    set_context,
    set_examples,
    start,
    write,
)

__all__ = [
    "Enqueue",
    "Files",
    "Held",
    "Outdated",
    "Render",
    "acknowledge",
    "answer",
    "arbitrate",
    "ask_back",
    "ask_to_transmit",
    "change_examples",
    "change_partners",
    "choose_examples",
    "rectify",
    "save_texts",
    "set_context",
    "set_examples",
    "start",
    "transmit",
    "write",
]
