"""What the agency does towards préfectures, and by whom: it has no state, and leaves a line that says when."""

from accounts.roles import Role
from workflows.tables import Act, ActTable

AGENCY = frozenset({str(Role.CGET)})
REMIND, WRITE = "relancer", "ecrire"

DESK = ActTable(
    name="desk",
    acts=(
        Act(name=REMIND, label="Relancer une préfecture", roles=AGENCY),
        Act(name=WRITE, label="Écrire aux référents", roles=AGENCY),
    ),
)

EDITIONS = ActTable(name="edition", creators=AGENCY, creation="Figer une version")
"""A version is asked for once, and nothing is done to it afterwards."""
