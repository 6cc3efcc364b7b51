"""Links for whoever reads them outside a page: mails and the output of commands."""

from django.conf import settings


def link_to(path: str) -> str:
    """The public address of a page of ours. It comes from the settings: whoever asks chooses the Host header."""
    return f"{settings.PAQTE_BASE_URL}{path}"
