"""ProConnect, the State's provider of identity: it says who somebody is, never what they may do here.

mozilla-django-oidc carries the exchange; it checks the signature, the nonce and the dates. Added here: who issued the
token and for whom, that both answers speak of the same person, and which account that is. None is ever created.
"""

from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from accounts.models import User
from accounts.roles import Role

Claims = dict[str, Any]  # Any: whatever the provider says
REQUIRED = ["iss", "aud", "sub"]
SECOND_PROOF = "mfa"
"""In `amr`, by RFC 8176: the person gave several proofs to the provider."""


UNREADABLE = "La réponse de ProConnect n’est pas recevable."


class IdentityRefused(Exception):
    """The provider's answer opens no account; the message is a French sentence."""


def provider_setting(name: str, *default: Any) -> Any:  # Any: each setting has its type
    """A setting of mozilla-django-oidc: ours, else its own default. Where there is no ProConnect all are empty."""
    return (settings.PROCONNECT or {}).get(name, getattr(settings, name, *(default or ("",))))


class ProConnectBackend(OIDCAuthenticationBackend):
    """Finds the account of a person that the provider vouches for."""

    get_settings = staticmethod(provider_setting)

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> User | None:  # Any: credentials
        """Only what comes back from the provider: the sign-in form is tried by every backend, this one included."""
        if settings.PROCONNECT is None or not kwargs.get("nonce"):
            return None
        user: User | None = super().authenticate(request, **kwargs)
        return user

    def _verify_jws(self, payload: str, key: jwt.PyJWK) -> Claims:
        """The claims of a token signed by the provider, of this provider, for this portal, and still valid."""
        if jwt.get_unverified_header(payload).get("alg") != self.OIDC_RP_SIGN_ALGO:
            raise IdentityRefused("Le jeton n’est pas signé comme convenu.")
        claims: Claims = jwt.decode(
            payload,
            key,
            algorithms=[self.OIDC_RP_SIGN_ALGO],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=provider_setting("ISSUER"),
            options={"require": REQUIRED},
            leeway=10,
        )
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: Claims) -> Claims:
        """The signed description of the person, who must be the one of the identity token."""
        if "exp" not in payload:
            raise IdentityRefused("Le jeton d’identité ne dit pas jusqu’à quand il vaut.")
        answer = requests.get(
            self.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=provider_setting("OIDC_TIMEOUT"),
        )
        answer.raise_for_status()
        if not answer.headers.get("content-type", "").lower().startswith("application/jwt"):
            # The library would believe it; ProConnect always signs.
            raise IdentityRefused("La description de l’identité n’est pas signée.")
        try:
            claims: Claims = self.verify_token(answer.text)
        except SuspiciousOperation as error:
            # The library would take it for an unknown person, and count a failed sign-in of nobody.
            raise IdentityRefused(UNREADABLE) from error
        if claims.get("sub") != payload["sub"]:
            raise IdentityRefused("Les deux réponses ne parlent pas de la même personne.")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: Claims) -> User | None:
        """The account, marked when the provider asked for several proofs."""
        claims = self.get_userinfo(access_token, id_token, payload)
        user = account_of(claims)
        user.proved_twice = SECOND_PROOF in (payload.get("amr") or [])  # type: ignore[attr-defined]  # read by the view
        return user


@transaction.atomic
def account_of(claims: Claims) -> User:
    """The account bound to this identity; the first time, the one at its verified address. Raises IdentityRefused."""
    accounts = User.objects.select_for_update(no_key=True)
    user = accounts.filter(proconnect_sub=claims["sub"]).first() or accounts.filter(email=_address(claims)).first()
    if user is None or not user.is_active:
        raise IdentityRefused("Aucun compte du portail ne correspond à cette identité.")
    if user.role == Role.ANIMATEUR or not (user.role or user.is_staff):
        raise IdentityRefused("Ce compte se connecte par mot de passe.")
    if user.proconnect_sub not in {"", claims["sub"]}:
        raise IdentityRefused("Le compte à cette adresse appartient à une autre identité ProConnect.")
    user.proconnect_sub = claims["sub"]
    user.save(update_fields=["proconnect_sub"])
    return user


def _address(claims: Claims) -> str:
    """The address that the provider verified. Raises IdentityRefused: any other could be somebody else's."""
    if claims.get("email_verified") is not True or not claims.get("email"):
        raise IdentityRefused("ProConnect n’a pas vérifié l’adresse électronique de cette identité.")
    return User.objects.normalize_email(str(claims["email"]))
