"""The tables of this room: the convention, the six-monthly submission, and the campaign that asks for it."""

from django.db import models

from accounts.roles import CompanyRole, Role
from workflows.tables import Act, ActTable, Transition, Workflow

REFERENT = frozenset({str(Role.REFERENT)})
COMPANY = frozenset({str(CompanyRole.ADMINISTRATOR), str(Role.ANIMATEUR)})
"""Who transmits for a company: its administrators, or its animateur. A contributor enters figures only."""


class ConventionState(models.TextChoices):
    """Where a convention stands. Coming, running and expired are no states: the dates say them."""

    DRAFT = "draft", "brouillon"
    READY = "ready", "prête à signer"
    SIGNED = "signed", "signée"
    TERMINATED = "terminated", "résiliée"
    DROPPED = "dropped", "supprimée"


class SubmissionState(models.TextChoices):
    """Where a six-monthly submission stands."""

    DRAFT = "draft", "en saisie"
    TRANSMITTED = "transmitted", "transmise"
    RETURNED = "returned", "à corriger"
    VALIDATED = "validated", "validée"


SIGNED = (ConventionState.SIGNED, ConventionState.TERMINATED)
"""Signed one day, terminated since or not."""

HANDED_IN = (SubmissionState.TRANSMITTED, SubmissionState.VALIDATED)
"""What the préfecture has in hand, and the company cannot change."""

CONVENTION = Workflow(
    name="convention",
    states=dict(ConventionState.choices),
    initial=ConventionState.DRAFT,
    transitions=(
        Transition(
            name="preparer",
            label="Déclarer prête à signer",
            past="Déclarée prête à signer",
            sources=frozenset({ConventionState.DRAFT}),
            target=ConventionState.READY,
            roles=REFERENT,
            missing="missing_to_prepare",
        ),
        Transition(
            name="reprendre",
            label="Reprendre le brouillon",
            past="Reprise en brouillon",
            sources=frozenset({ConventionState.READY}),
            target=ConventionState.DRAFT,
            roles=REFERENT,
        ),
        Transition(
            name="signer",
            label="Enregistrer la signature",
            past="Signature enregistrée",
            sources=frozenset({ConventionState.READY}),
            target=ConventionState.SIGNED,
            roles=REFERENT,
            missing="missing_to_sign",
        ),
        Transition(
            name="resilier",
            label="Résilier",
            past="Résiliée",
            sources=frozenset({ConventionState.SIGNED}),
            target=ConventionState.TERMINATED,
            roles=REFERENT,
            comment_required=True,
        ),
        Transition(
            name="retablir",
            label="Rétablir, l’entreprise n’ayant pas pris fin",
            sources=frozenset({ConventionState.TERMINATED}),
            target=ConventionState.SIGNED,
            roles=REFERENT,
            past="Rétablie",
        ),
        Transition(
            name="annuler",
            label="Annuler la signature",
            past="Signature annulée",
            sources=frozenset({ConventionState.SIGNED}),
            target=ConventionState.READY,
            roles=REFERENT,
            missing="obstacles_to_cancel",
            comment_required=True,
        ),
        Transition(
            name="supprimer",
            label="Supprimer le brouillon",
            past="Supprimée",
            sources=frozenset({ConventionState.DRAFT}),
            target=ConventionState.DROPPED,
            roles=REFERENT,
            missing="obstacles_to_drop",
        ),
    ),
    acts=(
        Act(name="reviser", label="Modifier le cadre", past="Cadre modifié", roles=REFERENT),
        Act(name="fixer", label="Modifier les objectifs", past="Objectifs modifiés", roles=REFERENT),
        Act(
            name="ajouter",
            label="Ajouter un engagement spécifique",
            past="Engagement spécifique ajouté",
            roles=REFERENT,
        ),
        Act(
            name="retirer",
            label="Retirer un engagement spécifique",
            past="Engagement spécifique retiré",
            roles=REFERENT,
        ),
        Act(
            name="amender",
            label="Enregistrer un avenant",
            past="Avenant enregistré",
            roles=REFERENT,
            reason_required=True,
        ),
        Act(
            name="signaler",
            label="Signaler comme déjà comptée ailleurs",
            past="Signalée comme déjà comptée ailleurs",
            roles=REFERENT,
            reason_required=True,
        ),
        Act(
            name="lever",
            label="Lever le signalement « déjà comptée ailleurs »",
            past="Signalement « déjà comptée ailleurs » levé",
            roles=REFERENT,
            reason_required=True,
        ),
    ),
    creators=REFERENT,
)

SUBMISSION = Workflow(
    name="submission",
    states=dict(SubmissionState.choices),
    initial=SubmissionState.DRAFT,
    transitions=(
        Transition(
            name="transmettre",
            label="Transmettre",
            past="Transmise",
            sources=frozenset({SubmissionState.DRAFT, SubmissionState.RETURNED}),
            target=SubmissionState.TRANSMITTED,
            roles=COMPANY,
            missing="missing_to_transmit",
        ),
        Transition(
            name="valider",
            label="Valider la remontée",
            past="Validée",
            sources=frozenset({SubmissionState.TRANSMITTED}),
            target=SubmissionState.VALIDATED,
            roles=REFERENT,
        ),
        Transition(
            name="renvoyer",
            label="Renvoyer pour correction",
            past="Renvoyée pour correction",
            sources=frozenset({SubmissionState.TRANSMITTED}),
            target=SubmissionState.RETURNED,
            roles=REFERENT,
            comment_required=True,
        ),
        Transition(
            name="rouvrir",
            label="Rouvrir la remontée",
            past="Rouverte",
            sources=frozenset({SubmissionState.VALIDATED}),
            target=SubmissionState.RETURNED,
            roles=REFERENT,
            comment_required=True,
        ),
    ),
    acts=(
        Act(name="prolonger", label="Accorder un délai", past="Délai accordé", roles=REFERENT, reason_required=True),
        Act(name="relancer", label="Relancer l’entreprise", past="Entreprise relancée", roles=REFERENT),
    ),
)

CGET = frozenset({str(Role.CGET)})
CHANGE_DATES = "dates"

CAMPAIGN = ActTable(
    name="campaign",
    creators=CGET,
    creation="Ouvrir la campagne",
    created="Campagne ouverte",
    acts=(Act(name=CHANGE_DATES, label="Changer les dates", past="Dates changées", roles=CGET),),
)
