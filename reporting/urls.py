"""Addresses of reporting."""

from django.urls import URLPattern, path

from reporting.views import dashboard

urlpatterns: list[URLPattern] = [
    path("tableau-de-bord/", dashboard.dashboard, name="dashboard"),
]
