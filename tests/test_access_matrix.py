"""Who may do what: the security specification of the portal, kept by hand, over every address there is.

A line is a method, the name of an address with the object it is tried on, and the status that each actor gets.
L: sent to sign in. 404: not theirs, or not there, which look the same. 403: theirs, but not for them to do.
Every object belongs to the company of member, contributor and animateur, in the département of referent and lecteur.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from tests.access_world import TODAY, World, address, make_world
from tests.accounts.telephone import give_telephone
from tests.architecture import endpoints, only_reads
from tests.factories import PASSWORD
from tests.pages import without_token

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]

ACTORS = (
    "anonymous",
    "member",
    "contributor",
    "rival",
    "animateur",
    "referent",
    "other_referent",
    "lecteur",
    "cget",
    "no_role",
    "deactivated",
    "technician",
    "staff_referent",
)

TABLE = """
# method and address                                   anon memb cont riva anim refe oref lect cget none deac tech staf
GET  home                                               200  302  302  302  302  302  302  302  302  200  200  200  302
GET  login                                              200  302  302  302  302  302  302  302  302  302  200  302  302
POST login                                              422  302  302  302  302  302  302  302  302  302  422  302  302
GET  sign_in_code                                       302  302  302  302  302  302  302  302  302  302  302  302  302
POST sign_in_code                                       302  302  302  302  302  302  302  302  302  302  302  302  302
GET  sign_in_set_up                                     302  302  302  302  302  302  302  302  302  302  302  302  302
POST sign_in_set_up                                     302  302  302  302  302  302  302  302  302  302  302  302  302
GET  sign_in_link                                       200  200  200  200  200  200  200  200  200  200  200  200  200
POST sign_in_link                                       422  422  422  422  422  422  422  422  422  422  422  422  422
GET  sign_in_link_sent                                  200  200  200  200  200  200  200  200  200  200  200  200  200
GET  sign_in_link_confirm@bad                           200  200  200  200  200  200  200  200  200  200  200  200  200
POST sign_in_link_confirm@bad                           200  200  200  200  200  200  200  200  200  200  200  200  200
POST proconnect                                         404  404  404  404  404  404  404  404  404  404  404  404  404
GET  proconnect_callback                                404  404  404  404  404  404  404  404  404  404  404  404  404
POST logout                                             302  302  302  302  302  302  302  302  302  302  302  302  302
GET  password_reset                                     200  200  200  200  200  200  200  200  200  200  200  200  200
POST password_reset                                     422  422  422  422  422  422  422  422  422  422  422  422  422
GET  password_reset_done                                200  200  200  200  200  200  200  200  200  200  200  200  200
GET  password_reset_complete                            200  200  200  200  200  200  200  200  200  200  200  200  200
GET  password_reset_confirm@bad+bad                     200  200  200  200  200  200  200  200  200  200  200  200  200
POST password_reset_confirm@bad+bad                     200  200  200  200  200  200  200  200  200  200  200  200  200
GET  accessibility                                      200  200  200  200  200  200  200  200  200  200  200  200  200
GET  legal_notice                                       200  200  200  200  200  200  200  200  200  200  200  200  200
GET  privacy                                            200  200  200  200  200  200  200  200  200  200  200  200  200
GET  site_map                                           200  200  200  200  200  200  200  200  200  200  200  200  200
GET  contact                                            200  200  200  200  200  200  200  200  200  200  200  200  200
GET  healthz                                            200  200  200  200  200  200  200  200  200  200  200  200  200
GET  robots                                             200  200  200  200  200  200  200  200  200  200  200  200  200
GET  security_txt                                       200  200  200  200  200  200  200  200  200  200  200  200  200

GET  session_list                                         L  200  200  200  200  200  200  200  200  200    L  200  200
POST session_close@unknown                                L  404  404  404  404  404  404  404  404  404    L  404  404
POST session_close_others                                 L  302  302  302  302  302  302  302  302  302    L  302  302
POST session_renew                                        L  200  200  200  200  200  200  200  200  200    L  200  200
GET  session_state                                        L  200  200  200  200  200  200  200  200  200    L  200  200

GET  kept_form                                            L  200  200  200  200  200  200  200  200  200    L  200  200
POST kept_form                                            L  302  302  302  302  302  302  302  302  302    L  302  302

GET  saved_view_create@entreprises                        L  200  200  200  200  200  200  200  200  200    L  200  200
POST saved_view_create@entreprises                        L  422  422  422  422  422  422  422  422  422    L  422  422
POST saved_view_give_up@unknown                           L  404  404  404  404  404  404  404  404  404    L  404  404
POST chosen_columns@entreprises                           L  302  302  302  302  302  302  302  302  302    L  302  302
POST chosen_columns@deconnexion                           L  404  404  404  404  404  404  404  404  404    L  404  404

GET  dashboard                                            L  200  200  200  200  200  200  200  200  200    L  200  200

