"""The menu: at most four entries per role, each the name of an address; and the plan, with what stands under each."""

from dataclasses import dataclass

from django.urls import Resolver404, resolve, reverse

from accounts.roles import MANAGES, Role

Named = tuple[str, str]
"""What a page is called, and the name of its address or the address itself."""

DASHBOARD = ("Tableau de bord", "dashboard")
TEAM = ("Équipe", "team_list")
INVITATIONS = ("Invitations", "invitation_list")
ACCOUNT = ("Mon compte", "account")
COMPANIES = ("Entreprises", "company_list")
CONVENTIONS = ("Conventions", "convention_list")
SUBMISSIONS = ("Remontées", "submission_list")
BILANS = ("Bilans", "bilan_list")

MENU: dict[str, tuple[Named, ...]] = {
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
        INVITATIONS,
    ),
}
"""Which entries a role has, in their order; the label is what this role calls the page."""

UNDER: dict[str, tuple[Named, ...]] = {
    "company_list": (
        ("Nouvelle entreprise", "company_create"),
        ("Importer des entreprises", "company_import"),
        ("Contacts des entreprises", "contact_list"),
    ),
    "dashboard": (("Courriels non remis", "unreachable_list"),),
    "convention_list": (
        ("Nouvelle convention", "convention_create"),
        ("Importer des conventions", "convention_import"),
        ("Chartes Entreprises et Quartiers", "charter_list"),
        ("Enregistrer une charte", "charter_create"),
    ),
    "submission_list": (("Importer des résultats", "result_import"),),
    "national_home": (
        ("Annuaire des référents", "referent_list"),
        ("Préfectures à relancer", "reminder_list"),
        ("Messages aux référents", "message_list"),
        ("Bonnes pratiques", "practice_list"),
    ),
    "campaign_list": (
        ("Ouvrir une campagne", "campaign_create"),
        ("Catalogue d’indicateurs", "catalogue_list"),
        ("Préparer une version du catalogue", "draft_create"),
    ),
    "team_list": (("Journal", "journal"),),
    "invitation_list": (("Inviter", "invitation_create"),),
    "account": (
        ("Changer d’adresse", "address_change"),
        ("Mot de passe", "password_change"),
        ("Second facteur", "second_factor"),
        ("Mes connexions", "session_list"),
    ),
}
"""The second level of the plan of the site: pages that open without choosing a row first, under that of the menu."""

SHEETS = {
    "company_detail": "Revenir à l’entreprise",
    "convention_detail": "Revenir à la convention",
    "submission_detail": "Revenir à la remontée",
    "bilan_detail": "Revenir au bilan",
    "draft_detail": "Revenir à la version en préparation",
    "edition_detail": "Revenir à la version figée",
    "campaign_list": "Revenir aux campagnes",
    "team_list": "Revenir à l’équipe",
    "invitation_list": "Revenir aux invitations",
    "account": "Revenir à mon compte",
    **dict.fromkeys(("company_import", "convention_import", "result_import"), "Revenir à l’import"),
}
"""The pages that tell where a row stands, with the words that lead back to them."""


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `current` is what aria-current says: « page », « true » inside its section, else empty."""

    label: str
    url: str
    current: str


@dataclass(frozen=True)
class Section:
    """A part of the plan: its page, then those under it, as labels and addresses."""

    label: str
    url: str
    pages: tuple[Named, ...]


def menu_for(role: str, path: str) -> list[Entry]:
    """The entries of this role, the one that contains `path` marked."""
    addresses = ((label, reverse(name)) for label, name in MENU.get(role, ()))
    return [Entry(label, url, _current(url, path)) for label, url in addresses]


def plan_for(role: str) -> list[Section]:
    """The pages that this role reaches from everywhere, in the order of the menu, each with those that it leads to."""
    parts = [DASHBOARD, *MENU.get(role, ())] if role else []
    parts += [part for part in (TEAM, INVITATIONS) if role in MANAGES and part not in parts]
    return [_section(label, name, role) for label, name in (*parts, ACCOUNT)]


def sheet_above(path: str, role: str) -> Named | None:
    """The nearest page above this address that tells where its row stands, when this role opens it."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            name = resolve(f"{path}/").url_name
        except Resolver404:
            continue
        if name in SHEETS:
            return (SHEETS[name], f"{path}/") if _opens(f"{path}/", role) else None
    return None


def _section(label: str, name: str, role: str) -> Section:
    below = ((called, reverse(page)) for called, page in UNDER.get(name, ()))
    return Section(label, reverse(name), tuple(page for page in below if _opens(page[1], role)))


def _opens(url: str, role: str) -> bool:
    """Whether the page says that this role opens it; one for any account opens without a role too."""
    allowed: frozenset[str] = getattr(resolve(url).func, "allowed_roles")  # noqa: B009  # set by @allow
    return role in allowed or allowed == frozenset(Role)


def _current(url: str, path: str) -> str:
    """What aria-current says of an entry."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
