"""Application configuration of indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """What is counted: the versioned catalogue of indicators and ratios."""

    name = "indicators"
    verbose_name = "indicateurs"