GET  account                                              L  200  200  200  200  200  200  200  200  200    L  200  200
POST account                                              L  422  422  422  422  422  422  422  422  422    L  422  422
GET  password_change                                      L  200  200  200  200  200  200  200  200  200    L  200  200
POST password_change                                      L  422  422  422  422  422  422  422  422  422    L  422  422
GET  address_change                                       L  200  200  200  200  200  200  200  200  200    L  200  200
POST address_change                                       L  422  422  422  422  422  422  422  422  422    L  422  422
GET  address_confirm@bad                                200  200  200  200  200  200  200  200  200  200  200  200  200
POST address_confirm@bad                                409  409  409  409  409  409  409  409  409  409  409  409  409
GET  second_factor                                        L  200  200  200  200  200  200  200  200  200    L  200  200
POST second_factor                                        L  422  422  422  422  422  422  422  422  422    L  422  422
GET  second_factor_codes                                  L  200  200  200  200  200  200  200  200  200    L  200  200
GET  second_factor_renew                                  L  302  302  302  302  302  302  302  302  302    L  302  302
POST second_factor_renew                                  L  302  302  302  302  302  302  302  302  302    L  302  302
GET  second_factor_turn_off                               L  302  302  302  302  302  302  302  302  302    L  302  302
POST second_factor_turn_off                               L  302  302  302  302  302  302  302  302  302    L  302  302

GET  journal                                              L  403  403  403  403  200  200  403  200  403    L  403  200
GET  team_list                                            L  403  403  403  403  200  200  403  200  403    L  403  200
GET  team_hand_over@a_animateur                           L  403  403  403  403  200  404  403  403  403    L  403  200
POST team_hand_over@a_animateur                           L  403  403  403  403  422  404  403  403  403    L  403  422
GET  team_hand_over@a_lecteur                             L  403  403  403  403  404  404  403  403  403    L  403  404
GET  team_deactivate@a_animateur                          L  403  403  403  403  200  404  403  404  403    L  403  200
GET  team_deactivate@a_referent                           L  403  403  403  403  200  404  403  200  403    L  403  200
GET  team_deactivate@a_member                             L  403  403  403  403  404  404  403  404  403    L  403  404
GET  team_deactivate@unknown                              L  403  403  403  403  404  404  403  404  403    L  403  404
POST team_deactivate@a_animateur                          L  403  403  403  403  302  404  403  404  403    L  403  302
POST team_deactivate@a_other_referent                     L  403  403  403  403  404  422  403  422  403    L  403  404
GET  team_reactivate@a_deactivated                        L  403  403  403  403  200  404  403  200  403    L  403  200
POST team_reactivate@a_deactivated                        L  403  403  403  403  302  404  403  302  403    L  403  302
POST team_reactivate@a_animateur                          L  403  403  403  403  422  404  403  404  403    L  403  422

GET  contact_list                                         L  403  403  403  200  200  200  200  403  403    L  403  200
GET  company_list                                         L  302  302  302  200  200  200  200  403  403    L  403  200
GET  company_create                                       L  403  403  403  403  200  200  403  403  403    L  403  200
POST company_create                                       L  403  403  403  403  422  422  403  403  403    L  403  422
POST company_invite                                       L  403  403  403  403  302  302  403  403  403    L  403  302
GET  company_import                                       L  403  403  403  403  200  200  403  403  403    L  403  200
POST company_import                                       L  403  403  403  403  422  422  403  403  403    L  403  422
POST company_import_confirm                               L  403  403  403  403  403  403  403  403  403    L  403  403
POST company_import_annotated                             L  403  403  403  403  403  403  403  403  403    L  403  403
GET  company_import_model@xlsx                            L  403  403  403  403  200  200  403  403  403    L  403  200
GET  company_import_model@exe                             L  403  403  403  403  404  404  403  403  403    L  403  404
GET  company_import_current@csv                           L  403  403  403  403  200  200  403  403  403    L  403  200
GET  company_detail@company                               L  200  200  404  200  200  404  200  403  403    L  403  200
GET  company_detail@unknown                               L  404  404  404  404  404  404  404  403  403    L  403  404
GET  company_update@company                               L  403  403  403  403  200  404  403  403  403    L  403  200
POST company_update@company                               L  403  403  403  403  422  404  403  403  403    L  403  422
GET  company_members@company                              L  200  403  404  403  200  404  403  403  403    L  403  200
POST company_members@company                              L  404  403  404  403  404  404  403  403  403    L  403  404
GET  company_contacts@company                             L  200  403  404  403  200  404  403  403  403    L  403  200
POST company_contacts@company                             L  422  403  404  403  422  404  403  403  403    L  403  422
GET  company_establishments@company                       L  403  403  403  403  200  404  403  403  403    L  403  200
POST company_establishments@company                       L  403  403  403  403  422  404  403  403  403    L  403  422
GET  company_group@company                                L  403  403  403  403  200  404  403  403  403    L  403  200
GET  company_charters@company                             L  403  403  403  403  200  404  403  403  403    L  403  200
GET  company_charters@unknown                             L  403  403  403  403  404  404  403  403  403    L  403  404
POST company_charters@company                             L  403  403  403  403  422  404  403  403  403    L  403  422
GET  charter_list                                         L  403  403  403  403  200  200  200  403  403    L  403  200
GET  charter_create                                       L  403  403  403  403  200  200  403  403  403    L  403  200
POST charter_create                                       L  403  403  403  403  422  422  403  403  403    L  403  422
GET  unreachable_list                                     L  403  403  403  403  200  200  200  403  403    L  403  200
GET  company_group@unknown                                L  403  403  403  403  404  404  403  403  403    L  403  404
POST company_group@company                                L  403  403  403  403  422  404  403  403  403    L  403  422
GET  company_rename@company                               L  403  403  403  403  200  404  403  403  403    L  403  200
GET  company_rename@unknown                               L  403  403  403  403  404  404  403  403  403    L  403  404
POST company_rename@company                               L  403  403  403  403  422  404  403  403  403    L  403  422
GET  company_succession@company                           L  403  403  403  403  200  404  403  403  403    L  403  200
GET  company_succession@unknown                           L  403  403  403  403  404  404  403  403  403    L  403  404
POST company_succession@company                           L  403  403  403  403  422  404  403  403  403    L  403  422

