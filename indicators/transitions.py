"""The table of a version of the catalogue that the agency prepares: published once, for good, or given up."""

from django.db import models

from accounts.roles import Role
from workflows.tables import Act, Transition, Workflow

AGENCY = frozenset({str(Role.CGET)})
FRAME, ADD, CHANGE, REMOVE, IMPORT = "entete", "ajouter", "modifier", "retirer", "importer"
PUBLISH, DROP = "publier", "abandonner"


class DraftState(models.TextChoices):
    """Where a version that was begun in the portal stands."""

    DRAFT = "draft", "en préparation"
    PUBLISHED = "published", "publiée"
    DROPPED = "dropped", "abandonnée"


CATALOGUE = Workflow(
    name="catalogue",
    states=dict(DraftState.choices),
    initial=DraftState.DRAFT,
    creators=AGENCY,
    creation="Commencer la version",
    created="Version commencée",
    transitions=(
        Transition(
            name=PUBLISH,
            label="Publier la version",
            past="Version publiée",
            sources=frozenset({DraftState.DRAFT}),
            target=DraftState.PUBLISHED,
            roles=AGENCY,
        ),
        Transition(
            name=DROP,
            label="Abandonner la version",
            past="Version abandonnée",
            sources=frozenset({DraftState.DRAFT}),
            target=DraftState.DROPPED,
            roles=AGENCY,
        ),
    ),
    acts=(
        Act(name=FRAME, label="Changer le nom ou la date", past="Nom ou date changés", roles=AGENCY),
        Act(name=ADD, label="Ajouter un indicateur", past="Indicateur ajouté", roles=AGENCY),
        Act(name=CHANGE, label="Modifier un indicateur", past="Indicateur modifié", roles=AGENCY),
        Act(name=REMOVE, label="Retirer un indicateur", past="Indicateur retiré", roles=AGENCY),
        Act(name=IMPORT, label="Importer un fichier", past="Fichier importé", roles=AGENCY),
    ),
)
