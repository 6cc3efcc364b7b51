"""The list of contacts: whom one writes to or calls, company by company."""

from django.db.models import Q, QuerySet

from companies.lists.facets import company_column, company_filters, siret_column, town_column
from companies.models import Contact
from french.order import searched_words
from french.words import NONE
from lists.columns import Column, Link, Text
from lists.listing import Listing
from lists.narrowing import Search


def _search(rows: QuerySet[Contact], text: str) -> QuerySet[Contact]:
    found = Q()
    for word in searched_words(text):
        own = Q(name_key__contains=word.strip()) | Q(email__icontains=word.strip())
        found &= own | Q(company__search_key__contains=word)
    return rows.filter(found)


CONTACTS: Listing[Contact] = Listing(
    name="contacts",
    title="Contacts des entreprises",
    counted=("contact", "contacts"),
    columns=(
        Column("nom", "Nom", lambda row: row.name, ("name_key",)),
        Column("fonction", "Fonction", lambda row: row.job_title, ("job_title",)),
        Column(
            "courriel",
            "Courriel",
            lambda row: row.email,
            ("email",),
            lambda row: Link(row.email, f"mailto:{row.email}") if row.email else Text(NONE),
        ),
        Column("telephone", "Téléphone", lambda row: row.phone, ("phone",)),
        company_column(),
        siret_column("company__"),
        town_column("company__"),
    ),
    order=("entreprise", "nom"),
    nothing="Aucun contact ne correspond",
    search=Search("Nom, courriel, entreprise ou commune", _search, "company__search_key"),
    filters=company_filters("company__"),
    loaded=lambda rows: rows.select_related("company"),
)