GET  invitation_list                                      L  403  403  403  403  200  200  403  200  403    L  403  200
GET  invitation_create                                    L  403  403  403  403  200  200  403  200  403    L  403  200
POST invitation_create                                    L  403  403  403  403  200  200  403  200  403    L  403  200
GET  invitation_resend@invitation                         L  200  403  404  403  200  404  403  404  403    L  403  200
POST invitation_resend@invitation                         L  302  403  404  403  302  404  403  404  403    L  403  302
GET  invitation_resend@agency_invitation                  L  404  404  404  403  404  404  403  200  403    L  403  404
POST invitation_resend@agency_invitation                  L  404  404  404  403  404  404  403  302  403    L  403  404
GET  invitation_resend@unknown                            L  404  404  404  403  404  404  403  404  403    L  403  404
GET  invitation_revoke@invitation                         L  200  403  404  403  200  404  403  404  403    L  403  200
POST invitation_revoke@invitation                         L  302  403  404  403  302  404  403  404  403    L  403  302
GET  invitation_revoke@agency_invitation                  L  404  404  404  403  404  404  403  200  403    L  403  404
POST invitation_revoke@agency_invitation                  L  404  404  404  403  404  404  403  302  403    L  403  404
GET  invitation_revoke@unknown                            L  404  404  404  403  404  404  403  404  403    L  403  404
GET  invitation_accept@jeton                            200  403  403  403  403  403  403  403  403  403  200  403  403
POST invitation_accept@jeton                            422  403  403  403  403  403  403  403  403  403  422  403  403
GET  invitation_accept@jeton-inconnu                    404  404  404  404  404  404  404  404  404  404  404  404  404
POST invitation_accept@jeton-inconnu                    404  404  404  404  404  404  404  404  404  404  404  404  404

GET  convention_list                                      L  200  200  200  200  200  200  200  403  403    L  403  200
GET  convention_create                                    L  403  403  403  403  200  200  403  403  403    L  403  200
POST convention_create                                    L  403  403  403  403  422  422  403  403  403    L  403  422
GET  convention_import                                    L  403  403  403  403  200  200  403  403  403    L  403  200
POST convention_import                                    L  403  403  403  403  422  422  403  403  403    L  403  422
POST convention_import_confirm                            L  403  403  403  403  403  403  403  403  403    L  403  403
POST convention_import_annotated                          L  403  403  403  403  403  403  403  403  403    L  403  403
GET  convention_import_model@xlsx                         L  403  403  403  403  200  200  403  403  403    L  403  200
GET  convention_import_model@exe                          L  403  403  403  403  404  404  403  403  403    L  403  404
GET  convention_import_current@csv                        L  403  403  403  403  200  200  403  403  403    L  403  200
GET  convention_detail@signed                             L  200  200  404  200  200  404  200  403  403    L  403  200
GET  convention_detail@draft                              L  200  200  404  200  200  404  200  403  403    L  403  200
GET  convention_detail@unknown                            L  404  404  404  404  404  404  404  403  403    L  403  404
GET  convention_update@draft                              L  403  403  403  403  200  404  403  403  403    L  403  200
GET  convention_update@signed                             L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_update@draft                              L  403  403  403  403  422  404  403  403  403    L  403  422
GET  convention_targets@draft                             L  403  403  403  403  200  404  403  403  403    L  403  200
GET  convention_targets@signed                            L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_targets@draft                             L  403  403  403  403  302  404  403  403  403    L  403  302
GET  convention_commitments@draft                         L  403  403  403  403  200  404  403  403  403    L  403  200
POST convention_commitments@draft                         L  403  403  403  403  404  404  403  403  403    L  403  404
POST convention_prepare@draft                             L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_prepare@signed                            L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_resume@ready                              L  403  403  403  403  302  404  403  403  403    L  403  302
GET  convention_sign@ready                                L  403  403  403  403  200  404  403  403  403    L  403  200
POST convention_sign@ready                                L  403  403  403  403  422  404  403  403  403    L  403  422
GET  convention_terminate@signed                          L  403  403  403  403  200  404  403  403  403    L  403  200
POST convention_terminate@signed                          L  403  403  403  403  422  404  403  403  403    L  403  422
GET  convention_cancel@cancellable                        L  403  403  403  403  200  404  403  403  403    L  403  200
GET  convention_cancel@signed                             L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_cancel@cancellable                        L  403  403  403  403  422  404  403  403  403    L  403  422
GET  convention_drop@draft                                L  403  403  403  403  200  404  403  403  403    L  403  200
GET  convention_drop@ready                                L  403  403  403  403  409  404  403  403  403    L  403  409
POST convention_drop@draft                                L  403  403  403  403  302  404  403  403  403    L  403  302
POST convention_renew@signed                              L  403  403  403  403  409  404  403  403  403    L  403  409
GET  convention_elsewhere@signed                          L  403  403  403  403  200  404  403  403  403    L  403  200
GET  convention_elsewhere@draft                           L  403  403  403  403  409  404  403  403  403    L  403  409
GET  convention_elsewhere@unknown                         L  403  403  403  403  404  404  403  403  403    L  403  404
POST convention_elsewhere@signed                          L  403  403  403  403  422  404  403  403  403    L  403  422

