"""Application configuration of workflows."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """What moves a row from a state to another, and remembers who did it. It has no table of its own."""

    name = "workflows"
    verbose_name = "circuits"
