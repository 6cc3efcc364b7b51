"""Sign in by a link received by mail: for companies, who come twice a year and forget passwords."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import door
from accounts.actions import profile
from accounts.buckets import Purpose
from accounts.forms import SignInLinkForm
from accounts.guessing import may_mail
from accounts.models import User
from accounts.policies import public, secret_address
from accounts.roles import Role
from accounts.tokens import SIGN_IN
from dsfr_forms.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer never says whether the account exists."""
    form = SignInLinkForm(posted(request))
    if form.is_valid():
        address = form.cleaned_data["email"]
        if may_mail(request, address, to=Purpose.SIGN_IN_MAIL, by=Purpose.SIGN_IN_MAIL_NETWORK):
            profile.ask_for_sign_in_link(address=address)
        return redirect("sign_in_link_sent")
    return TemplateResponse(request, "accounts/sign_in_link.html", {"form": form}, status=form.http_status)


@require_safe
@public
def sign_in_link_sent(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return TemplateResponse(request, "accounts/sign_in_link_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@public
@secret_address
def sign_in_link_confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind the link: reading it uses nothing up, for robots read mails too; its button signs in."""
    response = _use(request, token) if request.method == "POST" else None
    if response is not None:
        return response
    valid = request.method != "POST" and _of_a_company(SIGN_IN.reader(token)) is not None
    return TemplateResponse(request, "accounts/sign_in_link_confirm.html", {"valid": valid})


@transaction.atomic
def _use(request: HttpRequest, token: str) -> HttpResponse | None:
    """Sign in with the link, its account locked: signing in voids it before anybody else can use it."""
    user = _of_a_company(SIGN_IN.reader(token, lock=True))
    if user is None:
        return None
    user.backend = door.BY_LINK
    return door.enter(request, user, to=settings.LOGIN_REDIRECT_URL)


def _of_a_company(user: User | None) -> User | None:
    """The account when a link may sign it in: a State agent gives a password, whatever the role was before."""
    return user if user and user.role == Role.ENTREPRISE and not user.is_staff else None
