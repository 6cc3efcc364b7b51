"""Application configuration of privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """What is held on people: listed, exported, erased on request, and kept no longer than announced."""

    name = "privacy"
    verbose_name = "données personnelles"
