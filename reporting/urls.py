"""Addresses of reporting."""

from django.urls import URLPattern, path

from reporting.schema import BILAN as TREE
from reporting.views import (
    bilans,
    composer,
    downloads,
    examples,
    exchange,
    figures,
    overlaps,
    schemas,
    transmission,
)
from territories.converters import register

register()

BILAN = "bilans/<department:department>/<semester:semester>"

bilan_urls: list[URLPattern] = [
    path("bilans/", bilans.bilan_list, name="bilan_list"),
    path("bilans/schema-<int:number>.json", schemas.schema, {"tree": TREE}, name="bilan_schema"),
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

urlpatterns: list[URLPattern] = [
    *bilan_urls,
]
