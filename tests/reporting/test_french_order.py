"""A bilan lists in French order, on screen, on paper, in workbooks and in what is frozen. Names typed by hand."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from reporting import actions, files, renderers
from reporting.dashboards.company import company_home
from reporting.dashboards.portfolio import portfolio_home
from reporting.models import BilanDocument
from reporting.selectors import bilan_for
from tests.factories import (
    BilanFactory,
    CompanyFactory,
    ConventionFactory,
    MembershipFactory,
    PartnerFactory,
    PortfolioFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.filing import sent_bytes
from tests.pages import page, text
from tests.reporting.pages import AT
from tests.reporting.reading import text_of, words

NAMES = ["Zénith", "Œuvre", "Lille", "L’Île", "Énergie", "Éléphant", "Eléonore", "Eden"]
IN_ORDER = ["Eden", "Eléonore", "Éléphant", "Énergie", "L’Île", "Lille", "Œuvre", "Zénith"]
LIST = "Liste des entreprises signataires"
ON = date(2019, 9, 15)


@pytest.fixture
def bilan(db):
    for name in NAMES:
        convention = ConventionFactory(company=CompanyFactory(name=name, category="TPE"))
        SpecificCommitmentFactory(convention=convention)
        PartnerFactory(name=f"Club {name}")
    return BilanFactory()


def found_in(seen: str, start: str) -> list[str]:
    """The names in the order in which a text says them after the last such title (the first is in the contents)."""
    after = seen[seen.rindex(start) :]
    return sorted(NAMES, key=lambda name: after.index(f" {name} "))


def test_every_list_of_a_bilan_is_in_french_order(bilan):
    data = bilan_for(bilan, ON)

    assert [line.company for line in data.signatories] == IN_ORDER
    assert [line.company for line in data.specific] == IN_ORDER
    assert list(data.completeness.silent) == IN_ORDER
    assert [line.name for line in data.partners] == [f"Club {name}" for name in IN_ORDER]


def test_page_paper_workbook_and_frozen_value_say_the_same_order(bilan):
    referent = UserFactory(referent=True)
    actions.transmit(bilan, at=AT, by=referent, render=files.make_all, sending_note="Relancées.")
    document = BilanDocument.objects.get()
    data = bilan_for(bilan, ON)
    sheet = load_workbook(io.BytesIO(renderers.to_xlsx(data)))["Signataires"]

    assert found_in(text_of(sent_bytes(document)), LIST) == IN_ORDER
    assert found_in(words(renderers.to_html(data)), LIST) == IN_ORDER
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == IN_ORDER
    assert [line["company"] for line in document.snapshot["signatories"]] == IN_ORDER


def test_dashboards_are_in_french_order(catalogue):
    animateur, member = UserFactory(animateur=True), UserFactory()
    for name in NAMES:
        company = SubmissionFactory(convention__company__name=name).convention.company
        PortfolioFactory(user=animateur, company=company)
        MembershipFactory(user=member, company=company)
    for name in ("Ève", "Zoé", "Éric"):
        UserFactory(referent=True, last_name=name)

    assert [card.company for card in portfolio_home(animateur, date(2019, 7, 10)).cards] == IN_ORDER
    home = company_home(member, date(2019, 7, 10))
    assert [company.name for company in home.companies] == IN_ORDER
    assert [person.last_name for person in home.contacts] == ["Éric", "Ève", "Zoé"]


def test_partners_are_typed_in_french_order(cast, bilan):
    seen = text(page(cast.referent, "bilan_partners", bilan.department_id, bilan.semester))

    assert sorted(NAMES, key=lambda name: seen.index(f'value="Club {name}"')) == IN_ORDER