GET  submission_list                                      L  200  200  200  200  200  200  200  403  403    L  403  200
GET  result_import                                        L  403  403  403  403  200  200  403  403  403    L  403  200
POST result_import                                        L  403  403  403  403  422  422  403  403  403    L  403  422
POST result_import_confirm                                L  403  403  403  403  403  403  403  403  403    L  403  403
POST result_import_annotated                              L  403  403  403  403  403  403  403  403  403    L  403  403
GET  result_import_model@xlsx                             L  403  403  403  403  200  200  403  403  403    L  403  200
GET  result_import_model@exe                              L  403  403  403  403  404  404  403  403  403    L  403  404
GET  result_import_current@csv                            L  403  403  403  403  200  200  403  403  403    L  403  200
GET  submission_detail@entry                              L  200  200  404  200  200  404  200  403  403    L  403  200
GET  submission_detail@transmitted                        L  200  200  404  200  200  404  200  403  403    L  403  200
GET  submission_detail@unknown                            L  404  404  404  404  404  404  404  403  403    L  403  404
GET  submission_step@entry+recruter                       L  200  200  404  200  403  403  403  403  403    L  403  403
GET  submission_step@entry+exemples                       L  200  200  404  200  403  403  403  403  403    L  403  403
GET  submission_step@entry+nulle-part                     L  404  404  404  404  403  403  403  403  403    L  403  403
GET  submission_step@transmitted+recruter                 L  409  409  404  409  403  403  403  403  403    L  403  403
POST submission_step@entry+recruter                       L  302  302  404  302  403  403  403  403  403    L  403  403
POST submission_transmit@entry                            L  302  403  404  302  403  403  403  403  403    L  403  403
POST submission_transmit@transmitted                      L  409  403  404  409  403  403  403  403  403    L  403  403
POST submission_validate@transmitted                      L  403  403  403  403  302  404  403  403  403    L  403  302
POST submission_validate@entry                            L  403  403  403  403  409  404  403  403  403    L  403  409
POST submission_return@transmitted                        L  403  403  403  403  422  404  403  403  403    L  403  422
POST submission_reopen@validated                          L  403  403  403  403  422  404  403  403  403    L  403  422
POST submission_remind                                    L  403  403  403  403  302  302  403  403  403    L  403  302
POST submission_extend@entry                              L  403  403  403  403  422  404  403  403  403    L  403  422

GET  campaign_list                                        L  403  403  403  403  403  403  403  200  403    L  403  403
GET  campaign_create                                      L  403  403  403  403  403  403  403  200  403    L  403  403
POST campaign_create                                      L  403  403  403  403  403  403  403  422  403    L  403  403
GET  campaign_update@2020-S1                              L  403  403  403  403  403  403  403  200  403    L  403  403
GET  campaign_update@2031-S1                              L  403  403  403  403  403  403  403  404  403    L  403  403
POST campaign_update@2020-S1                              L  403  403  403  403  403  403  403  422  403    L  403  403

GET  catalogue_list                                       L  403  403  403  403  403  403  403  200  403    L  403  403
GET  catalogue_detail@paqte-2018                          L  403  403  403  403  403  403  403  200  403    L  403  403
GET  catalogue_detail@paqte-1999                          L  403  403  403  403  403  403  403  404  403    L  403  403
GET  catalogue_file@paqte-2018                            L  403  403  403  403  403  403  403  200  403    L  403  403
GET  catalogue_file@paqte-1999                            L  403  403  403  403  403  403  403  404  403    L  403  403
GET  draft_create                                         L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_create                                         L  403  403  403  403  403  403  403  422  403    L  403  403
GET  draft_detail@version                                 L  403  403  403  403  403  403  403  200  403    L  403  403
GET  draft_detail@unknown                                 L  403  403  403  403  403  403  403  404  403    L  403  403
GET  draft_file@version+toml                              L  403  403  403  403  403  403  403  200  403    L  403  403
GET  draft_file@version+xlsx                              L  403  403  403  403  403  403  403  200  403    L  403  403
GET  draft_file@version+pdf                               L  403  403  403  403  403  403  403  404  403    L  403  403
GET  draft_file@unknown+toml                              L  403  403  403  403  403  403  403  404  403    L  403  403
GET  draft_frame@version                                  L  403  403  403  403  403  403  403  200  403    L  403  403
GET  draft_frame@unknown                                  L  403  403  403  403  403  403  403  404  403    L  403  403
POST draft_frame@version                                  L  403  403  403  403  403  403  403  422  403    L  403  403
GET  draft_indicator_create@version                       L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_indicator_create@version                       L  403  403  403  403  403  403  403  422  403    L  403  403
GET  draft_indicator_update@version+SEN-01                L  403  403  403  403  403  403  403  200  403    L  403  403
GET  draft_indicator_update@version+SEN-99                L  403  403  403  403  403  403  403  404  403    L  403  403
POST draft_indicator_update@version+SEN-01                L  403  403  403  403  403  403  403  422  403    L  403  403
POST draft_indicator_remove@version+SEN-01                L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_indicator_remove@version+SEN-99                L  403  403  403  403  403  403  403  404  403    L  403  403
GET  draft_import@version                                 L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_import@version                                 L  403  403  403  403  403  403  403  422  403    L  403  403
GET  draft_publish@version                                L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_publish@version                                L  403  403  403  403  403  403  403  409  403    L  403  403
POST draft_drop@version                                   L  403  403  403  403  403  403  403  200  403    L  403  403
POST draft_drop@unknown                                   L  403  403  403  403  403  403  403  404  403    L  403  403

