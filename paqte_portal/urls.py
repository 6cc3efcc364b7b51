"""Addresses of the portal: each app brings its own, the technical administration has one prefix."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("companies.urls")),
    path("", include("indicators.urls")),
    path("", include("conventions.urls")),
    path("", include("reporting.urls")),
    path("", include("national.urls")),
    path("", include("journal.urls")),
    path("administration/", admin.site.urls),
]

handler400 = "accounts.error_views.bad_request"
handler403 = "accounts.error_views.forbidden"
handler404 = "accounts.error_views.not_found"
handler500 = "accounts.error_views.server_error"
