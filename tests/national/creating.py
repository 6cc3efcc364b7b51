"""What the agency creates by writing: a reminder, a message."""

from django.urls import reverse

from national.models import Message
from tests.cast import Cast
from tests.factories import CampaignFactory, ConventionFactory
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