GET  bilan_list                                           L  403  403  403  403  200  200  200  200  403    L  403  200
GET  bilan_schema@5                                     200  200  200  200  200  200  200  200  200  200  200  200  200
GET  bilan_schema@3                                     404  404  404  404  404  404  404  404  404  404  404  404  404
GET  bilan_detail@sent                                    L  403  403  403  403  200  404  200  200  403    L  403  200
GET  bilan_detail@writing                                 L  403  403  403  403  200  404  200  404  403    L  403  200
GET  bilan_detail@none                                    L  403  403  403  403  404  404  404  404  403    L  403  404
GET  bilan_edit@writing                                   L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_edit@sent                                      L  403  403  403  403  302  404  403  403  403    L  403  302
POST bilan_edit@writing                                   L  403  403  403  403  422  404  403  403  403    L  403  422
POST bilan_edit@sent                                      L  403  403  403  403  422  404  403  403  403    L  403  422
GET  bilan_preview@writing                                L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_preview@sent                                   L  403  403  403  403  302  404  403  403  403    L  403  302
GET  bilan_partners@writing                               L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_partners@sent                                  L  403  403  403  403  302  404  403  403  403    L  403  302
POST bilan_partners@writing                               L  403  403  403  403  422  404  403  403  403    L  403  422
GET  bilan_examples@writing                               L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_examples@sent                                  L  403  403  403  403  302  404  403  403  403    L  403  302
POST bilan_examples@writing                               L  403  403  403  403  422  404  403  403  403    L  403  422
GET  bilan_context@writing                                L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_context@sent                                   L  403  403  403  403  302  404  403  403  403    L  403  302
POST bilan_context@writing                                L  403  403  403  403  422  404  403  403  403    L  403  422
POST bilan_start@none                                     L  403  403  403  403  302  404  403  403  403    L  403  302
GET  bilan_transmit@writing                               L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_transmit@sent                                  L  403  403  403  403  302  404  403  403  403    L  403  302
POST bilan_transmit@writing                               L  403  403  403  403  409  404  403  403  403    L  403  409
POST bilan_transmit@sent                                  L  403  403  403  403  409  404  403  403  403    L  403  409
POST bilan_rectify@sent                                   L  403  403  403  403  302  404  403  403  403    L  403  302
GET  bilan_exchange@sent                                  L  403  403  403  403  200  404  200  200  403    L  403  200
GET  bilan_exchange@writing                               L  403  403  403  403  404  404  404  404  403    L  403  404
POST bilan_acknowledge@sent                               L  403  403  403  403  403  403  403  302  403    L  403  403
POST bilan_acknowledge@writing                            L  403  403  403  403  403  403  403  404  403    L  403  403
POST bilan_ask@sent                                       L  403  403  403  403  403  403  403  422  403    L  403  403
POST bilan_answer@sent                                    L  403  403  403  403  409  404  403  403  403    L  403  409
GET  bilan_download@sent+pdf                              L  403  403  403  403  200  404  200  200  403    L  403  200
GET  bilan_download@writing+pdf                           L  403  403  403  403  200  404  200  404  403    L  403  200
GET  bilan_download@none+pdf                              L  403  403  403  403  404  404  404  404  403    L  403  404
GET  bilan_download@sent+csv                              L  403  403  403  403  200  404  200  200  403    L  403  200
GET  bilan_version@sent+1+pdf                             L  403  403  403  403  200  404  200  200  403    L  403  200
GET  bilan_version@sent+2+pdf                             L  403  403  403  403  404  404  404  404  403    L  403  404
GET  bilan_figure@sent+REC-02                             L  403  403  403  403  200  404  200  403  403    L  403  200
GET  bilan_figure@writing+RAT-05                          L  403  403  403  403  200  404  200  403  403    L  403  200
GET  bilan_figure@sent+REC-99                             L  403  403  403  403  404  404  404  403  403    L  403  404
GET  bilan_figure@none+REC-02                             L  403  403  403  403  404  404  404  403  403    L  403  404
GET  bilan_overlap@twice                                  L  403  403  403  403  200  404  403  403  403    L  403  200
GET  bilan_overlap@once                                   L  403  403  403  403  404  404  403  403  403    L  403  404
POST bilan_overlap@twice                                  L  403  403  403  403  422  404  403  403  403    L  403  422

