"""A base that is not its own is left alone by the demonstration."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from indicators.actions.catalogues import sync_catalogues
from indicators.catalogue import load_catalogue
from territories.loading import load_territories
from tests.demonstration.samples import PASSWORD, every_row
from tests.factories import CampaignFactory, CompanyFactory, UserFactory


@pytest.fixture
def references(db: None) -> None:
    load_territories()
    sync_catalogues([load_catalogue("paqte-2018")])


MEASURES = ["--companies", "2", "--departements", "59"]
STRANGERS = {
    "account": lambda: UserFactory(referent=True),
    "namesake": lambda: UserFactory(cget=True, email="cget@demo.example"),
    "company": CompanyFactory,
    "campaign": CampaignFactory,
}


@pytest.mark.parametrize("options", [[], MEASURES], ids=["demonstration", "measures"])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_base_that_somebody_else_wrote_is_refused(
    references: None, settings: Settings, stranger: str, options: list[str]
) -> None:
    settings.PAQTE_DEMO_PASSWORD = PASSWORD
    STRANGERS[stranger]()
    before = every_row()

    with pytest.raises(CommandError, match=r"^Cette base contient des données que la démonstration n’a pas écrites"):
        call_command("seed_demo", *options)

    assert every_row() == before
