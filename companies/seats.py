"""What an invitation gives, and who may give it: one table, from which the forms, the pages and the actions follow."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.roles import CompanyRole, Role


@dataclass(frozen=True)
class Seat:
    """A role and, for the member of a company, the place in it."""

    role: Role
    company_role: CompanyRole | None = None

    @property
    def label(self) -> str:
        """« référent PAQTE », « administrateur »: what the person becomes."""
        return str(self.company_role.label if self.company_role else self.role.label)


AGENT = Seat(Role.CGET)
REFERENT = Seat(Role.REFERENT)
LECTEUR = Seat(Role.LECTEUR)
ANIMATEUR = Seat(Role.ANIMATEUR)
ADMINISTRATOR = Seat(Role.ENTREPRISE, CompanyRole.ADMINISTRATOR)
CONTRIBUTOR = Seat(Role.ENTREPRISE, CompanyRole.CONTRIBUTOR)

MANAGERS = frozenset({str(Role.REFERENT), str(CompanyRole.ADMINISTRATOR)})
"""Who gives places in a company and takes them away."""

GIVES: Mapping[str, frozenset[Seat]] = {
    Role.CGET: frozenset({AGENT, REFERENT}),
    Role.REFERENT: frozenset({REFERENT, LECTEUR, ANIMATEUR, ADMINISTRATOR, CONTRIBUTOR}),
    CompanyRole.ADMINISTRATOR: frozenset({ADMINISTRATOR, CONTRIBUTOR}),
}
"""By the capacity in which one acts (see `Company.acting_as`). Whoever is not in the table invites nobody.

Where a seat may be given is not said here: the département and the companies must be visible to whoever invites.
"""


def may_give(acting_as: str, seat: Seat) -> bool:
    """Whether somebody acting in this capacity may invite to this seat, somewhere."""
    return seat in GIVES.get(acting_as, frozenset())
