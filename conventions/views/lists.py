"""The pages and the files of the three lists: companies, conventions, submissions."""

from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.lists import list_answer
from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from companies.models import Company
from conventions.lists.companies import UNANSWERED, company_list_on
from conventions.lists.conventions import convention_list_on
from conventions.lists.submissions import submission_list_on
from conventions.models import Campaign, Convention, Submission
from conventions.selectors.returns import Returns, returns_of
from territories.clock import today
from territories.semester import Semester

READERS = (Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR, Role.ENTREPRISE)


@require_safe
@allow(*READERS)
def company_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The companies one may see. A member of a single company is taken to it."""
    companies = Company.objects.visible_to(request.user)
    if request.user.role == Role.ENTREPRISE and companies.count() == 1:
        return redirect(companies.get())
    day = today(request.user.department)
    last = Campaign.objects.opened_by(day).order_by("-semester").first()
    invites = request.user.role == Role.REFERENT and request.GET.get("acces") == UNANSWERED
    return list_answer(
        request,
        company_list_on(day, at=timezone.now(), semester=last.semester if last else None, invites=invites),
        companies,
        template="conventions/company_list.html",
        sees_contacts=request.user.role != Role.ENTREPRISE,
        may_create=request.user.role == Role.REFERENT,
        invites=invites,
    )


@require_safe
@allow(*READERS)
def convention_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The conventions one may see. A member of a company with a single one is taken to it."""
    conventions = Convention.objects.visible_to(request.user)
    if request.user.role == Role.ENTREPRISE and conventions.count() == 1:
        return redirect(conventions.get())
    return list_answer(
        request,
        convention_list_on(today(request.user.department)),
        conventions,
        template="conventions/convention_list.html",
        may_create=request.user.role == Role.REFERENT,
        reads_charters=request.user.role in {Role.REFERENT, Role.LECTEUR},
    )


@require_safe
@allow(*READERS)
def submission_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """Every submission this person may see, with its progress."""
    on = today(request.user.department)
    visible = Submission.objects.visible_to(request.user).filter(campaign__opens_on__lte=on)
    semesters = semesters_opened(on)
    own = request.user.role == Role.ENTREPRISE
    return list_answer(
        request,
        submission_list_on(on, semesters, own=own, chosen=request.user.role == Role.REFERENT),
        visible,
        template="conventions/submission_list.html",
        own=own,
        writes=request.user.role == Role.REFERENT,
        on=on,
        returns=None if own else _returns(request, semesters),
    )


def semesters_opened(on: date) -> list[Semester]:
    """Those whose campaign is open or was, the last one first. One query."""
    opened = Campaign.objects.opened_by(on).order_by("-semester")
    return list(opened.values_list("semester", flat=True))


def _returns(request: AuthenticatedRequest, semesters: list[Semester]) -> Returns | None:
    """How the semester that the address asks for was answered, over the companies that this person sees."""
    asked = next((one for one in semesters if str(one) == request.GET.get("semestre")), None)
    return returns_of(Convention.objects.visible_to(request.user), asked) if asked else None
