"""What each role sees first, as values: what is to be done, how far one is, by when. Nothing here writes."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from accounts.homes import Home
from accounts.models import User
from accounts.roles import Role
from reporting.dashboards.company import company_home
from reporting.dashboards.portfolio import portfolio_home
from reporting.dashboards.prefecture import PrefectureHome, prefecture_home

__all__ = ["HOMES", "company_home", "portfolio_home", "prefecture_home"]


def _prefecture(user: User, on: date) -> PrefectureHome:
    """Links of invitations follow the real clock, whatever the day of the demonstration."""
    return prefecture_home(user, on, at=timezone.now())


_PREFECTURE = Home(_prefecture, "reporting/dashboard_prefecture.html")

HOMES: Mapping[str, Home] = {
    Role.REFERENT: _PREFECTURE,
    Role.LECTEUR: _PREFECTURE,
    Role.ANIMATEUR: Home(portfolio_home, "reporting/dashboard_portfolio.html"),
    Role.ENTREPRISE: Home(company_home, "reporting/dashboard_company.html"),
}
