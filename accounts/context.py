"""What every page shows around its content: whose page it is, the menu, the day of the demonstration."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from accounts.incidents import reference
from accounts.kept_forms import SENT_AGAIN, KeptForm, kept_form
from accounts.models import User
from accounts.navigation import Entry, menu_for
from accounts.roles import DEPARTMENTAL, MANAGES, Role
from accounts.sessions import SessionStore

REPUBLIC = ("République", "française")
AGENCY = ("Agence nationale", "de la cohésion", "des territoires")


class Frame:
    """The frame of one page. Nothing is read from the database before the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.request = request
        user: User | AnonymousUser = getattr(request, "user", None) or AnonymousUser()
        self.user = user if isinstance(user, User) else None

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.user is not None

    @cached_property
    def brand(self) -> tuple[str, ...]:
        """The lines of the bloc-marque: the préfet of the département, the agency, or the Republic."""
        if self.user and self.user.role == Role.CGET:
            return AGENCY
        if self.user and self.user.department:
            return ("Préfet", self.user.department.of_name)
        return REPUBLIC

    @cached_property
    def who(self) -> str:
        """Who is signed in."""
        return self.user.get_full_name() if self.user else ""

    @cached_property
    def on_behalf_of(self) -> str:
        """For whom this person works here: a role in a département, a company, or the agency."""
        if self.user is None:
            return ""
        if self.user.role == Role.ENTREPRISE:
            return _companies_of(self.user)
        if self.user.role in DEPARTMENTAL and self.user.department:
            return f"{Role(self.user.role).label}, {self.user.department.name}"
        return Role(self.user.role).label if self.user.role else "administration technique"

    @cached_property
    def menu(self) -> list[Entry]:
        """The entries of the menu of this role."""
        return menu_for(self.user.role, self.path) if self.user else []

    @cached_property
    def kept_form(self) -> KeptForm | None:
        """What was typed and waits to be sent again; of the person signed in, or of nobody yet."""
        kept = None if SENT_AGAIN in self.request.POST else kept_form(self.request)
        return None if kept and self.user and kept.account != self.user.pk else kept

    @property
    def session(self) -> SessionStore | None:
        """The session of who is signed in, which ends at `ends_at`, and for good at `limit`."""
        session = getattr(self.request, "session", None)
        return session if self.user and isinstance(session, SessionStore) else None

    @property
    def has_team(self) -> bool:
        """Whether this person manages the accounts of others."""
        return self.user is not None and self.user.role in MANAGES

    @property
    def has_invitations(self) -> bool:
        """Whether this person invites, on a page that their menu does not name."""
        return self.has_team and reverse("invitation_list") not in [entry.url for entry in self.menu]

    @property
    def home(self) -> str:
        """The page behind the title of the service: the dashboard once signed in."""
        return reverse("dashboard") if self.user and self.user.role else reverse("home")

    @property
    def reference(self) -> str:
        """The reference of this request, for pages that say that something went wrong."""
        return reference()

    @property
    def demo_day(self) -> date | None:
        """The day on which the demonstration lives; None on a real portal."""
        today: date | None = settings.PAQTE_TODAY
        return today


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: the frame of this page, as `frame`."""
    return {"frame": Frame(request)}


def _companies_of(user: User) -> str:
    """The company of a member, by the reverse relation: companies stand above accounts."""
    names = [name for name, _ in user.companies_served]
    if not names:
        return Role.ENTREPRISE.label
    return names[0] if len(names) == 1 else f"{names[0]} et d’autres entreprises"
