"""A form that creates something creates it once: two clicks, a lost answer or a page sent again change nothing.

Every page gives its forms a key (`{% once_key %}`); `@once` keeps it in the transaction of what the form creates. The
same key with the same content leads to the same page; with another content it is refused and what was typed is kept.
"""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.confirmation import OF_THE_PAGE, send_again, way_back
from accounts.models import UsedKey, User
from accounts.policies import AuthenticatedRequest
from accounts.uniqueness import BUSY, is_busy, sentence_of

View = Callable[..., HttpResponse]

TWO_CLICKS = timedelta(seconds=10)
"""A form without a key (a page older than the portal) that comes back alike within this time is the same sending."""

OTHER_CONTENT = (
    "Vous avez déjà envoyé cette page, avec d’autres réponses\u00a0: celles-là sont enregistrées. "
    "Ce que vous venez d’envoyer, ci-dessous, ne l’est pas."
)


def once(view: View) -> View:
    """Make a view that creates rows create them once per sending. Stands between @allow and the view.

    The view answers a redirection when it is done; any other answer is a refusal, keeps nothing and consumes no key:
    a view that counts wrong tries does not stand under it.
    """

    @wraps(view)
    def guarded(request: AuthenticatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # Any: the view's own
        setattr(request, "creates_once", True)  # noqa: B010  # the forms of the page look for it
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return _sent(request, lambda: view(request, *args, **kwargs))
        except IntegrityError as error:
            return _refused(request, sentence_of(error), error)
        except OperationalError as error:
            return _refused(request, BUSY if is_busy(error) else "", error)

    setattr(guarded, "creates_once", True)  # noqa: B010  # a mark that mypy need not know
    return guarded


def _sent(request: AuthenticatedRequest, create: Callable[[], HttpResponse]) -> HttpResponse:
    """Create, or answer as the first time. One sending of a person at a time: the second sees what the first did."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=request.user.pk)
    now, key, fingerprint = timezone.now(), _key(request), _fingerprint(request)
    own = UsedKey.objects.filter(user=request.user)
    before = own.filter(key=key) if key else own.filter(fingerprint=fingerprint, at__gt=now - TWO_CLICKS)
    if former := before.first():
        return redirect(former.answer) if former.fingerprint == fingerprint else _other(request, former)
    response = create()
    if not isinstance(response, HttpResponseRedirect):
        transaction.set_rollback(True)
        return response
    own.forgotten_at(now).delete()
    UsedKey.objects.create(
        user=request.user, key=key or uuid.uuid4(), fingerprint=fingerprint, answer=response.url, at=now
    )
    return response


def _key(request: AuthenticatedRequest) -> uuid.UUID | None:
    """The key of the page; what is none counts as absent."""
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def _fingerprint(request: AuthenticatedRequest) -> str:
    """What was sent, and where: the order of the fields does not matter."""
    content = {name: values for name, values in request.POST.lists() if name not in OF_THE_PAGE}
    text = json.dumps([request.get_full_path(), content], sort_keys=True)
    # Keyed: what was sent may be guessed, and nothing in the database must help to.
    return salted_hmac("accounts.once", text, algorithm="sha256").hexdigest()


def _other(request: AuthenticatedRequest, former: UsedKey) -> HttpResponse:
    return send_again(
        request,
        OTHER_CONTENT,
        submit="Enregistrer aussi ces réponses",
        back=former.answer,
        back_label="Voir ce qui est enregistré",
    )


def _refused(request: AuthenticatedRequest, sentence: str, error: Exception) -> HttpResponse:
    """What the database would not take although the view had looked: somebody else was faster."""
    if not sentence:
        raise error
    back = way_back(request)
    return send_again(request, sentence, submit="Essayer de nouveau", back=back, back_label="Revenir sans enregistrer")
