"""The settings of ProConnect, all or none: an installation that names its provider must say the rest."""

import json
import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from paqte_portal.environment import required

LOOPBACK = ("127.0.0.1", "localhost")


def proconnect_from_environment() -> dict[str, Any] | None:  # Any: each setting of mozilla-django-oidc has its type
    """What PROCONNECT_ISSUER and the two others say; None without issuer."""
    issuer = os.environ.get("PROCONNECT_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    return proconnect(
        issuer,
        client_id=required("PROCONNECT_CLIENT_ID", "l’identifiant que ProConnect a donné au portail"),
        client_secret=required("PROCONNECT_CLIENT_SECRET", "le secret que ProConnect a donné au portail"),
    )


def proconnect(issuer: str, *, client_id: str, client_secret: str) -> dict[str, Any]:  # Any: as above
    """The settings that mozilla-django-oidc reads, under its own names, and two of ours: ISSUER and ORIGINS."""
    address = urlsplit(issuer)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise ImproperlyConfigured(
            f"PROCONNECT_ISSUER vaut «\u00a0{issuer}\u00a0»\u00a0; il faut une adresse en https."
        )
    return {
        "ISSUER": issuer,
        "ORIGINS": [f"{address.scheme}://{address.netloc}"],
        "OIDC_RP_CLIENT_ID": client_id,
        "OIDC_RP_CLIENT_SECRET": client_secret,
        "OIDC_RP_SIGN_ALGO": "RS256",
        "OIDC_RP_SCOPES": "openid email given_name usual_name",
        # Asks how the person proved who they are: « mfa » spares them our own second factor.
        "OIDC_AUTH_REQUEST_EXTRA_PARAMS": {"claims": json.dumps({"id_token": {"amr": {"essential": True}}})},
        "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{issuer}/authorize",
        "OIDC_OP_TOKEN_ENDPOINT": f"{issuer}/token",
        "OIDC_OP_USER_ENDPOINT": f"{issuer}/userinfo",
        "OIDC_OP_JWKS_ENDPOINT": f"{issuer}/jwks",
        "OIDC_AUTHENTICATION_CALLBACK_URL": "proconnect_callback",
        "OIDC_CREATE_USER": False,
        "OIDC_TIMEOUT": 5,
    }
