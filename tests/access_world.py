"""The rows that the access matrix is tried on: one of each, in every state that matters, in the Pas-de-Calais."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from indicators.actions.drafts import begin_version
from national.actions.messages import write
from reporting.actions import transmit
from tests.cast import Cast, make_cast
from tests.factories import (
    S1_2019,
    S1_2020,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    ContactFactory,
    ConventionFactory,
    GroupLinkFactory,
    InvitationFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
)
from tests.filing import blank_pdf
from tests.national.frozen import frozen

TODAY = date(2020, 7, 10)
UNKNOWN = UUID("00000000-0000-4000-8000-000000000000")
ANSWERS = {"FOR-02": 0, "REC-01": 10, "REC-02": 2}
NEW_ANSWERS = {"FOR-02": 1, "REC-01": 12, "REC-02": 3}


ACCOUNTS = ("animateur", "lecteur", "referent", "other_referent", "member", "deactivated")
"""Those whose account somebody may close, or tries to."""


@dataclass(frozen=True)
class World:
    """The cast, and the ids that addresses need; all of `cast.company` and the Pas-de-Calais."""

    cast: Cast
    ids: dict[str, Any]  # Any: UUIDs, codes and semesters

    def actor(self, name: str) -> User | AnonymousUser:
        """The account of an actor of the matrix."""
        return AnonymousUser() if name == "anonymous" else getattr(self.cast, name)


def make_world() -> World:
    """Create the rows. The catalogue and nothing else must be loaded."""
    cast = make_cast()
    signed = ConventionFactory(company=cast.company)
    draft = ConventionFactory(company=cast.company, draft=True, starts_on=date(2022, 2, 8))
    ready = ConventionFactory(company=cast.company, ready=True, starts_on=date(2025, 2, 8))
    cancellable = ConventionFactory(company=cast.company, starts_on=date(2028, 2, 8))
    SpecificCommitmentFactory(convention=draft)
    ContactFactory(company=cast.company)
    open_campaign = CampaignFactory(semester=S1_2020, opens_on=date(2020, 7, 1), due_on=date(2020, 7, 31))
    validated = SubmissionFactory(convention=signed, validated=True, answers=ANSWERS)
    transmitted = SubmissionFactory(
        convention=signed, transmitted=True, answers=ANSWERS, campaign=CampaignFactory(semester=S2_2019)
    )
    entry = SubmissionFactory(convention=signed, answers=NEW_ANSWERS, campaign=open_campaign)
    sent = BilanFactory(semester=S1_2019, sending_note="Les autres remontées suivent.")
    at = datetime(2019, 9, 2, 9, tzinfo=UTC)
    transmit(sent, at=at, by=cast.referent, render=blank_pdf)
    BilanFactory(semester=S2_2019, sending_note="Les autres remontées suivent.")
    # Another company is of the same group, and gave the same.
    group = GroupLinkFactory(company=cast.company).group
    sister = GroupLinkFactory(company__department=cast.company.department, group=group).company
    SubmissionFactory(convention=ConventionFactory(company=sister), validated=True, answers=ANSWERS)
    invitation = InvitationFactory(company=cast.company, contributor=True, invited_by=cast.member, token="jeton")
    agency_invitation = InvitationFactory(agent=True, invited_by=cast.cget)
    version = begin_version(code="paqte-2021", title="PAQTE 2021", published_on=date(2021, 11, 1), at=at, by=cast.cget)
    message = write(to=[cast.other_referent], subject="Calendrier", body="Bonjour.", at=at, by=cast.cget)
    edition = frozen(by=cast.cget, at=at)
    ids = {
        "company": cast.company.pk,
        "result": entry.results.earliest("pk").pk,
        "campaign_id": open_campaign.pk,
        "signed": signed.pk,
        "draft": draft.pk,
        "ready": ready.pk,
        "cancellable": cancellable.pk,
        "validated": validated.pk,
        "transmitted": transmitted.pk,
        "entry": entry.pk,
        "sent": ("62", S1_2019),
        "writing": ("62", S2_2019),
        "none": ("62", S1_2020),
        "invitation": invitation.pk,
        "agency_invitation": agency_invitation.pk,
        "message": message.pk,
        "edition": edition.pk,
        "version": version.pk,
        "twice": ("62", S1_2019, group.pk),
        "once": ("62", S2_2019, group.pk),
        "unknown": UNKNOWN,
        **{f"a_{name}": getattr(cast, name).public_id for name in ACCOUNTS},
    }
    return World(cast=cast, ids=ids)


def address(world: World, name: str, variant: str) -> str:
    """The address of a row of the matrix; `variant` names the object, or is the rest of the arguments."""
    subject, *rest = variant.split("+") if variant else [""]
    found = world.ids.get(subject, subject)
    arguments = [*(found if isinstance(found, tuple) else [found] if found else []), *rest]
    return reverse(name, args=arguments)
