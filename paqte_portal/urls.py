"""Addresses of the portal: each app brings its own, the technical administration has one prefix."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("companies.urls")),
    path("", include("conventions.urls")),
    path("", include("reporting.urls")),
    path("administration/", admin.site.urls),
]
