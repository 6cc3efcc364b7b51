"""Each role has one home, which the room that knows it declares."""

import pytest
from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

from accounts.homes import declared_by, homes
from accounts.roles import Role


def test_every_role_has_its_home() -> None:
    assert {role: home.template for role, home in homes().items()} == {
        Role.REFERENT: "reporting/dashboard_prefecture.html",
        Role.LECTEUR: "reporting/dashboard_prefecture.html",
        Role.ANIMATEUR: "reporting/dashboard_portfolio.html",
        Role.ENTREPRISE: "reporting/dashboard_company.html",
        Role.CGET: "national/home.html",
    }


def test_a_role_is_claimed_once() -> None:
    reporting: AppConfig = apps.get_app_config("reporting")

    with pytest.raises(ImproperlyConfigured, match="reporting: animateur, entreprise, lecteur, referent"):
        declared_by([reporting, reporting])
