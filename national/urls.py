"""Addresses of national."""

from django.urls import URLPattern, path

from national.schema import NATIONAL
from national.views import messages, totals
from reporting.views import schemas
from territories.converters import register

register()

urlpatterns: list[URLPattern] = [
    path("national/", totals.national_home, name="national_home"),
    path("national/schema-<int:number>.json", schemas.schema, {"tree": NATIONAL}, name="national_schema"),
    path("national/<semester:semester>/", totals.national_detail, name="national_detail"),
    path("national/<semester:semester>/choisir/", totals.national_choose, name="national_choose"),
    path("national/<semester:semester>.<slug:fmt>", totals.national_download, name="national_download"),
    path("national/relances/<department:department>/", messages.reminder_send, name="reminder_send"),
]
