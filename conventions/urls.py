"""Addresses of the lists, of conventions, of submissions and of campaigns."""

from django.urls import URLPattern, path

from companies.views import imports
from conventions.resources.conventions import ConventionResource
from conventions.resources.results import ResultResource
from conventions.views import (
    campaigns,
    charters,
    conventions,
    decisions,
    elsewhere,
    entry,
    lists,
    reminders,
    signature,
    submissions,
    successions,
    targets,
)
from territories import converters

converters.register()

list_urls: list[URLPattern] = [
    path("entreprises/", lists.company_list, name="company_list"),
    path("conventions/", lists.convention_list, name="convention_list"),
    path("resultats/", lists.submission_list, name="submission_list"),
    path("chartes/", charters.charter_list, name="charter_list"),
]

convention_urls: list[URLPattern] = [
    path("conventions/nouvelle/", conventions.convention_create, name="convention_create"),
    *imports.addresses(ConventionResource, "conventions/"),
    path("conventions/<uuid:pk>/", conventions.convention_detail, name="convention_detail"),
    path("conventions/<uuid:pk>/modifier/", conventions.convention_update, name="convention_update"),
    path("conventions/<uuid:pk>/objectifs/", targets.convention_targets, name="convention_targets"),
    path("conventions/<uuid:pk>/engagements/", targets.convention_commitments, name="convention_commitments"),
    path("conventions/<uuid:pk>/preparer/", signature.convention_prepare, name="convention_prepare"),
    path("conventions/<uuid:pk>/reprendre/", signature.convention_resume, name="convention_resume"),
    path("conventions/<uuid:pk>/signer/", signature.convention_sign, name="convention_sign"),
    path("conventions/<uuid:pk>/resilier/", signature.convention_terminate, name="convention_terminate"),
    path("conventions/<uuid:pk>/annuler/", signature.convention_cancel, name="convention_cancel"),
    path("conventions/<uuid:pk>/supprimer/", signature.convention_drop, name="convention_drop"),
    path("conventions/<uuid:pk>/renouveler/", signature.convention_renew, name="convention_renew"),
    path("conventions/<uuid:pk>/comptee-ailleurs/", elsewhere.convention_elsewhere, name="convention_elsewhere"),
    path("entreprises/<uuid:pk>/succession/", successions.company_succession, name="company_succession"),
]

submission_urls: list[URLPattern] = [
    path("resultats/relancer/", reminders.submission_remind, name="submission_remind"),
    *imports.addresses(ResultResource, "resultats/"),
    path("resultats/<uuid:pk>/", submissions.submission_detail, name="submission_detail"),
    path("resultats/<uuid:pk>/saisie/<slug:step>/", entry.submission_step, name="submission_step"),
    path("resultats/<uuid:pk>/transmettre/", decisions.submission_transmit, name="submission_transmit"),
    path("resultats/<uuid:pk>/valider/", decisions.submission_validate, name="submission_validate"),
    path("resultats/<uuid:pk>/renvoyer/", decisions.submission_return, name="submission_return"),
    path("resultats/<uuid:pk>/rouvrir/", decisions.submission_reopen, name="submission_reopen"),
    path("resultats/<uuid:pk>/delai/", decisions.submission_extend, name="submission_extend"),
]

campaign_urls: list[URLPattern] = [
    path("campagnes/", campaigns.campaign_list, name="campaign_list"),
    path("campagnes/nouvelle/", campaigns.campaign_create, name="campaign_create"),
    path("campagnes/<semester:semester>/", campaigns.campaign_update, name="campaign_update"),
]

urlpatterns: list[URLPattern] = [*list_urls, *convention_urls, *submission_urls, *campaign_urls]
