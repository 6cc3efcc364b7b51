"""What the agency creates: a reminder, a message, a frozen version."""

from django.urls import reverse

from national.files import fingerprint
from national.models import Edition, Message, Publication
from national.selectors.publication import read_now
from national.selectors.total import nation
from tests.cast import Cast
from tests.factories import S1_2019, CampaignFactory, ConventionFactory
from tests.reporting.pages import sent
from tests.sending import Sending


def late_bilan(cast: Cast) -> Sending:
    ConventionFactory(company=cast.other_company)
    CampaignFactory()
    return Sending(cast.cget, reverse("reminder_send", args=["59"]), {}, Message.objects.count)


def new_message(cast: Cast) -> Sending:
    data = {
        "subject": "Calendrier",
        "body": "Bonjour.",
        "to": [cast.referent.public_id, cast.other_referent.public_id],
        "confirmed": "1",
    }
    return Sending(cast.cget, reverse("message_create"), data, Message.objects.count)


def new_edition(cast: Cast) -> Sending:
    """Of a semester that one préfecture sent."""
    CampaignFactory()
    sent(cast)
    data = {"reason": "Rapport", "shown": fingerprint(nation(S1_2019))}
    return Sending(cast.cget, reverse("edition_create", args=[S1_2019]), data, Edition.objects.count)


def new_publication(cast: Cast) -> Sending:
    CampaignFactory()
    sent(cast)
    data = {"shown": read_now(S1_2019)}
    return Sending(cast.cget, reverse("publication_create", args=["2019-S1"]), data, Publication.objects.count)
