"""Application configuration of companies."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    """Who signs: companies, establishments, contacts, members, portfolios and charters."""

    name = "companies"
    verbose_name = "entreprises"
