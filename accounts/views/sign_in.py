"""Sign in, sign out, choose a new password: Django's own views in the portal's pages."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import ForgottenPasswordForm, NewPasswordForm, SignInForm
from accounts.policies import public

login = public(
    auth_views.LoginView.as_view(
        template_name="accounts/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)

_sign_out = auth_views.LogoutView.as_view()


@public
def logout(request: HttpRequest) -> HttpResponseBase:
    """Sign out; what pages kept in this browser, unsaved texts among them, goes too."""
    response = _sign_out(request)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


password_reset = public(
    auth_views.PasswordResetView.as_view(
        form_class=ForgottenPasswordForm,
        template_name="accounts/password_reset.html",
        subject_template_name="emails/password_reset_subject.txt",
        email_template_name="emails/password_reset.txt",
        success_url=reverse_lazy("password_reset_done"),
    )
)

password_reset_done = public(
    auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
)

_choose_password = auth_views.PasswordResetConfirmView.as_view(
    form_class=NewPasswordForm,
    template_name="accounts/password_reset_confirm.html",
    success_url=reverse_lazy("password_reset_complete"),
)


@public
@sensitive_post_parameters()
def password_reset_confirm(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """The page behind the link of the mail; its address holds the token, so no other page may learn it."""
    response = _choose_password(request, uidb64=uidb64, token=token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


password_reset_complete = public(
    auth_views.PasswordResetCompleteView.as_view(template_name="accounts/password_reset_complete.html")
)
