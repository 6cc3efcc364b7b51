"""The second factor: asked at the door, set up at the door when the account must have one, kept in one's account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import door, second_factor
from accounts.actions import second_factor as actions
from accounts.forms import CodeForm, FirstCodeForm, RenewCodesForm, TurnOffForm
from accounts.models import User
from accounts.policies import AuthenticatedRequest, any_account, public
from accounts.qr import as_image
from accounts.trail import record_refused_sign_in
from dsfr_forms.forms import posted

SHOWN_KEY = "recovery_codes"
TOO_LATE = "Le délai pour donner le second facteur est passé\u00a0: connectez-vous à nouveau."


@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of whoever gave a password; nothing else opens before."""
    waiting = door.pending(request)
    if waiting is None:
        return _too_late(request)
    form = CodeForm(posted(request))
    if form.is_valid():
        try:
            actions.check(code=form.cleaned_data["code"], by=waiting.user)
        except actions.CodeRefused as refusal:
            record_refused_sign_in(request, waiting.user, "second facteur")
            form.add_error("code", str(refusal))
        else:
            return door.let_in(request, waiting.user, to=waiting.to, proved_twice=True)
    return TemplateResponse(request, "accounts/sign_in_code.html", {"form": form}, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in_set_up(request: HttpRequest) -> HttpResponse:
    """Set up the second factor of whoever must have one and has none; nothing else opens before."""
    waiting = door.pending(request)
    if waiting is None:
        return _too_late(request)
    if second_factor.telephone_of(waiting.user):
        return redirect("sign_in_code")
    form, codes = _set_up(request, waiting.user)
    if codes:
        door.let_in(request, waiting.user, to=waiting.to, proved_twice=True)
        return _show(request, codes, to=waiting.to)
    context = {"form": form, **_candidate(waiting.user)}
    return TemplateResponse(request, "accounts/sign_in_set_up.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
def second_factor_page(request: AuthenticatedRequest) -> HttpResponse:
    """Whether one's account has a second factor, and setting it up when it has none."""
    telephone = second_factor.telephone_of(request.user)
    if telephone:
        recovery = second_factor.recovery_of(request.user)
        context = {
            "since": telephone.created_at,
            "left": recovery.token_set.count() if recovery else 0,
            "mandatory": second_factor.is_required_of(request.user),
        }
        return TemplateResponse(request, "accounts/second_factor.html", context)
    if request.method == "POST" and "begin" in request.POST:
        actions.begin(by=request.user)
        return redirect("second_factor")
    form, codes = _set_up(request, request.user)
    if codes:
        request.session[door.PROVED_KEY] = True
        return _show(request, codes, to=reverse("account"))
    context = {"form": form, **_candidate(request.user)}
    return TemplateResponse(request, "accounts/second_factor_set_up.html", context, status=form.http_status)


@require_safe
@any_account
def second_factor_codes(request: AuthenticatedRequest) -> HttpResponse:
    """The recovery codes, shown once: the next reading finds none."""
    shown = request.session.pop(SHOWN_KEY, {"codes": [], "to": reverse("second_factor")})
    return TemplateResponse(request, "accounts/second_factor_codes.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
@sensitive_post_parameters()
def second_factor_renew(request: AuthenticatedRequest) -> HttpResponse:
    """Replace the recovery codes."""
    if second_factor.telephone_of(request.user) is None:
        return redirect("second_factor")
    form = RenewCodesForm(request, posted(request))
    if form.is_valid():
        return _show(request, actions.renew_codes(by=request.user), to=reverse("account"))
    return TemplateResponse(request, "accounts/second_factor_renew.html", {"form": form}, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
@sensitive_post_parameters()
def second_factor_turn_off(request: AuthenticatedRequest) -> HttpResponse:
    """Go back to one proof, by password and code."""
    # The page of the second factor says why not.
    if second_factor.telephone_of(request.user) is None or second_factor.is_required_of(request.user):
        return redirect("second_factor")
    form = TurnOffForm(request, posted(request))
    if form.is_valid():
        try:
            actions.turn_off(code=form.cleaned_data["code"], by=request.user)
        except actions.CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "Le second facteur est désactivé.")
            return redirect("second_factor")
    return TemplateResponse(request, "accounts/second_factor_turn_off.html", {"form": form}, status=form.http_status)


def _set_up(request: HttpRequest, user: User) -> tuple[FirstCodeForm, list[str]]:
    """The form of the first code, and the recovery codes once it was the right one."""
    form = FirstCodeForm(posted(request))
    if form.is_valid():
        try:
            return form, actions.confirm(code=form.cleaned_data["code"], by=user, session=request.session.session_key)
        except actions.CodeRefused as refusal:
            form.add_error("code", str(refusal))
    return form, []


def _candidate(user: User) -> dict[str, str]:
    """The secret to copy, as an image and in letters; empty before it is drawn."""
    candidate = second_factor.candidate_of(user)
    if candidate is None:
        return {"image": "", "secret": ""}
    return {"image": as_image(candidate.config_url), "secret": second_factor.readable_secret(candidate)}


def _show(request: HttpRequest, codes: list[str], *, to: str) -> HttpResponse:
    """Carry the codes to the page that shows them once; `to` is where one goes on from there."""
    request.session[SHOWN_KEY] = {"codes": codes, "to": to}
    return redirect("second_factor_codes")


def _too_late(request: HttpRequest) -> HttpResponse:
    """Nobody waits at the door: start again."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    messages.info(request, TOO_LATE)
    return redirect("login")
