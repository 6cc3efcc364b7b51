"""Application configuration of national."""

from django.apps import AppConfig


class NationalConfig(AppConfig):
    """The country, added up from what préfectures sent."""

    name = "national"
    verbose_name = "national"
    homes = "national.home.HOMES"
    lists_again = "national.tasks.list_again"
