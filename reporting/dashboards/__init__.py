"""What each role sees first, as values: what is to be done, how far one is, by when. Nothing here writes."""

from reporting.dashboards.company import company_home
from reporting.dashboards.national import national_home
from reporting.dashboards.portfolio import portfolio_home
from reporting.dashboards.prefecture import prefecture_home

__all__ = ["company_home", "national_home", "portfolio_home", "prefecture_home"]
