"""Application configuration of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The six-monthly bilan of a département and its national consolidation."""

    name = "reporting"
    verbose_name = "bilans"
    homes = "reporting.dashboards.HOMES"
    lists_again = "reporting.tasks.list_again"
