"""Addresses of national."""

from django.urls import URLPattern, path

from national import views
from national.schema import NATIONAL
from reporting.views import schemas
from territories.converters import register

register()

urlpatterns: list[URLPattern] = [
    path("national/", views.national_home, name="national_home"),
    path("national/schema-<int:number>.json", schemas.schema, {"tree": NATIONAL}, name="national_schema"),
    path("national/<semester:semester>/", views.national_detail, name="national_detail"),
    path("national/<semester:semester>/choisir/", views.national_choose, name="national_choose"),
    path("national/<semester:semester>.<slug:fmt>", views.national_download, name="national_download"),
]
