"""Puts our site in the place of Django's administration."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """django.contrib.admin with PortalAdminSite."""

    default_site = "paqte_portal.administration.PortalAdminSite"
