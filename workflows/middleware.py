"""Turns a refused transition into a page: 403 when it is not this person's to make, 409 when it is not its time."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.confirmation import way_back
from workflows.tables import TransitionRefused, WrongRole


class RefusalMiddleware:
    """Views let TransitionRefused go; it becomes an answer in French here, with every reason and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; any other exception goes its way."""
        match exception:
            case WrongRole():
                return render(request, "403.html", {"sentence": str(exception)}, status=HTTPStatus.FORBIDDEN)
            case TransitionRefused():
                sentence, *others = exception.reasons or ("Cette action n’est pas possible.",)
                context = {"sentence": sentence, "reasons": others, "back": way_back(request)}
                return render(request, "409.html", context, status=HTTPStatus.CONFLICT)
        return None
