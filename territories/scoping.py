"""THE access rule: the only place where what a person may see becomes a filter on rows."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

_M = TypeVar("_M", bound=models.Model, covariant=True)


@dataclass(frozen=True)
class Everywhere:
    """Technical administration: every row."""


@dataclass(frozen=True)
class National:
    """CGET: what each model declares as transmitted, nothing local."""


@dataclass(frozen=True)
class Departmental:
    """Préfecture: the rows of one département."""

    department: str


@dataclass(frozen=True)
class Portfolio:
    """Animateur délégué: the rows of the companies entrusted to them (a queryset of company ids)."""

    companies: "QuerySet[models.Model, object]"


@dataclass(frozen=True)
class Corporate:
    """Company member: the rows of their own companies (a queryset of company ids)."""

    companies: "QuerySet[models.Model, object]"


@dataclass(frozen=True)
class Nobody:
    """No role, deactivated or anonymous: nothing."""


Scope = Everywhere | National | Departmental | Portfolio | Corporate | Nobody


class HasScope(Protocol):
    """Whoever asks for rows."""

    @property
    def scope(self) -> Scope:
        """What they may see."""


@dataclass(frozen=True)
class Paths:
    """How a model's rows are found from a scope: forward look-ups only, since a reverse one duplicates rows.

    `department` leads to the département, `company` to the signatory; `national` says which rows the CGET sees.
    None means: never through that door.
    """

    department: str | None = None
    company: str | None = None
    national: Q | None = None


class ScopedQuerySet(models.QuerySet[_M]):
    """A queryset of rows that belong to somebody; views reach rows through `visible_to` only."""

    def visible_to(self, user: HasScope | object) -> Self:
        """Keep the rows that `user` may see. Someone without a scope (anonymous) sees nothing."""
        paths: Paths = getattr(self.model, "scope_paths")  # noqa: B009  # the models below are bound to ScopedModel
        match getattr(user, "scope", Nobody()):
            case Everywhere():
                return self
            case National() if paths.national is not None:
                return self.filter(paths.national)
            case Departmental(department) if paths.department:
                return self.filter(**{paths.department: department})
            case Portfolio(companies) | Corporate(companies) if paths.company:
                return self.filter(**{f"{paths.company}__in": companies})
            case _:
                return self.none()


class ScopedModel(models.Model):
    """Base of every model whose rows belong to a département or a company; `scope_paths` is mandatory."""

    scope_paths: ClassVar[Paths]

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_visible_to(self, user: HasScope | object) -> bool:
        """Whether `user` may see this row: the same rule, asked of one row, saved or not; one query at most."""
        match getattr(user, "scope", Nobody()):
            case Everywhere():
                return True
            case Departmental(department) if self.scope_paths.department:
                return bool(_reached(self, self.scope_paths.department) == department)
            case _:
                return type(self).objects.visible_to(user).filter(pk=self.pk).exists()


def _reached(row: models.Model, path: str) -> object:
    """The key at the end of a path of forward look-ups; no query where the rows on the way are loaded."""
    *through, last = path.split("__")
    for name in through:
        row = getattr(row, name)
    return row.pk if last == "pk" else getattr(row, f"{last}_id")