GET  public_download@sent+csv                             L  403  403  403  403  200  404  200  200  403    L  403  200
GET  public_download@writing+csv                          L  403  403  403  403  404  404  404  404  403    L  403  404
GET  public_download@sent+pdf                             L  403  403  403  403  404  404  404  404  403    L  403  404
GET  national_home                                        L  403  403  403  403  403  403  403  302  403    L  403  403
GET  national_schema@1                                  200  200  200  200  200  200  200  200  200  200  200  200  200
GET  national_detail@2019-S1                              L  403  403  403  403  403  403  403  200  403    L  403  403
GET  national_choose@2019-S1                              L  403  403  403  403  403  403  403  200  403    L  403  403
GET  national_archive@2019-S1                             L  403  403  403  403  403  403  403  200  403    L  403  403
GET  gathered_list@2019-S1                                L  403  403  403  403  403  403  403  200  403    L  403  403
GET  edition_create@2019-S1                               L  403  403  403  403  403  403  403  200  403    L  403  403
POST edition_create@2019-S1                               L  403  403  403  403  403  403  403  422  403    L  403  403
GET  edition_detail@edition                               L  403  403  403  403  403  403  403  200  403    L  403  403
GET  edition_detail@unknown                               L  403  403  403  403  403  403  403  404  403    L  403  403
GET  edition_download@edition+pdf                         L  403  403  403  403  403  403  403  200  403    L  403  403
GET  edition_download@edition+csv                         L  403  403  403  403  403  403  403  404  403    L  403  403
GET  national_download@2019-S1+csv                        L  403  403  403  403  403  403  403  200  403    L  403  403
GET  publication_detail@2019-S1                           L  403  403  403  403  403  403  403  200  403    L  403  403
POST publication_create@2019-S1                           L  403  403  403  403  403  403  403  409  403    L  403  403
GET  publication_download@2019-S1+csv                     L  403  403  403  403  403  403  403  404  403    L  403  403
GET  sent_companies@sent                                  L  403  403  403  403  403  403  403  200  403    L  403  403
GET  sent_companies@writing                               L  403  403  403  403  403  403  403  404  403    L  403  403
GET  sent_companies_download@sent+csv                     L  403  403  403  403  403  403  403  200  403    L  403  403
GET  sent_company@sent+00000000000000                     L  403  403  403  403  403  403  403  404  403    L  403  403
GET  national_compare@2019-S1                             L  403  403  403  403  403  403  403  200  403    L  403  403
GET  compare_download@2019-S1+csv                         L  403  403  403  403  403  403  403  200  403    L  403  403
GET  indicator_detail@2019-S1+REC-01                      L  403  403  403  403  403  403  403  200  403    L  403  403
GET  indicator_download@2019-S1+REC-01+csv                L  403  403  403  403  403  403  403  200  403    L  403  403
GET  referent_list                                        L  403  403  403  403  403  403  403  200  403    L  403  403
GET  message_list                                         L  403  403  403  403  403  403  403  200  403    L  403  403
GET  message_create                                       L  403  403  403  403  403  403  403  200  403    L  403  403
POST message_create                                       L  403  403  403  403  403  403  403  422  403    L  403  403
GET  message_detail@message                               L  403  403  403  403  403  403  403  200  403    L  403  403
GET  message_detail@unknown                               L  403  403  403  403  403  403  403  404  403    L  403  403
GET  practice_list                                        L  403  403  403  403  403  403  403  200  403    L  403  403
GET  referent_download@csv                                L  403  403  403  403  403  403  403  200  403    L  403  403
GET  referent_download@exe                                L  403  403  403  403  403  403  403  404  403    L  403  403
GET  practice_download@xlsx                               L  403  403  403  403  403  403  403  200  403    L  403  403
GET  board_download@2019-S1+csv                           L  403  403  403  403  403  403  403  200  403    L  403  403
GET  board_download@2025-S1+csv                           L  403  403  403  403  403  403  403  404  403    L  403  403
GET  reminder_list                                        L  403  403  403  403  403  403  403  200  403    L  403  403
POST reminder_send@62                                     L  403  403  403  403  403  403  403  302  403    L  403  403
POST reminder_send@59                                     L  403  403  403  403  403  403  403  409  403    L  403  403
POST reminder_send@75                                     L  403  403  403  403  403  403  403  404  403    L  403  403

