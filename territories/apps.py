"""Application configuration of territories."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    """Where and when: départements, neighbourhoods, semesters, the clock and the scoping rule."""

    name = "territories"
    verbose_name = "territoires"
