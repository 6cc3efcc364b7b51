"""What is done to a company and told on its sheet, and by whom."""

from accounts.roles import CompanyRole, Role
from companies.seats import MANAGERS
from workflows.tables import Act, ActTable

TECHNICIAN = "technicien"
"""The capacity of the technical administration, which has no role."""

REFERENT = frozenset({str(Role.REFERENT)})
OFFICE = REFERENT | {TECHNICIAN}

COMPANY = ActTable(
    name="company",
    creators=OFFICE,
    creation="Enregistrer l’entreprise",
    created="Enregistrée",
    acts=(
        Act(name="corriger", label="Corriger la fiche", past="Fiche corrigée", roles=OFFICE),
        Act(name="charte", label="Enregistrer une charte", past="Charte enregistrée", roles=OFFICE),
        Act(name="retirer-charte", label="Retirer une charte", past="Charte retirée", roles=REFERENT),
        Act(name="contacts", label="Modifier les contacts", past="Contacts modifiés", roles=MANAGERS),
        Act(name="etablissements", label="Modifier les établissements", past="Établissements modifiés", roles=REFERENT),
        Act(name="rattacher", label="Rattacher à un groupe", past="Rattachée à un groupe", roles=REFERENT),
        Act(
            name="detacher",
            label="Mettre fin au rattachement à un groupe",
            past="Rattachement à un groupe terminé",
            roles=REFERENT,
        ),
        Act(
            name="delier",
            label="Retirer un rattachement à un groupe",
            past="Rattachement à un groupe retiré",
            roles=REFERENT,
        ),
        Act(name="renommer", label="Changer de nom", past="Nom changé", roles=REFERENT),
        Act(name="denommer", label="Retirer un changement de nom", past="Changement de nom retiré", roles=REFERENT),
        Act(name="finir", label="Enregistrer sa fin", past="Fin de l’entreprise enregistrée", roles=REFERENT),
        Act(name="succeder", label="Prendre la suite d’une entreprise", past="A pris la suite", roles=REFERENT),
        Act(name="retablir", label="Annuler sa fin", past="Fin de l’entreprise annulée", roles=REFERENT),
        Act(name="laisser", label="Ne plus prendre la suite", past="Ne prend plus la suite", roles=REFERENT),
        Act(name="rejoindre", label="Rejoindre l’entreprise", past="Rejointe", roles=frozenset(map(str, CompanyRole))),
        Act(name="role", label="Changer le rôle d’un membre", past="Rôle d’un membre changé", roles=MANAGERS),
        Act(name="retirer", label="Retirer un membre", past="Membre retiré", roles=MANAGERS),
        Act(name="suivre", label="Suivre l’entreprise", past="Suivie", roles=frozenset({str(Role.ANIMATEUR)})),
    ),
)
"""None asks for a reason: why somebody leaves a company is that person's own affair, and no text to keep."""
