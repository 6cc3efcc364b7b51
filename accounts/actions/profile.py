"""Change one's own address, password and way in."""

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import buckets
from accounts.buckets import Purpose
from accounts.links import link_to
from accounts.models import AccountAct, User
from accounts.notices import note, tell
from accounts.outbox import queue_mail
from accounts.passwords import password_changed
from accounts.roles import Role
from accounts.tokens import NEW_ADDRESS, SIGN_IN


class LinkIsVoid(Exception):
    """The link has served, was replaced or is too old."""


class AddressTaken(Exception):
    """Another account has this address; the message is a French sentence."""

    def __init__(self) -> None:
        super().__init__("Cette adresse est déjà celle d’un autre compte\u00a0: la vôtre ne change pas.")


@transaction.atomic
def ask_for_address(*, address: str, by: User) -> None:
    """Send a link to the new address, and say so at the present one. Nothing tells whether the new one is taken."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    buckets.spend(Purpose.ADDRESS_MAIL, str(user.pk), at=timezone.now())
    user.new_email, user.new_email_at = address, timezone.now()
    user.save(update_fields=["new_email", "new_email_at"])
    link = link_to(reverse("address_confirm", args=[NEW_ADDRESS.token_for(user)]))
    body = render_to_string("emails/new_address.txt", {"link": link, "old": user.email})
    queue_mail(to=address, subject="Portail PAQTE : confirmer votre nouvelle adresse", body=body, holds_secret=True)
    tell(user, f"Le changement de l’adresse de votre compte est demandé\u00a0: elle deviendrait {address}.")


@transaction.atomic
def take_address(*, token: str) -> User:
    """Give the account its new address. Raises LinkIsVoid, AddressTaken."""
    user = NEW_ADDRESS.reader(token, lock=True)
    if user is None:
        raise LinkIsVoid
    old, user.email = user.email, user.new_email
    user.new_email, user.new_email_at = "", None
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "new_email", "new_email_at"])
    except IntegrityError as error:
        raise AddressTaken from error
    note(user, AccountAct.Kind.ADDRESS)
    tell(user, f"L’adresse de votre compte est maintenant {user.email}\u00a0; celle-ci ne sert plus.", to=old)
    return user


@transaction.atomic
def change_password(*, password: str, by: User, session: str | None) -> None:
    """Give the account a new password; every session but this one ends."""
    by.set_password(password)
    by.save(update_fields=["password"])
    password_changed(by, keep=session)


@transaction.atomic
def ask_for_sign_in_link(*, address: str) -> None:
    """Send a link to the active account of a company; any other address costs as much time and gets nothing."""
    companies = User.objects.filter(is_active=True, role=Role.ENTREPRISE, is_staff=False)
    user = companies.filter(email=User.objects.normalize_email(address)).first()
    reader = user or User(email=address)
    link = link_to(reverse("sign_in_link_confirm", args=[SIGN_IN.token_for(reader)]))
    body = render_to_string("emails/sign_in_link.txt", {"link": link})
    with transaction.atomic():
        queue_mail(to=reader.email, subject="Portail PAQTE : votre lien de connexion", body=body, holds_secret=True)
        if user is None:
            transaction.set_rollback(True)
