"""Keep a view of a list, give one up, choose the columns of the files: one's own, which nobody else reads."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import ChosenColumns, SavedView, User

MOST = 30
"""Views that one person keeps of one list: more are no help to find anything."""


class TooManyViews(Exception):
    """The message is a French sentence."""

    def __init__(self) -> None:
        super().__init__(f"Vous avez déjà {MOST} vues de cette liste\u00a0: supprimez-en une ou reprenez son nom.")


@transaction.atomic
def keep_view(*, page: str, name: str, query: str, by: User) -> SavedView:
    """Keep a list as it is; a view of the same name is replaced. Raises TooManyViews."""
    own = SavedView.objects.select_for_update().filter(user=by, page=page)
    if own.exclude(name=name).count() >= MOST:
        raise TooManyViews
    return own.update_or_create(user=by, page=page, name=name, defaults={"query": query})[0]


@transaction.atomic
def give_up_view(view: SavedView, *, by: User) -> None:
    """Forget one of one's own views."""
    SavedView.objects.filter(pk=view.pk, user=by).delete()


@transaction.atomic
def choose_columns(*, page: str, names: Iterable[str], by: User) -> None:
    """Choose the columns of the files of a list; none of them: all the columns again."""
    chosen = " ".join(names)
    if chosen:
        ChosenColumns.objects.update_or_create(user=by, page=page, defaults={"names": chosen})
    else:
        ChosenColumns.objects.filter(user=by, page=page).delete()
