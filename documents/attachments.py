"""Answers that are files, under a name that every browser reads."""

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header


def attachment(content: bytes, media_type: str, name: str, *, read: bool = False) -> HttpResponse:
    """A file to keep, named as RFC 6266 wants it; with `read`, one that the browser shows."""
    response = HttpResponse(content, content_type=media_type)
    _name(response, name, read=read)
    return response


def streamed(parts: Iterable[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    """A file to keep that is sent as it is made, part after part."""
    response = StreamingHttpResponse(parts, content_type=media_type)
    _name(response, name, read=False)
    return response


def _name(response: HttpResponseBase, name: str, *, read: bool) -> None:
    # For whoever notes what leaves: a header is not made to be read again.
    setattr(response, "file_name", name)  # noqa: B010  # a mark that mypy need not know
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=not read, filename=name) or ""
