"""Addresses of national."""

from django.urls import URLPattern, path

from national.schema import NATIONAL
from national.views import (
    archives,
    board,
    companies,
    editions,
    gathered,
    looking,
    messages,
    practices,
    public,
    publication,
    referents,
    reminders,
    totals,
)
from reporting.views import schemas
from territories.converters import register

register()

urlpatterns: list[URLPattern] = [
    path("national/", totals.national_home, name="national_home"),
    path("national/schema-<int:number>.json", schemas.schema, {"tree": NATIONAL}, name="national_schema"),
    path(
        "national/publics/<department:department>/<semester:semester>.<slug:fmt>",
        public.public_download,
        name="public_download",
    ),
    path("national/<semester:semester>/", totals.national_detail, name="national_detail"),
    path("national/<semester:semester>/choisir/", totals.national_choose, name="national_choose"),
    path("national/<semester:semester>/rubriques/", gathered.gathered_list, name="gathered_list"),
    path("national/<semester:semester>/figer/", editions.edition_create, name="edition_create"),
    path("national/versions/<uuid:pk>/", editions.edition_detail, name="edition_detail"),
    path("national/versions/<uuid:pk>.<slug:fmt>", editions.edition_download, name="edition_download"),
    path("national/<semester:semester>.zip", archives.national_archive, name="national_archive"),
    path("national/<semester:semester>.<slug:fmt>", totals.national_download, name="national_download"),
    path("national/<semester:semester>/comparer/", looking.national_compare, name="national_compare"),
    path("national/<semester:semester>/comparer.<slug:fmt>", looking.compare_download, name="compare_download"),
    path("national/<semester:semester>/indicateurs/<slug:code>/", looking.indicator_detail, name="indicator_detail"),
    path(
        "national/<semester:semester>/indicateurs/<slug:code>.<slug:fmt>",
        looking.indicator_download,
        name="indicator_download",
    ),
    path(
        "national/transmis/<department:department>/<semester:semester>/entreprises/",
        companies.sent_companies,
        name="sent_companies",
    ),
    path(
        "national/transmis/<department:department>/<semester:semester>/entreprises.<slug:fmt>",
        companies.sent_companies_download,
        name="sent_companies_download",
    ),
    path(
        "national/transmis/<department:department>/<semester:semester>/entreprises/<slug:siret>/",
        companies.sent_company,
        name="sent_company",
    ),
    path("national/<semester:semester>/publication/", publication.publication_detail, name="publication_detail"),
    path(
        "national/<semester:semester>/publication/publier/", publication.publication_create, name="publication_create"
    ),
    path(
        "national/<semester:semester>/publication.<slug:fmt>",
        publication.publication_download,
        name="publication_download",
    ),
    path("national/<semester:semester>/etat-des-bilans.<slug:fmt>", board.board_download, name="board_download"),
    path("national/referents.<slug:fmt>", referents.referent_download, name="referent_download"),
    path("national/referents/", referents.referent_list, name="referent_list"),
    path("national/bonnes-pratiques.<slug:fmt>", practices.practice_download, name="practice_download"),
    path("national/bonnes-pratiques/", practices.practice_list, name="practice_list"),
    path("national/messages/", messages.message_list, name="message_list"),
    path("national/messages/nouveau/", messages.message_create, name="message_create"),
    path("national/messages/<uuid:pk>/", messages.message_detail, name="message_detail"),
    path("national/relances/", reminders.reminder_list, name="reminder_list"),
    path("national/relances/<department:department>/", reminders.reminder_send, name="reminder_send"),
]
