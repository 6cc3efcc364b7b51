"""The examples of actions of a bilan: chosen among those of the companies, or written by the préfecture."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm_removal, must_confirm
from accounts.once import once
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from dsfr_forms.forms import ErrorLink, posted, status_of
from reporting import actions
from reporting.examples import OwnExampleFormSet, TakenForm
from reporting.models import Bilan, PrefectureExample
from reporting.selectors import examples_offered
from reporting.views.bilans import while_written
from reporting.views.composer import BLANK


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.REFERENT)
@once
@while_written
def bilan_examples(request: AuthenticatedRequest, bilan: Bilan) -> HttpResponse:
    """Those of the companies to tick, those of the préfecture to write: one button saves both."""
    back = bilan.edit_url
    taken = TakenForm(posted(request), offered=examples_offered(bilan))
    own = PrefectureExample.objects.visible_to(request.user).filter(semester=bilan.semester)
    formset = OwnExampleFormSet(posted(request), instance=bilan.department, queryset=own)
    if taken.is_valid() and formset.is_valid():
        gone = [form.instance for form in formset.deleted_forms]
        titles = [example.title for example in gone]
        if must_confirm(request, titles):
            return confirm_removal(request, titles, back=request.path)
        formset.save(commit=False)
        written = [*(example for example, _ in formset.changed_objects), *formset.new_objects]
        ticked = {name: taken.cleaned_data[name] for name in ("chosen", "publishable")}
        actions.set_examples(bilan, **ticked, written=written, removed=gone, by=request.user)
        messages.success(request, "Les exemples sont enregistrés.")
        return redirect(f"{request.path}#{BLANK}" if "more" in request.POST else back)
    links = [*taken.error_links, *(ErrorLink("", str(message)) for message in formset.non_form_errors())]
    links += [link for form in formset for link in form.error_links]
    context = {
        "bilan": bilan,
        "taken": taken,
        "formset": formset,
        "links": links,
        "back": back,
    }
    status = status_of(taken.errors, formset.total_error_count())
    return TemplateResponse(request, "reporting/bilan_examples.html", context, status=status)
