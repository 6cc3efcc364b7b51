"""Application configuration of conventions."""

from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    """The heart: conventions, targets, campaigns, submissions and their workflows."""

    name = "conventions"
    verbose_name = "conventions"
