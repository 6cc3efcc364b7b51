"""Sign in, sign out, choose a new password: Django's own views in the portal's pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters

from accounts import door
from accounts.forms import ForgottenPasswordForm, NewPasswordForm, SignInForm
from accounts.known_browsers import remember
from accounts.models import User
from accounts.passwords import password_changed
from accounts.policies import View, public, secret_address
from accounts.trail import record_sign_out
from dsfr_forms.forms import status_of


class _Refusing:
    """Django's pages answer 200 to what their form refuses; these answer as every other page of the portal."""

    def form_invalid(self: Any, form: BaseForm) -> HttpResponse:  # Any: one of Django's views of a form
        """The same page, with what is wrong."""
        response: HttpResponse = self.render_to_response(
            self.get_context_data(form=form), status=status_of(form.errors)
        )
        return response


class _SignIn(_Refusing, auth_views.LoginView):
    """Django's own, which leads to our door."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # Any: Django's own signature
        """ProConnect is on the page where the installation has it."""
        return super().get_context_data(**kwargs, has_proconnect=settings.PROCONNECT is not None)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password is right: the door says what is still missing."""
        return door.enter(self.request, form.get_user(), to=self.get_success_url())


login = public(_SignIn.as_view())

_sign_out = auth_views.LogoutView.as_view()


@public
def logout(request: HttpRequest) -> HttpResponseBase:
    """Sign out; what pages kept in this browser, unsaved texts among them, goes too."""
    if request.method == "POST":
        record_sign_out(request)
    response = _sign_out(request)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


class _ForgottenPassword(_Refusing, auth_views.PasswordResetView):
    """Ask for the mail that leads to a new password."""

    form_class = ForgottenPasswordForm
    template_name = "accounts/password_reset.html"
    subject_template_name = "emails/password_reset_subject.txt"
    email_template_name = "emails/password_reset.txt"
    success_url = reverse_lazy("password_reset_done")


password_reset = public(_ForgottenPassword.as_view())

password_reset_done = public(
    auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
)


class _NewPassword(_Refusing, auth_views.PasswordResetConfirmView):
    """Choose the password behind the link of the mail."""

    form_class = NewPasswordForm
    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("password_reset_complete")

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        """Save it with all that follows; whoever reads the mails of an account is let in from this browser."""
        user = form.user
        with transaction.atomic():
            response = super().form_valid(form)
            password_changed(user)
        remember(self.request, response, user.pk)
        return response


_choose_password: View = _NewPassword.as_view()


@public
@secret_address
@sensitive_post_parameters()
def password_reset_confirm(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """The page behind the link of the mail."""
    return _choose_password(request, uidb64=uidb64, token=token)


password_reset_complete = public(
    auth_views.PasswordResetCompleteView.as_view(template_name="accounts/password_reset_complete.html")
)
