"""Turns a refused transition into an answer: 403 when it is not this person's to make, 409 when it is not its time."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from accounts.confirmation import way_back
from accounts.kept_forms import typed_in
from accounts.trail import record_refusal
from accounts.visitors import is_fetch
from workflows.tables import TransitionRefused, WrongRole


class RefusalMiddleware:
    """Views let TransitionRefused go; it becomes an answer in French here, with every reason and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; any other exception goes its way."""
        if not isinstance(exception, TransitionRefused):
            return None
        role = isinstance(exception, WrongRole)
        if role:
            record_refusal(request)
        status = HTTPStatus.FORBIDDEN if role else HTTPStatus.CONFLICT
        sentence, *others = exception.reasons or ("Cette action n’est pas possible.",)
        if is_fetch(request):
            # For a page that saves while one types: no button would do better.
            return JsonResponse({"saved": False, "refused": True, "sentences": [sentence, *others]}, status=status)
        if role:
            return render(request, "403.html", {"sentence": str(exception)}, status=status)
        told = {"sentence": sentence, "reasons": others}
        context = {**told, "back": way_back(request), "typed": typed_in(request)}
        return render(request, "409.html", context, status=status)
