"""Technical administration of companies."""

from django.contrib import admin

from companies.models import Charter, Company, CompanyLog, Contact, Establishment, Membership
from companies.scoped_admin import LinesInline, ScopedAdmin


class ContactInline(LinesInline):
    """Contacts of the company."""

    model = Contact


class EstablishmentInline(LinesInline):
    """Further establishments."""

    model = Establishment


class MembershipInline(LinesInline):
    """Members."""

    model = Membership


class CharterInline(LinesInline):
    """Former chartes."""

    model = Charter


class CompanyLogInline(LinesInline):
    """The journal."""

    model = CompanyLog
    fields = ("at", "by", "transition", "said")
    readonly_fields = ("said",)

    @admin.display(description="précisions")
    def said(self, line: CompanyLog) -> str:
        """As the sheet says it."""
        return line.detail


@admin.register(Company)
class CompanyAdmin(ScopedAdmin[Company]):
    """Companies, to read: their sheets are corrected in the portal."""

    list_display = ("in_french_order", "siret", "department", "category", "sector", "town")
    list_filter = ("category", "sector")
    list_select_related = ("department",)
    search_fields = ("name", "siret")
    inlines = (ContactInline, EstablishmentInline, MembershipInline, CharterInline, CompanyLogInline)

    @admin.display(description="nom", ordering="name_key")
    def in_french_order(self, company: Company) -> str:
        """The name; its column sorts as the portal's lists do, accents aside."""
        return company.name
