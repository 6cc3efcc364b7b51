"""The tables of the two workflows of this room: the convention and the six-monthly submission."""

from accounts.roles import CompanyRole, Role
from workflows.tables import Transition, Workflow

REFERENT = frozenset({str(Role.REFERENT)})
COMPANY = frozenset({str(CompanyRole.ADMINISTRATOR), str(Role.ANIMATEUR)})
"""Who transmits for a company: its administrators, or its animateur. A contributor enters figures only."""

CONVENTION = Workflow(
    name="convention",
    states={
        "draft": "brouillon",
        "ready": "prête à signer",
        "signed": "signée",
        "terminated": "résiliée",
        "dropped": "supprimée",
    },
    initial="draft",
    transitions=(
        Transition(
            name="preparer",
            label="Déclarer prête à signer",
            sources=frozenset({"draft"}),
            target="ready",
            roles=REFERENT,
            missing="missing_to_prepare",
        ),
        Transition(
            name="reprendre",
            label="Reprendre le brouillon",
            sources=frozenset({"ready"}),
            target="draft",
            roles=REFERENT,
        ),
        Transition(
            name="signer",
            label="Enregistrer la signature",
            sources=frozenset({"ready"}),
            target="signed",
            roles=REFERENT,
            missing="missing_to_sign",
        ),
        Transition(
            name="resilier",
            label="Résilier",
            sources=frozenset({"signed"}),
            target="terminated",
            roles=REFERENT,
            comment_required=True,
        ),
        Transition(
            name="annuler",
            label="Annuler la signature",
            sources=frozenset({"signed"}),
            target="ready",
            roles=REFERENT,
            missing="obstacles_to_cancel",
            comment_required=True,
        ),
        Transition(
            name="supprimer",
            label="Supprimer le brouillon",
            sources=frozenset({"draft"}),
            target="dropped",
            roles=REFERENT,
            missing="obstacles_to_drop",
        ),
    ),
)

SUBMISSION = Workflow(
    name="submission",
    states={"draft": "en saisie", "transmitted": "transmise", "returned": "à corriger", "validated": "validée"},
    initial="draft",
    transitions=(
        Transition(
            name="transmettre",
            label="Transmettre",
            sources=frozenset({"draft", "returned"}),
            target="transmitted",
            roles=COMPANY,
            missing="missing_to_transmit",
        ),
        Transition(
            name="valider",
            label="Valider la remontée",
            sources=frozenset({"transmitted"}),
            target="validated",
            roles=REFERENT,
        ),
        Transition(
            name="renvoyer",
            label="Renvoyer pour correction",
            sources=frozenset({"transmitted"}),
            target="returned",
            roles=REFERENT,
            comment_required=True,
        ),
        Transition(
            name="rouvrir",
            label="Rouvrir la remontée",
            sources=frozenset({"validated"}),
            target="returned",
            roles=REFERENT,
            comment_required=True,
        ),
    ),
)
