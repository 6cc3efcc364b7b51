"""Application configuration of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: accounts, roles, who may open which page, outgoing mail."""

    name = "accounts"
    verbose_name = "comptes"
