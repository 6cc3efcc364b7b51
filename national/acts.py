"""What the agency does towards préfectures, and by whom: it has no state, and leaves a line that says when."""

from accounts.roles import Role
from workflows.tables import Act, ActTable

AGENCY = frozenset({str(Role.CGET)})
REMIND, WRITE, PUBLISH = "relancer", "ecrire", "publier"

DESK = ActTable(
    name="desk",
    acts=(
        Act(name=REMIND, label="Relancer une préfecture", past="Préfecture relancée", roles=AGENCY),
        Act(name=WRITE, label="Écrire aux référents", past="Message envoyé aux référents", roles=AGENCY),
    ),
)

EDITIONS = ActTable(name="edition", creators=AGENCY, creation="Figer une version", created="Version figée")
"""A version is asked for once, and nothing is done to it afterwards."""

PUBLISHING = ActTable(
    name="publication",
    acts=(Act(name=PUBLISH, label="Publier les chiffres d’un semestre", past="Chiffres publiés", roles=AGENCY),),
)
"""Done once for a semester, and never undone: the row says who did it and when."""
