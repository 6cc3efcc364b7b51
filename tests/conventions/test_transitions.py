"""The workflow of the convention, typed by hand: state × actor × action."""

import pytest

from conventions.models import Convention
from conventions.transitions import CONVENTION
from workflows.tables import TransitionRefused, WrongRole, WrongState

STATES = ("draft", "ready", "signed", "terminated", "dropped")
ACTORS = ("referent", "lecteur", "animateur", "administrateur", "contributeur", "cget", "")
ACTIONS = ("preparer", "reprendre", "signer", "resilier", "retablir", "annuler", "supprimer")

# (state, actor, action) → new state. Whatever is not here is refused.
ALLOWED = {
    ("draft", "referent", "preparer"): "ready",
    ("ready", "referent", "reprendre"): "draft",
    ("ready", "referent", "signer"): "signed",
    ("signed", "referent", "resilier"): "terminated",
    ("terminated", "referent", "retablir"): "signed",
    ("signed", "referent", "annuler"): "ready",
    ("draft", "referent", "supprimer"): "dropped",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("action", ACTIONS)
def test_convention_moves_as_typed(state, actor, action):
    target = ALLOWED.get((state, actor, action))

    if target:
        assert CONVENTION.check(action, state=state, acting_as=actor, comment="Motif.").target == target
    else:
        expected = WrongState if actor == "referent" else WrongRole
        with pytest.raises(expected):
            CONVENTION.check(action, state=state, acting_as=actor, comment="Motif.")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
def test_available_lists_what_is_allowed(state, actor):
    names = [item.name for item in CONVENTION.available(state=state, acting_as=actor)]

    assert names == [action for action in ACTIONS if (state, actor, action) in ALLOWED]


@pytest.mark.parametrize("action", ["resilier", "annuler"])
def test_an_end_demands_a_comment(action):
    with pytest.raises(TransitionRefused, match="demande un commentaire"):
        CONVENTION.check(action, state="signed", acting_as="referent", comment="")


def test_the_model_knows_the_same_states():
    assert [value for value, _ in Convention._meta.get_field("state").flatchoices] == list(STATES)
