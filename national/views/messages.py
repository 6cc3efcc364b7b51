"""The agency writes to référents, and sees what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirm_sending, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.forms import posted
from dsfr_forms.layout import portal_helper
from dsfr_forms.lists import page_of
from french.numbers import counted
from national.actions.messages import write
from national.forms import DirectoryFilters, MessageForm
from national.models import Message
from national.selectors.directory import directory
from national.selectors.messages import lines_of, messages_of
from territories.clock import now, today


@require_safe
@allow(Role.CGET)
def message_list(request: AuthenticatedRequest) -> HttpResponse:
    """Reminders and messages, the last ones first."""
    page = page_of(messages_of(request.user), request)
    return TemplateResponse(request, "national/message_list.html", {"page": page, "lines": lines_of(list(page))})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def message_create(request: AuthenticatedRequest) -> HttpResponse:
    """Write to the référents of the address, or to some of them; they are named before anything leaves."""
    people = directory(request.user, today(), **DirectoryFilters(request.GET).asked).people
    form = MessageForm(posted(request), people=people)
    if form.is_valid():
        to, subject = form.recipients, form.cleaned_data["subject"]
        if must_confirm(request, [subject]):
            return _read_again(request, form)
        message = write(to=to, subject=subject, body=form.cleaned_data["body"], at=now(), by=request.user)
        messages.success(request, f"Le message part à {counted(len(to), 'référent', 'référents')}.")
        return redirect(message)
    helper = portal_helper("Relire avant d’envoyer", cancel_url=reverse("referent_list"))
    context = {"form": form, "helper": helper, "people": people}
    return TemplateResponse(request, "national/message_create.html", context, status=form.http_status)


def _read_again(request: AuthenticatedRequest, form: MessageForm) -> HttpResponse:
    people = [f"{person}, {person.department}" for person in form.recipients]
    return confirm_sending(
        request,
        people,
        title=f"Envoyer à {counted(len(people), 'référent', 'référents')}",
        sentence=f"«\u00a0{form.cleaned_data['subject']}\u00a0» part à\u00a0:",
        text=form.cleaned_data["body"],
        back=request.get_full_path(),
    )


@require_safe
@allow(Role.CGET)
def message_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """A message, to whom it went, and what became of each mail."""
    message = get_object_or_404(Message.objects.visible_to(request.user).select_related("by"), pk=pk)
    recipients = message.recipients.select_related("account", "department", "mail")
    return TemplateResponse(request, "national/message_detail.html", {"message": message, "recipients": recipients})
