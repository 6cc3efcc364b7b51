"""The menu: at most four entries per role, each the name of an address."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.roles import Role

COMPANIES = ("Entreprises", "company_list")
CONVENTIONS = ("Conventions", "convention_list")
SUBMISSIONS = ("Remontées", "submission_list")
BILANS = ("Bilans", "bilan_list")

MENU: dict[str, tuple[tuple[str, str], ...]] = {
    Role.REFERENT: (COMPANIES, CONVENTIONS, SUBMISSIONS, BILANS),
    Role.LECTEUR: (COMPANIES, CONVENTIONS, SUBMISSIONS, BILANS),
    Role.ANIMATEUR: (COMPANIES, CONVENTIONS, SUBMISSIONS),
    Role.ENTREPRISE: (
        ("Ma convention", "convention_list"),
        ("Mes remontées", "submission_list"),
        ("Mon entreprise", "company_list"),
    ),
    Role.CGET: (
        BILANS,
        ("National", "national_home"),
        ("Campagnes", "campaign_list"),
        ("Invitations", "invitation_list"),
    ),
}
"""Which entries a role has, in their order; the label is what this role calls the page."""


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `current` is what aria-current says: « page », « true » inside its section, else empty."""

    label: str
    url: str
    current: str


def menu_for(role: str, path: str) -> list[Entry]:
    """The entries of this role, the one that contains `path` marked."""
    addresses = ((label, reverse(name)) for label, name in MENU.get(role, ()))
    return [Entry(label, url, _current(url, path)) for label, url in addresses]


def _current(url: str, path: str) -> str:
    """What aria-current says of an entry."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
