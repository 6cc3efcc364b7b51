"""Addresses of companies, of their people and of invitations."""

from django.urls import URLPattern, path

from companies.resources import CompanyResource
from companies.views import (
    acceptance,
    charters,
    companies,
    contacts,
    groups,
    imports,
    invitations,
    inviting,
    names,
    people,
    unreachable,
)

urlpatterns: list[URLPattern] = [
    path("entreprises/nouvelle/", companies.company_create, name="company_create"),
    *imports.addresses(CompanyResource, "entreprises/"),
    path("entreprises/contacts/", contacts.contact_list, name="contact_list"),
    path("entreprises/inviter/", inviting.company_invite, name="company_invite"),
    path("entreprises/<uuid:pk>/", companies.company_detail, name="company_detail"),
    path("entreprises/<uuid:pk>/modifier/", companies.company_update, name="company_update"),
    path("entreprises/<uuid:pk>/membres/", people.company_members, name="company_members"),
    path("entreprises/<uuid:pk>/contacts/", people.company_contacts, name="company_contacts"),
    path("entreprises/<uuid:pk>/etablissements/", people.company_establishments, name="company_establishments"),
    path("entreprises/<uuid:pk>/groupe/", groups.company_group, name="company_group"),
    path("entreprises/<uuid:pk>/nom/", names.company_rename, name="company_rename"),
    path("entreprises/<uuid:pk>/chartes/", charters.company_charters, name="company_charters"),
    path("chartes/nouvelle/", charters.charter_create, name="charter_create"),
    path("invitations/", invitations.invitation_list, name="invitation_list"),
    path("invitations/nouvelle/", invitations.invitation_create, name="invitation_create"),
    path("invitations/<uuid:pk>/renvoyer/", invitations.invitation_resend, name="invitation_resend"),
    path("invitations/<uuid:pk>/annuler/", invitations.invitation_revoke, name="invitation_revoke"),
    path("courriels/non-remis/", unreachable.unreachable_list, name="unreachable_list"),
    path("invitation/<str:token>/", acceptance.invitation_accept, name="invitation_accept"),
]
