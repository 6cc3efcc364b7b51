"""The engine of workflows, on a small table of its own."""

from dataclasses import replace

import pytest

from workflows.tables import Act, ActTable, Incomplete, Transition, Workflow, WrongRole, WrongState, to_mermaid

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
        replace(DOOR, transitions=(DOOR["ouvrir"], DOOR["ouvrir"]))


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match=r"door.ouvrir: unknown states \['closed'\]"):
        replace(DOOR, states={"open": "ouverte"}, transitions=(DOOR["ouvrir"],))


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


GARDEN = ActTable(
    name="garden",
    acts=(
        Act(name="arroser", label="Arroser", past="Arrosé", roles=frozenset({"gardien", "passant"})),
        Act(name="tailler", label="Tailler", past="Taillé", roles=frozenset({"gardien"}), reason_required=True),
    ),
    creators=frozenset({"gardien"}),
    creation="Planter",
    created="Planté",
)


def test_what_has_no_state_has_acts_and_a_first_line():
    assert [GARDEN.past(name) for name in ("creer", "arroser", "tailler")] == ["Planté", "Arrosé", "Taillé"]
    assert GARDEN.commented == ("tailler",)


def test_an_act_is_for_its_roles_and_asks_its_reason():
    assert GARDEN.check_act("arroser", acting_as="passant") is GARDEN.act("arroser")
    with pytest.raises(WrongRole, match="« Tailler »"):
        GARDEN.check_act("tailler", acting_as="passant", reason="Trop haut.")
    with pytest.raises(Incomplete, match="L’action « Tailler » demande un motif"):
        GARDEN.check_act("tailler", acting_as="gardien")


def test_the_creation_is_for_its_creators():
    assert GARDEN.check_act("creer", acting_as="gardien").label == "Planter"
    with pytest.raises(WrongRole, match="« Planter »"):
        GARDEN.check_act("creer", acting_as="passant")


def test_an_act_that_is_not_declared_or_declared_twice_is_an_error():
    with pytest.raises(KeyError, match="garden has no act arracher"):
        GARDEN.check_act("arracher", acting_as="gardien")
    with pytest.raises(ValueError, match="declared twice"):
        replace(GARDEN, acts=(GARDEN.act("arroser"), GARDEN.act("arroser")))
