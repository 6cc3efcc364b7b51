"""Application configuration of demonstration."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Invented companies of three départements; nothing imports this room."""

    name = "demonstration"
    verbose_name = "démonstration"
