"""Addresses of the catalogue, beside the campaigns: both are the agency's calendar."""

from django.urls import URLPattern, path

from indicators.views import catalogue, drafts

urlpatterns: list[URLPattern] = [
    path("campagnes/catalogue/", catalogue.catalogue_list, name="catalogue_list"),
    path("campagnes/catalogue/versions/<slug:code>/", catalogue.catalogue_detail, name="catalogue_detail"),
    path("campagnes/catalogue/versions/<slug:code>.toml", catalogue.catalogue_file, name="catalogue_file"),
    path("campagnes/catalogue/nouvelle/", drafts.draft_create, name="draft_create"),
    path("campagnes/catalogue/<uuid:pk>/", drafts.draft_detail, name="draft_detail"),
    path("campagnes/catalogue/<uuid:pk>/fichier.<slug:fmt>", drafts.draft_file, name="draft_file"),
    path("campagnes/catalogue/<uuid:pk>/version/", drafts.draft_frame, name="draft_frame"),
    path("campagnes/catalogue/<uuid:pk>/ajouter/", drafts.draft_indicator_create, name="draft_indicator_create"),
    path(
        "campagnes/catalogue/<uuid:pk>/indicateurs/<slug:code>/",
        drafts.draft_indicator_update,
        name="draft_indicator_update",
    ),
    path(
        "campagnes/catalogue/<uuid:pk>/retirer/<slug:code>/",
        drafts.draft_indicator_remove,
        name="draft_indicator_remove",
    ),
    path("campagnes/catalogue/<uuid:pk>/importer/", drafts.draft_import, name="draft_import"),
    path("campagnes/catalogue/<uuid:pk>/publier/", drafts.draft_publish, name="draft_publish"),
    path("campagnes/catalogue/<uuid:pk>/abandonner/", drafts.draft_drop, name="draft_drop"),
]