GET  admin:index                                        302  302  302  302  302  302  302  302  302  302  302  200  200
GET  admin:login                                          L  403  403  403  403  403  403  403  403  403    L  403  403
POST admin:logout                                       302  302  302  302  302  302  302  302  302  302  302  302  302
GET  admin:password_change                              302  302  302  302  302  302  302  302  302  302  302  302  302
POST admin:password_change                              302  302  302  302  302  302  302  302  302  302  302  302  302
GET  admin:password_change_done                         302  302  302  302  302  302  302  302  302  302  302  200  200
GET  admin:autocomplete                                 302  302  302  302  302  302  302  302  302  302  302  403  403
GET  admin:jsi18n                                       302  302  302  302  302  302  302  302  302  302  302  200  200
GET  admin:view_on_site@1+1                             302  302  302  302  302  302  302  302  302  302  302  404  404
GET  admin:app_list@companies                           302  302  302  302  302  302  302  302  302  302  302  200  200
GET  admin:companies_company_changelist                   L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:companies_company_changelist                   L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:companies_company_add                          L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:companies_company_add                          L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:companies_company_history@company              L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:companies_company_change@company               L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:companies_company_change@company               L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:companies_company_delete@company               L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:companies_company_delete@company               L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_convention_changelist              L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_convention_changelist              L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_convention_add                     L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_convention_add                     L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_convention_history@signed          L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_convention_change@signed           L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_convention_change@signed           L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_convention_delete@signed           L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_convention_delete@signed           L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_result_changelist                  L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_result_changelist                  L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_result_add                         L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_result_add                         L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_result_history@result              L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_result_change@result               L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_result_change@result               L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_result_delete@result               L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_result_delete@result               L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_submission_changelist              L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_submission_changelist              L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_submission_add                     L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_submission_add                     L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_submission_history@entry           L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_submission_change@entry            L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_submission_change@entry            L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_submission_delete@entry            L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_submission_delete@entry            L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_campaign_changelist                L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_campaign_changelist                L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_campaign_add                       L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_campaign_add                       L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_campaign_history@campaign_id       L  302  302  302  302  302  302  302  302  302    L  200  200
GET  admin:conventions_campaign_change@campaign_id        L  302  302  302  302  302  302  302  302  302    L  200  200
POST admin:conventions_campaign_change@campaign_id        L  302  302  302  302  302  302  302  302  302    L  403  403
GET  admin:conventions_campaign_delete@campaign_id        L  302  302  302  302  302  302  302  302  302    L  403  403
POST admin:conventions_campaign_delete@campaign_id        L  302  302  302  302  302  302  302  302  302    L  403  403
"""

BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"


class Row:
    """One line of the table."""

    def __init__(self, line: str) -> None:
        self.method, self.target, *statuses = line.split()
        self.name, _, self.variant = self.target.partition("@")
        self.statuses = dict(zip(ACTORS, statuses, strict=True))


def rows(table: str) -> Iterator[Row]:
    """The lines of the table, comments apart."""
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            yield Row(line)


ROWS = list(rows(TABLE))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all the lines: what each request does is rolled back, and the world itself at the end."""
    with django_db_blocker.unblock(), override_settings(PAQTE_TODAY=TODAY), transaction.atomic():
        sync_catalogues([load_catalogue("paqte-2018")])
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[str, str]:
    """The session of each actor, opened once: signing in takes as long as the page that is asked for."""
    return {actor: signed_in(world, actor).cookies["sessionid"].value for actor in ACTORS if actor != "anonymous"}


def signed_in(world: World, actor: str) -> Client:
    """A browser in which this actor signed in; a visitor's for nobody."""
    client = Client()
    if actor != "anonymous":
        client.force_login(world.actor(actor), backend=BACKEND)  # type: ignore[arg-type]  # not anonymous
    return client


def ask(world: World, row: Row, session: str | None) -> str:
    """The status that whoever has this session gets, as the table writes it; nothing that was done is kept."""
    client = Client()
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        status = written(answer(client, row, address(world, row.name, row.variant)))
        transaction.set_rollback(True)
    return status


def answer(client: Client, row: Row, url: str) -> HttpResponse:
    """The response; a GET that writes is an error."""
    if row.method == "GET":
        with only_reads():
            return client.get(url)  # type: ignore[return-value]  # the test client's own response
    return client.post(url)  # type: ignore[return-value]  # the test client's own response


def written(response: HttpResponse) -> str:
    """L, or the status."""
    location = urlparse(response.headers.get("Location", ""))
    if response.status_code == 302 and location.path == "/connexion/" and location.query.startswith("next="):
        return "L"
    return str(response.status_code)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.target}")
def test_each_actor_gets_what_the_table_says(world: World, sessions: dict[str, str], row: Row) -> None:
    assert {actor: ask(world, row, sessions.get(actor)) for actor in ACTORS} == row.statuses


REFUSED = {
    row: actor
    for row in ROWS
    if row.method == "POST" and not row.name.startswith("admin:")
    for actor, status in row.statuses.items()
    if status == "422"
}
"""The lines of the forms that are refused because nothing was typed, each with one of those to whom they open."""
SAYS_WHY = "fr-alert--error|fr-message--error|il faut d’abord"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.target)
def test_a_form_sent_empty_says_what_it_wants_and_loses_nothing(
    world: World, sessions: dict[str, str], row: Row
) -> None:
    client = Client()
    if REFUSED[row] in sessions:
        client.cookies["sessionid"] = sessions[REFUSED[row]]

    with only_reads():
        page = client.post(address(world, row.name, row.variant)).content.decode()

    assert re.search(SAYS_WHY, page)


AT_THE_DOOR = {"sign_in_code", "sign_in_set_up"}
"""What opens to whoever gave one proof of two, and to nobody else."""


@contextmanager
def at_the_door(world: World, actor: str) -> Iterator[str]:
    """The session of an actor who gave a password and no code yet; nothing that was done is kept."""
    with transaction.atomic():
        user: User = getattr(world.cast, actor)
        give_telephone(user)
        client = Client()
        client.post("/connexion/", {"username": user.email, "password": PASSWORD})
        yield client.cookies["sessionid"].value
        transaction.set_rollback(True)


