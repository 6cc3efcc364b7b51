"""What every page shows around its content: whose page it is, the menu, the day of the demonstration."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from accounts.agency import brand_on
from accounts.incidents import reference
from accounts.kept_forms import SENT_AGAIN, KeptForm, kept_form
from accounts.models import User
from accounts.navigation import Entry, Named, Section, menu_for, plan_for, sheet_above
from accounts.roles import DEPARTMENTAL, MANAGES, Role
from accounts.sessions import SessionStore
from territories.clock import today
from territories.models import Department

ASK_US = "écrivez à l’assistance du portail"
ASK_REFERENT = "écrivez à votre référent PAQTE"
WAYS_OUT: dict[str, str] = {
    Role.LECTEUR: ASK_REFERENT,
    Role.ANIMATEUR: ASK_REFERENT,
    Role.ENTREPRISE: f"demandez-le à un administrateur de votre entreprise, ou {ASK_REFERENT}",
}
"""Whom each role asks when a page is refused to it; the page Contact has the addresses of both."""


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
        """The lines of the bloc-marque: the préfet of one's département or company, or the agency; else none."""
        if self.user and self.user.role == Role.CGET:
            return brand_on(today())
        followed_by = _departments_of(self.user) if self.user else set()
        return ("Préfet", followed_by.pop().of_name) if len(followed_by) == 1 else ()

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
    def plan(self) -> list[Section]:
        """What the plan of the site shows to who is signed in."""
        return plan_for(self.user.role) if self.user else []

    @property
    def sheet(self) -> Named | None:
        """The page that tells where the row of this address stands."""
        return sheet_above(self.path, self.user.role) if self.user else None

    @property
    def way_out(self) -> str:
        """Whom this person asks when a page is refused to them, in French."""
        return WAYS_OUT.get(self.user.role, ASK_US) if self.user else ASK_US

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


def _departments_of(user: User) -> set[Department]:
    """The départements whose préfet this person answers to: their own, or those of the companies they serve."""
    if user.role == Role.ENTREPRISE:
        return {department for _, department in user.companies_served}
    return {user.department} if user.department else set()


def _companies_of(user: User) -> str:
    """The company of a member, by the reverse relation: companies stand above accounts."""
    names = [name for name, _ in user.companies_served]
    if not names:
        return Role.ENTREPRISE.label
    return names[0] if len(names) == 1 else f"{names[0]} et d’autres entreprises"
