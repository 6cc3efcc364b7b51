"""The engine of workflows, on a small table of its own."""

import pytest

from workflows.tables import Incomplete, Transition, Workflow, WrongRole, WrongState, to_mermaid

DOOR = Workflow(
    name="door",
    states={"closed": "fermée", "open": "ouverte"},
    initial="closed",
    transitions=(
        Transition(
            name="ouvrir", label="Ouvrir", sources=frozenset({"closed"}), target="open", roles=frozenset({"gardien"})
        ),
        Transition(
            name="fermer",
            label="Fermer",
            sources=frozenset({"open", "closed"}),
            target="closed",
            roles=frozenset({"gardien", "passant"}),
            comment_required=True,
        ),
    ),
)


def test_transition_is_found_by_name():
    assert DOOR["ouvrir"].label == "Ouvrir"


def test_unknown_transition_is_a_key_error():
    with pytest.raises(KeyError, match="door has no transition casser"):
        DOOR["casser"]


def test_check_returns_the_transition():
    assert DOOR.check("ouvrir", state="closed", acting_as="gardien", comment="") is DOOR["ouvrir"]


def test_wrong_role_is_said_before_wrong_state():
    with pytest.raises(WrongRole, match="Vous ne pouvez pas effectuer l’action « Ouvrir »"):
        DOOR.check("ouvrir", state="open", acting_as="passant", comment="")


def test_wrong_state_names_the_state():
    with pytest.raises(WrongState) as refusal:
        DOOR.check("ouvrir", state="open", acting_as="gardien", comment="")

    assert "état « ouverte »" in refusal.value.reasons[0]


def test_missing_comment_is_refused():
    with pytest.raises(Incomplete, match="demande un commentaire"):
        DOOR.check("fermer", state="open", acting_as="passant", comment="")


def test_available_depends_on_state_and_role():
    assert [item.name for item in DOOR.available(state="closed", acting_as="gardien")] == ["ouvrir", "fermer"]
    assert [item.name for item in DOOR.available(state="open", acting_as="passant")] == ["fermer"]
    assert DOOR.available(state="open", acting_as="inconnu") == ()


def test_moves_begin_with_the_creation():
    assert DOOR.moves == (
        ("creer", "", "closed"),
        ("ouvrir", "closed", "open"),
        ("fermer", "closed", "closed"),
        ("fermer", "open", "closed"),
    )
    assert DOOR.commented == ("fermer",)


def test_a_name_declared_twice_is_refused():
    with pytest.raises(ValueError, match="declared twice"):
        Workflow("door", DOOR.states, "closed", (DOOR["ouvrir"], DOOR["ouvrir"]))


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match=r"door.ouvrir: unknown states \['closed'\]"):
        Workflow("door", {"open": "ouverte"}, "open", (DOOR["ouvrir"],))


def test_diagram_names_states_and_arrows():
    assert to_mermaid(DOOR) == (
        "stateDiagram-v2\n"
        "    closed : fermée\n"
        "    open : ouverte\n"
        "    [*] --> closed\n"
        "    closed --> open : Ouvrir\n"
        "    closed --> closed : Fermer\n"
        "    open --> closed : Fermer\n"
    )
