"""The page behind the link of an invitation. Opening it changes nothing: robots that read mails open links too."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import door
from accounts.buckets import Purpose, check, spend
from accounts.models import User
from accounts.policies import public, secret_address
from accounts.throttle import network_of
from companies.actions.acceptance import OTHER_ADDRESS, InvitationGone, accept, accept_as_newcomer
from companies.actions.invitations import InvitationRefused
from companies.forms.invitations import NewcomerForm, newcomer_form
from companies.models import Invitation
from companies.selectors import invitation_behind, is_known
from dsfr_forms.forms import posted

DEACTIVATED = "Le compte qui porte cette adresse est désactivé\u00a0: écrivez à la personne qui vous invite."


@require_http_methods(["GET", "HEAD", "POST"])
@public
@secret_address
@never_cache
@sensitive_post_parameters()
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept with one's account, or with the one described here; raises TooMany for whoever tries link after link."""
    at, network = timezone.now(), network_of(request)
    check(Purpose.INVITATION_TOKEN, network, at=at)
    invitation = invitation_behind(token, at=at)
    if invitation is None:
        if not is_known(token):
            spend(Purpose.INVITATION_TOKEN, network, at=at)
        return _gone(request)
    try:
        if isinstance(request.user, User):
            return _as_account(request, invitation, request.user)
        if account := User.objects.at(invitation.email):
            return _before_sign_in(request, invitation, account)
        return _as_newcomer(request, invitation)
    except InvitationGone:
        return _gone(request)


def _as_account(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """Somebody is signed in: the button for the account invited, a refusal for any other."""
    if user.email != invitation.email:
        sentence = f"{OTHER_ADDRESS} Si c’est vous, déconnectez-vous d’abord, puis ouvrez le lien de nouveau."
        return TemplateResponse(request, "403.html", {"sentence": sentence}, status=HTTPStatus.FORBIDDEN)
    if refusal := invitation.refusal_for(user):
        return _refused(request, invitation, refusal)
    if request.method != "POST":
        return _page(request, invitation)
    try:
        accept(invitation, at=timezone.now(), by=user)
    except InvitationRefused as error:
        return _refused(request, invitation, str(error))
    messages.success(request, f"C’est fait\u00a0: {invitation.where}, {invitation.seat.label}.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _before_sign_in(request: HttpRequest, invitation: Invitation, account: User) -> HttpResponse:
    """Nobody is signed in, and the address has an account: only that account accepts."""
    if not account.is_active:
        return _refused(request, invitation, DEACTIVATED)
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}"
    return _page(request, invitation, status=status, sign_in=sign_in)


def _as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Nobody is signed in, and the address has no account: the form that makes one."""
    account = User(email=invitation.email, role=invitation.role)
    form = newcomer_form(invitation)(account, posted(request))
    if not form.is_valid():
        return _page(request, invitation, status=form.http_status, form=form)
    try:
        account = accept_as_newcomer(invitation, account=form.account(), at=timezone.now())
    except InvitationRefused as error:
        return _refused(request, invitation, str(error))
    return _welcome(request, account)


def _welcome(request: HttpRequest, account: User) -> HttpResponse:
    """In by the one door, which asks for the second factor of whoever must have one."""
    account.backend = door.BY_LINK
    response = door.enter(request, account, to=settings.LOGIN_REDIRECT_URL)
    messages.success(request, "Votre compte est créé. Bienvenue sur le portail.")
    return response


def _page(
    request: HttpRequest,
    invitation: Invitation,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    form: NewcomerForm | None = None,
    sign_in: str = "",
    refusal: str = "",
) -> HttpResponse:
    """The invitation and what can be done with it: a form, a way to sign in, a button, or why there is none."""
    context = {"invitation": invitation, "form": form, "sign_in": sign_in, "refusal": refusal}
    return TemplateResponse(request, "companies/invitation_accept.html", context, status=status)


def _refused(request: HttpRequest, invitation: Invitation, sentence: str) -> HttpResponse:
    return _page(request, invitation, status=HTTPStatus.CONFLICT, refusal=sentence)


def _gone(request: HttpRequest) -> HttpResponse:
    """Unknown, expired, revoked, accepted: one page, which tells nobody which of the four."""
    return TemplateResponse(request, "companies/invitation_gone.html", status=HTTPStatus.NOT_FOUND)
