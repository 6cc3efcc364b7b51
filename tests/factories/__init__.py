"""The smallest valid rows; variations are traits."""

from tests.factories.conventions import (
    ActionExampleFactory,
    CampaignFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    TargetSetFactory,
    answer_fields,
    place_of,
)
from tests.factories.people import (
    CompanyFactory,
    ContactFactory,
    DepartmentFactory,
    GroupLinkFactory,
    InvitationFactory,
    LegalUnitFactory,
    MembershipFactory,
    PortfolioFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.reporting import ArbitrationFactory, BilanFactory, DepartmentFiguresFactory, PartnerFactory
from tests.factories.samples import PASSWORD, S1_2019, S1_2020, S2_2019, SIGNED_ON, invented_siren, invented_siret

__all__ = [
    "PASSWORD",
    "S1_2019",
    "S1_2020",
    "S2_2019",
    "SIGNED_ON",
    "ActionExampleFactory",
    "ArbitrationFactory",
    "BilanFactory",
    "CampaignFactory",
    "CompanyFactory",
    "ContactFactory",
    "ConventionFactory",
    "DepartmentFactory",
    "DepartmentFiguresFactory",
    "GroupLinkFactory",
    "InvitationFactory",
    "LegalUnitFactory",
    "MembershipFactory",
    "PartnerFactory",
    "PortfolioFactory",
    "RegionFactory",
    "SpecificCommitmentFactory",
    "SubmissionFactory",
    "TargetSetFactory",
    "UserFactory",
    "answer_fields",
    "invented_siren",
    "invented_siret",
    "place_of",
]
