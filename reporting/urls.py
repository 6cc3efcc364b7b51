"""Addresses of reporting."""

from django.urls import URLPattern, path

from reporting.views import (
    bilans,
    composer,
    downloads,
    examples,
    exchange,
    figures,
    national,
    overlaps,
    schemas,
    transmission,
)
from territories.converters import register

register()

BILAN = "bilans/<department:department>/<semester:semester>"

bilan_urls: list[URLPattern] = [
    path("bilans/", bilans.bilan_list, name="bilan_list"),
    path("bilans/schema-<int:number>.json", schemas.schema, {"name": "bilan"}, name="bilan_schema"),
    path(f"{BILAN}/", bilans.bilan_detail, name="bilan_detail"),
    path(f"{BILAN}.<slug:fmt>", downloads.bilan_download, name="bilan_download"),
    path(f"{BILAN}/v<int:version>.<slug:fmt>", downloads.bilan_version, name="bilan_version"),
    path(f"{BILAN}/commencer/", composer.bilan_start, name="bilan_start"),
    path(f"{BILAN}/rediger/", composer.bilan_edit, name="bilan_edit"),
    path(f"{BILAN}/rediger/apercu/", composer.bilan_preview, name="bilan_preview"),
    path(f"{BILAN}/partenaires/", composer.bilan_partners, name="bilan_partners"),
    path(f"{BILAN}/exemples/", examples.bilan_examples, name="bilan_examples"),
    path(f"{BILAN}/contexte/", composer.bilan_context, name="bilan_context"),
    path(f"{BILAN}/transmettre/", transmission.bilan_transmit, name="bilan_transmit"),
    path(f"{BILAN}/chiffres/<slug:code>/", figures.bilan_figure, name="bilan_figure"),
    path(f"{BILAN}/doubles-comptes/<slug:group>/", overlaps.bilan_overlap, name="bilan_overlap"),
    path(f"{BILAN}/rectifier/", composer.bilan_rectify, name="bilan_rectify"),
    path(f"{BILAN}/echange/", exchange.bilan_exchange, name="bilan_exchange"),
    path(f"{BILAN}/echange/accuser/", exchange.bilan_acknowledge, name="bilan_acknowledge"),
    path(f"{BILAN}/echange/interroger/", exchange.bilan_ask, name="bilan_ask"),
    path(f"{BILAN}/echange/repondre/", exchange.bilan_answer, name="bilan_answer"),
]

national_urls: list[URLPattern] = [
    path("national/", national.national_home, name="national_home"),
    path("national/schema-<int:number>.json", schemas.schema, {"name": "national"}, name="national_schema"),
    path("national/<semester:semester>/", national.national_detail, name="national_detail"),
    path("national/<semester:semester>.<slug:fmt>", national.national_download, name="national_download"),
]

urlpatterns: list[URLPattern] = [
    *bilan_urls,
    *national_urls,
]
