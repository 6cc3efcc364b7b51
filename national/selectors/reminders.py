"""When each préfecture was last reminded of its bilans, and whether the mail left."""

from collections.abc import Collection, Mapping

from accounts.models import User
from national.models import Message


def last_reminders(user: User, codes: Collection[str]) -> Mapping[str, Message]:
    """The last one of each of these, by the code of the département, with its mails. Three queries at most."""
    rows = Message.objects.visible_to(user).latest_reminders().filter(department__in=codes)
    found = rows.select_related("by").prefetch_related("recipients__mail")
    return {message.department_id or "": message for message in found}
