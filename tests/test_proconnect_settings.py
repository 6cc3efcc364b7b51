"""ProConnect in the settings: all of it or nothing, and nothing that is not safe."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from paqte_portal.policy import content_security_policy
from paqte_portal.proconnect import proconnect, proconnect_from_environment


def test_the_waits_are_short() -> None:
    assert proconnect("https://idp.example", client_id="a", client_secret="b")["OIDC_TIMEOUT"] == 5


def test_forms_may_lead_to_the_provider_only_where_it_is() -> None:
    own = proconnect("https://idp.example/api/v2", client_id="a", client_secret="b")["ORIGINS"]

    assert content_security_policy()["DIRECTIVES"]["form-action"] == ["'self'"]
    assert content_security_policy(form_targets=own)["DIRECTIVES"]["form-action"] == ["'self'", "https://idp.example"]


def test_the_environment_says_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proconnect_from_environment() is None

    monkeypatch.setenv("PROCONNECT_ISSUER", "https://idp.example/api/v2/")
    with pytest.raises(ImproperlyConfigured, match="PROCONNECT_CLIENT_ID"):
        proconnect_from_environment()

    monkeypatch.setenv("PROCONNECT_CLIENT_ID", "paqte")
    monkeypatch.setenv("PROCONNECT_CLIENT_SECRET", "secret")
    found = proconnect_from_environment()
    assert found is not None
    assert found["OIDC_OP_JWKS_ENDPOINT"] == "https://idp.example/api/v2/jwks"


def test_the_provider_must_be_safe() -> None:
    with pytest.raises(ImproperlyConfigured, match="https"):
        proconnect("http://idp.example", client_id="a", client_secret="b")
