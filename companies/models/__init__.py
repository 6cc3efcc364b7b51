"""Rows of this room: the signatories and their people."""

from companies.models.groups import Dated, DatedQuerySet, GroupLink
from companies.models.invitation import Invitation, InvitationQuerySet
from companies.models.log import CompanyLog
from companies.models.people import Contact, Membership, MembershipQuerySet, Portfolio
from companies.models.signatory import Charter, Company, CompanyQuerySet, Establishment, LegalUnit
from companies.models.succession import FormerName, Succession, name_on

__all__ = [
    "Charter",
    "Company",
    "CompanyLog",
    "CompanyQuerySet",
    "Contact",
    "Dated",
    "DatedQuerySet",
    "Establishment",
    "FormerName",
    "GroupLink",
    "Invitation",
    "InvitationQuerySet",
    "LegalUnit",
    "Membership",
    "MembershipQuerySet",
    "Portfolio",
    "Succession",
    "name_on",
]
