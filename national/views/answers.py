"""The answer that is a sheet: in the format of the address, when there is such a format."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from documents.attachments import attachment
from documents.downloads import Download
from national.sheets import WRITERS, Sheet
from reporting.files import DOWNLOADS


def sheet_file(fmt: str, sheet: Callable[[], Sheet], name: str) -> HttpResponse:
    """The sheet as a file, made for an address that exists only; `name` without its end. Raises Http404."""
    if fmt not in WRITERS:
        raise Http404
    return attachment(WRITERS[fmt](sheet()), DOWNLOADS[fmt].media_type, f"{name}.{fmt}")


def sheet_downloads(address: str, query: str, subject: str, *args: Any) -> list[Download]:  # Any: parts of an address
    """What a page offers of it; `query` begins with its question mark, or is empty."""
    return [Download(reverse(address, args=[*args, fmt]) + query, subject, fmt) for fmt in WRITERS]
