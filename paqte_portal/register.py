"""The setting of the State's register of companies: an address, or nothing."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from paqte_portal.proconnect import LOOPBACK


def register_from_environment() -> str:
    """What PAQTE_COMPANY_REGISTER says; empty without it, and the portal asks nobody."""
    named = os.environ.get("PAQTE_COMPANY_REGISTER", "").strip().rstrip("/")
    address = urlsplit(named)
    if named and address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise ImproperlyConfigured(
            f"PAQTE_COMPANY_REGISTER vaut «\u00a0{named}\u00a0»\u00a0; il faut une adresse en https."
        )
    return named
