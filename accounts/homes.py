"""The home of each role: the room that knows what a role comes for declares it, whatever its floor.

A room names its homes on its AppConfig, as `homes = "room.module.HOMES"`: a mapping of roles to `Home`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from accounts.models import User


@dataclass(frozen=True)
class Home:
    """What one lands on after signing in: the value of the page for somebody on a day, and its template."""

    read: Callable[[User, date], object]
    template: str


@cache
def homes() -> Mapping[str, Home]:
    """Every home, by role."""
    return declared_by(apps.get_app_configs())


def declared_by(configs: Iterable[AppConfig]) -> Mapping[str, Home]:
    """The homes that these rooms declare, by role. Raises ImproperlyConfigured when two claim the same role."""
    found: dict[str, Home] = {}
    for config in configs:
        declared: Mapping[str, Home] = import_string(path) if (path := getattr(config, "homes", "")) else {}
        if twice := found.keys() & declared.keys():
            raise ImproperlyConfigured(f"{config.name}: {', '.join(sorted(twice))} has a home already")
        found.update(declared)
    return found
