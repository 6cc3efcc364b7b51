"""People: one account each, identified by a professional e-mail address."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from accounts.roles import DEPARTMENTAL, Role
from territories.fields import OrderKeyField
from territories.models import Department
from territories.scoping import Corporate, Departmental, Everywhere, National, Nobody, Portfolio, Scope


class UserQuerySet(models.QuerySet["User"]):
    """Accounts, by the questions people ask."""

    def referents(self) -> "UserQuerySet":
        """The référents in post, by département then name: those who answer for it and are written to."""
        in_post = self.filter(role=Role.REFERENT, is_active=True)
        return in_post.select_related("department").order_by("department", "name_key", "pk")


class UserManager(BaseUserManager["User"]):
    """Creates and finds accounts; their addresses are kept in lower case: Jean@X.fr and jean@x.fr are one person."""

    def get_queryset(self) -> UserQuerySet:
        """All of them."""
        return UserQuerySet(self.model, using=self._db)

    def referents(self) -> UserQuerySet:
        """The référents in post."""
        return self.get_queryset().referents()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # Any: model fields
        """Create an account; without a password nobody can sign in with it."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # Any: model fields
        """Create a technical administrator, who sees every row in the technical administration and no portal page."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in looks an address up whatever its case."""
        return self.get(email=self.normalize_email(username))

    def at(self, address: str) -> "User | None":
        """The account that has this address, active or not."""
        return self.filter(email=self.normalize_email(address)).first()

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """An address as every row keeps it, however it was typed. Django's own leaves capitals before the @."""
        return (email or "").strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Role and département say what it sees; both are read again at every request."""

    NOBODY: ClassVar[str] = "anonyme.invalid"
    """The domain of accounts whose person was erased; it can never exist (RFC 2606)."""

    public_id = models.UUIDField("identifiant dans les adresses", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    job_title = models.CharField("fonction", max_length=150, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    role = models.CharField("rôle", max_length=10, choices=Role.choices, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="users", verbose_name="département"
    )
    new_email = models.EmailField("nouvelle adresse, à confirmer", max_length=254, blank=True)
    new_email_at = models.DateTimeField("changement d’adresse demandé le", null=True, blank=True)
    proconnect_sub = models.CharField("identifiant ProConnect", max_length=255, blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    is_active = models.BooleanField("compte actif", default=True)
    is_staff = models.BooleanField("accès à l’administration technique", default=False)
    name_key = OrderKeyField("rang alphabétique", of=("last_name", "first_name"))

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message="Un compte existe déjà à cette adresse."
            ),
            models.UniqueConstraint(
                fields=("proconnect_sub",),
                condition=~Q(proconnect_sub=""),
                name="user_proconnect_sub_once",
                violation_error_message="Un autre compte porte déjà cette identité ProConnect.",
            ),
            models.CheckConstraint(
                condition=Q(new_email="", new_email_at__isnull=True)
                | (~Q(new_email="") & Q(new_email_at__isnull=False)),
                name="user_new_email_has_a_date",
                violation_error_message="Une adresse à confirmer a la date de sa demande.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *Role.values]),
                name="user_role_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(DEPARTMENTAL), department__isnull=False)
                | (~Q(role__in=sorted(DEPARTMENTAL)) & Q(department__isnull=True)),
                name="user_department_goes_with_role",
                violation_error_message="Un référent, un lecteur ou un animateur a un département, les autres non.",
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name()

    @property
    def bare_name(self) -> str:
        """First and last name, empty when neither is known: for readers who are not to learn the address."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self) -> str:
        """First and last name, or the address when neither is known."""
        return self.bare_name or self.email

    def get_short_name(self) -> str:
        """First name, or the address."""
        return self.first_name or self.email

    @property
    def may_administer(self) -> bool:
        """Who enters the technical administration: technicians, and the référents to whom it was opened.

        Both see their own rows only. A role that only reads the portal does not come in, whatever `is_staff` says.
        """
        return self.is_active and self.is_staff and (self.is_superuser or self.role == Role.REFERENT)

    @cached_property
    def companies_served(self) -> list[tuple[str, Department]]:
        """Name and département of the companies this person is a member of, by name; one query."""
        rows = self.memberships.select_related("company__department").order_by("company__name_key", "company")
        place = "company__department"
        kept = rows.only("user", "company__name", f"{place}__name", f"{place}__name_kind", f"{place}__time_zone")
        return [(row.company.name, row.company.department) for row in kept]

    @property
    def role_today(self) -> str:
        """In what capacity this person acts on what belongs to no row, as the agency's desk; none once deactivated."""
        return self.role if self.is_active else ""

    @property
    def referents(self) -> UserQuerySet:
        """Who follows this person at the préfecture: the référents of the company's département, or of one's own."""
        theirs = (
            Q(department__companies__memberships__user=self)
            if self.role == Role.ENTREPRISE
            else Q(department=self.department_id)
        )
        return User.objects.referents().filter(theirs).distinct()

    @property
    def time_zone(self) -> str:
        """Where this person's days begin: the zone of their département or company; empty for the nation."""
        if self.department:
            return self.department.time_zone
        if self.role == Role.ENTREPRISE and self.companies_served:
            return self.companies_served[0][1].time_zone
        return ""

    @property
    def scope(self) -> Scope:
        """Which rows this person may see; no query is made before the rows are."""
        if not self.is_active:
            return Nobody()
        if self.is_superuser:
            return Everywhere()
        return self._scope_of_role()

    def _scope_of_role(self) -> Scope:
        """One line per role. Companies are reached by their reverse relations: their app stands above this one."""
        match self.role:
            case Role.CGET:
                return National()
            case Role.REFERENT | Role.LECTEUR:
                return Departmental(self.department_id or "")
            case Role.ANIMATEUR:
                return Portfolio(self.portfolio.values("company_id"))
            case Role.ENTREPRISE:
                return Corporate(self.memberships.values("company_id"))
            case _:
                return Nobody()
