"""What changes a bilan: writing it, and sending it for good."""

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
    "arbitrate",
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
