"""The CGET opens the collection of a semester and sets its dates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.actions import campaigns as actions
from conventions.forms.campaigns import CampaignForm, RemindersForm
from conventions.models import Campaign, CampaignLog, Convention
from conventions.selectors.returns import returns_by_semester
from dsfr_forms.forms import posted, status_of
from territories.clock import now, today
from territories.semester import Semester


@require_safe
@allow(Role.CGET)
def campaign_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every campaign with its dates and how far it is."""
    campaigns, day = list(Campaign.objects.order_by("-semester")), today()
    answered = returns_by_semester(
        Convention.objects.visible_to(request.user), [campaign.semester for campaign in campaigns]
    )
    lines = [(campaign, answered[campaign.semester], campaign.status_on(day)) for campaign in campaigns]
    context = {"lines": lines, "open": sum(campaign.is_open_on(day) for campaign in campaigns)}
    return TemplateResponse(request, "conventions/campaign_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def campaign_create(request: AuthenticatedRequest) -> HttpResponse:
    """Open the collection of a semester."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.CGET)
@once
def campaign_update(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """Change the dates of a campaign; the submissions keep what they hold."""
    return _edit(request, get_object_or_404(Campaign, semester=semester))


def _edit(request: AuthenticatedRequest, campaign: Campaign | None) -> HttpResponse:
    data = posted(request)
    form = CampaignForm(data, instance=campaign)
    reminders = RemindersForm(list(campaign.reminders.all()) if campaign else [], data)
    if data is not None and form.is_valid() & reminders.fit(form.window):
        removed = reminders.removed
        if must_confirm(request, removed):
            return confirm_removal(request, removed, back=request.path)
        dates = {name: form.cleaned_data[name] for name in ("opens_on", "due_on", "locks_on", "bilan_due_on")}
        actions.plan(form.cleaned_data["semester"], **dates, reminders=reminders.days, at=now(), by=request.user)
        messages.success(request, f"La campagne du {form.cleaned_data['semester'].label} est enregistrée.")
        return redirect("campaign_list")
    context = {
        "form": form,
        "reminders": reminders,
        "campaign": campaign,
        "journal": CampaignLog.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .select_related("by")
        .order_by("-pk"),
        "heading": f"Campagne du {campaign.semester.label}" if campaign else "Ouvrir une campagne",
        "links": [*(form.error_links if form.is_bound else []), *reminders.errors],
    }
    return TemplateResponse(request, "conventions/campaign_form.html", context, status=status_of(context["links"]))
