"""My account: who I am, my address, my password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import profile
from accounts.forms import ChangePasswordForm, NewAddressForm, ProfileForm
from accounts.models import User
from accounts.policies import AuthenticatedRequest, any_account, public, secret_address
from accounts.second_factor import telephone_of
from accounts.tokens import NEW_ADDRESS
from dsfr_forms.forms import posted

VOID = "Ce lien a déjà servi, il a plus de 24 heures, ou un autre l’a remplacé."


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
def account(request: AuthenticatedRequest) -> HttpResponse:
    """Who I am, and the ways to everything else about my account."""
    # A copy: what was typed and refused must not show in the header as if it were saved.
    form = ProfileForm(posted(request), instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        form.save()
        messages.success(request, "Vos informations sont enregistrées.")
        return redirect("account")
    context = {
        "form": form,
        "email": request.user.email,
        "new_email": request.user.new_email,
        "has_password": request.user.has_usable_password(),
        "has_second_factor": telephone_of(request.user) is not None,
    }
    return TemplateResponse(request, "accounts/account.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
@sensitive_post_parameters()
def password_change(request: AuthenticatedRequest) -> HttpResponse:
    """Choose another password; this session goes on, the others end."""
    form = ChangePasswordForm(request, posted(request))
    if form.is_valid():
        password, here = form.cleaned_data["new_password1"], request.session.session_key
        profile.change_password(password=password, by=request.user, session=here)
        update_session_auth_hash(request, request.user)
        messages.success(request, "Votre mot de passe est changé. Vos autres connexions sont fermées.")
        return redirect("account")
    title = "Changer de mot de passe" if request.user.has_usable_password() else "Choisir un mot de passe"
    context = {"form": form, "title": title}
    return TemplateResponse(request, "accounts/password_change.html", context, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@any_account
@sensitive_post_parameters()
def address_change(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for another address; it changes when it is confirmed from there."""
    form = NewAddressForm(request, posted(request))
    if form.is_valid():
        address = form.cleaned_data["new_email"]
        profile.ask_for_address(address=address, by=request.user)
        messages.success(request, f"Un lien de confirmation part vers {address}. Il vaut 24 heures.")
        return redirect("account")
    return TemplateResponse(request, "accounts/address_change.html", {"form": form}, status=form.http_status)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@secret_address
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link sent to a new address: reading it changes nothing, its button does."""
    refusal = ""
    if request.method == "POST":
        try:
            user = profile.take_address(token=token)
        except profile.AddressTaken as taken:
            refusal = str(taken)
        except profile.LinkIsVoid:
            refusal = VOID
        else:
            messages.success(request, f"L’adresse de votre compte est maintenant {user.email}.")
            return redirect("account")
    reader = None if refusal else NEW_ADDRESS.reader(token)
    context = {"reader": reader, "sentence": refusal or VOID}
    return TemplateResponse(request, "accounts/address_confirm.html", context, status=409 if refusal else 200)