@pytest.mark.parametrize("actor", ["member", "referent", "staff_referent", "technician"])
def test_the_password_alone_opens_what_a_visitor_sees(world: World, actor: str) -> None:
    lines = [row for row in ROWS if row.name not in AT_THE_DOOR]

    with at_the_door(world, actor) as session:
        opened = {f"{row.method} {row.target}": ask(world, row, session) for row in lines}

    assert opened == {f"{row.method} {row.target}": row.statuses["anonymous"] for row in lines}


def test_the_password_alone_opens_the_page_of_the_code(world: World) -> None:
    lines = [row for row in ROWS if row.name in AT_THE_DOOR]

    with at_the_door(world, "referent") as session:
        opened = {f"{row.method} {row.target}": ask(world, row, session) for row in lines}

    assert opened == {
        "GET sign_in_code": "200",
        "POST sign_in_code": "422",
        "GET sign_in_set_up": "302",
        "POST sign_in_set_up": "302",
    }


@pytest.mark.parametrize("actor", ["referent", "lecteur", "animateur", "cget", "technician", "staff_referent"])
def test_a_session_of_one_proof_opens_nothing_when_two_are_needed(
    world: World, sessions: dict[str, str], actor: str
) -> None:
    with override_settings(PAQTE_SECOND_FACTOR=True):
        opened = {row: ask(world, row, sessions[actor]) for row in ROWS}

    assert {row.target for row, status in opened.items() if status != row.statuses["anonymous"]} == set()


def names_missing(table: str, names: set[str]) -> tuple[list[str], list[str]]:
    """(addresses without a line, lines without an address)."""
    listed = {row.name for row in rows(table)}
    return sorted(names - listed), sorted(listed - names)


def all_names() -> set[str]:
    """The name of every address; the nameless ones are Django's own redirections inside its administration."""
    return {name for name, _, _ in endpoints() if not name.endswith(":None")}


def test_the_table_is_complete() -> None:
    assert names_missing(TABLE, all_names()) == ([], [])


def test_a_missing_row_is_seen() -> None:
    without = "\n".join(line for line in TABLE.splitlines() if "company_detail" not in line)

    assert names_missing(without, all_names()) == (["company_detail"], [])
    assert names_missing(TABLE, all_names() - {"home"}) == ([], ["home"])


@pytest.mark.parametrize("name", sorted(name for name in all_names() if not name.startswith("admin:")))
def test_methods_that_are_not_in_the_table_are_refused_in_french(world: World, name: str) -> None:
    lines = [row for row in ROWS if row.name == name]
    for method in {"GET", "POST"} - {row.method for row in lines}:
        actor = next(actor for actor, status in lines[0].statuses.items() if status != "L")
        client = signed_in(world, actor)

        response = client.generic(method, address(world, name, lines[0].variant))

        assert response.status_code == 405
        assert method not in response.headers["Allow"].split(", ")
        assert 'lang="fr"' in response.content.decode()


PUBLIC = {
    "home",
    "login",
    "sign_in_code",
    "sign_in_set_up",
    "sign_in_link",
    "sign_in_link_sent",
    "sign_in_link_confirm",
    "proconnect",
    "proconnect_callback",
    "address_confirm",
    "logout",
    "password_reset",
    "password_reset_done",
    "password_reset_complete",
    "password_reset_confirm",
    "invitation_accept",
    "accessibility",
    "legal_notice",
    "privacy",
    "site_map",
    "contact",
    "healthz",
    "robots",
    "security_txt",
    "bilan_schema",
    "national_schema",
}


def test_the_public_pages_are_these() -> None:
    assert {name for name, _, view in endpoints() if getattr(view, "allowed_roles", None) == frozenset()} == PUBLIC


@pytest.mark.parametrize(
    ("actor", "name", "foreign", "absent"),
    [
        ("rival", "company_detail", "company", "unknown"),
        ("other_referent", "company_detail", "company", "unknown"),
        ("other_referent", "convention_detail", "signed", "unknown"),
        ("other_referent", "invitation_revoke", "invitation", "unknown"),
        ("rival", "invitation_resend", "invitation", "unknown"),
        ("referent", "invitation_resend", "agency_invitation", "unknown"),
        ("cget", "invitation_revoke", "invitation", "unknown"),
        ("other_referent", "submission_detail", "transmitted", "unknown"),
        ("rival", "submission_detail", "transmitted", "unknown"),
        ("other_referent", "bilan_detail", "sent", "none"),
        ("other_referent", "bilan_download", "sent+pdf", "none+pdf"),
        ("cget", "bilan_detail", "writing", "none"),
        ("cget", "bilan_download", "writing+pdf", "none+pdf"),
        ("other_referent", "team_deactivate", "a_referent", "unknown"),
        ("cget", "team_deactivate", "a_animateur", "unknown"),
    ],
)
def test_what_is_foreign_looks_like_what_does_not_exist(
    world: World, actor: str, name: str, foreign: str, absent: str
) -> None:
    client = signed_in(world, actor)

    seen = [client.get(address(world, name, variant)) for variant in (foreign, absent)]

    assert [response.status_code for response in seen] == [404, 404]
    assert without_token(seen[0]) == without_token(seen[1])
