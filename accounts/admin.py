"""The technical administration shows the portal's own rows only: what libraries register by themselves is taken out."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks_db.models import DBTaskResult
from dsfr.models import DsfrConfig

# Rights come from roles, the frame of the pages from the templates, a second factor belongs to its person alone, and
# the pages say what became of what they put on the worker's list.
admin.site.unregister([Group, DsfrConfig, TOTPDevice, StaticDevice, DBTaskResult])
