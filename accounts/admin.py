"""The technical administration shows the portal's own rows only: what libraries register by themselves is taken out."""

from django.contrib import admin
from django.contrib.auth.models import Group
from dsfr.models import DsfrConfig

# Rights come from roles, and the frame of the pages from the templates: neither is edited here.
admin.site.unregister([Group, DsfrConfig])
