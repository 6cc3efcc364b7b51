"""The published shape of the JSON files, one address per schema and for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.policies import public
from reporting.schema import Published

SCHEMA_JSON = "application/schema+json"


@require_safe
@public
def schema(request: HttpRequest, tree: Published, number: int) -> HttpResponse:
    """A schema that is or was in use: whoever holds a file of that day can check it."""
    path = tree.path(number)
    # No schema has so long a number that the machine refuses to look for its file.
    if number > tree.number or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=SCHEMA_JSON)
