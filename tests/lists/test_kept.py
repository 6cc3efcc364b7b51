"""What a person keeps of a list: views under a name, the columns of the files; nobody else sees them."""

import pytest

from accounts.actions.kept_lists import MOST, TooManyViews, choose_columns, give_up_view, keep_view
from accounts.models import ChosenColumns, SavedView
from tabular.reading import read_table
from tests.cast import Cast
from tests.pages import page, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

NEW = "/mes-listes/entreprises/vues/nouvelle/?filtres=categorie%3DPME%26page%3D2%26format%3Dcsv"


def test_a_view_is_found_again_above_its_list(cast: Cast) -> None:
    response = signed_in(cast.referent).post(NEW, {"name": "PME du bassin"})

    assert response.url == "/entreprises/?categorie=PME"  # type: ignore[attr-defined]  # a redirection
    shown = text(page(cast.referent, "company_list", categorie="PME"))
    assert 'href="/entreprises/?categorie=PME" aria-current="page">PME du bassin</a>' in shown
    assert "PME du bassin" not in text(page(cast.referent, "convention_list"))
    assert "PME du bassin" not in text(page(cast.lecteur, "company_list"))


def test_the_same_name_is_the_same_view(cast: Cast) -> None:
    for query in ("categorie=PME", "categorie=GE"):
        keep_view(page="/entreprises/", name="Les miennes", query=query, by=cast.referent)

    assert list(SavedView.objects.values_list("name", "query")) == [("Les miennes", "categorie=GE")]


def test_views_are_not_without_number(cast: Cast) -> None:
    for number in range(MOST):
        keep_view(page="/entreprises/", name=f"Vue {number}", query="", by=cast.referent)

    with pytest.raises(TooManyViews):
        keep_view(page="/entreprises/", name="Une de plus", query="", by=cast.referent)
    response = signed_in(cast.referent).post(NEW, {"name": "Une de plus"})
    assert (response.status_code, "Vous avez déjà 30 vues" in text(response)) == (422, True)
    keep_view(page="/entreprises/", name="Vue 3", query="categorie=GE", by=cast.referent)


def test_what_one_keeps_is_nothing_to_another(cast: Cast) -> None:
    """Tried on the actions themselves, whatever the pages above them look at."""
    for number in range(MOST):
        keep_view(page="/entreprises/", name=f"Vue {number}", query="", by=cast.lecteur)
    mine = keep_view(page="/entreprises/", name="Vue 3", query="categorie=GE", by=cast.referent)
    for person in (cast.lecteur, cast.referent):
        choose_columns(page="/entreprises/", names=["nom"], by=person)

    give_up_view(mine, by=cast.lecteur)
    choose_columns(page="/entreprises/", names=[], by=cast.lecteur)

    assert SavedView.objects.get(user=cast.referent) == mine
    assert SavedView.objects.filter(user=cast.lecteur, query="").count() == MOST
    assert ChosenColumns.objects.get().user == cast.referent
    read = read_table(b"".join(page(cast.lecteur, "company_list", format="csv").streaming_content))
    assert len(read.headers) > 1


def test_a_view_without_a_name_is_refused(cast: Cast) -> None:
    assert signed_in(cast.referent).post(NEW, {"name": " "}).status_code == 422


@pytest.mark.parametrize("path", ["tableau-de-bord", "nulle-part", "connexion", "entreprises/nouvelle"])
def test_there_are_views_of_lists_only(cast: Cast, path: str) -> None:
    assert signed_in(cast.referent).get(f"/mes-listes/{path}/vues/nouvelle/").status_code == 404


def test_an_endless_address_is_refused(cast: Cast) -> None:
    endless = f"/mes-listes/entreprises/vues/nouvelle/?filtres=q%3D{'x' * 1100}"

    assert signed_in(cast.referent).get(endless).status_code == 404


def test_a_view_is_given_up_by_its_owner_once_asked(cast: Cast) -> None:
    view = keep_view(page="/entreprises/", name="Les miennes", query="", by=cast.referent)
    address = f"/mes-vues/{view.pk}/supprimer/"

    assert signed_in(cast.lecteur).post(address, {"confirmed": "1"}).status_code == 404
    assert "Vue «\u00a0Les miennes\u00a0»" in text(signed_in(cast.referent).post(address))
    assert SavedView.objects.count() == 1
    assert signed_in(cast.referent).post(address, {"confirmed": "1"}).status_code == 302
    assert SavedView.objects.count() == 0


def test_the_files_have_the_columns_that_were_chosen(cast: Cast) -> None:
    chosen = {"colonne": ["commune", "nom", "inconnue", "<b>"], "filtres": "categorie=PME"}

    response = signed_in(cast.referent).post("/mes-listes/entreprises/colonnes/", chosen)
    file = b"".join(page(cast.referent, "company_list", format="csv").streaming_content)

    assert response.url == "/entreprises/?categorie=PME"  # type: ignore[attr-defined]  # a redirection
    assert read_table(file).headers == ["Nom", "Commune"]
    assert 'value="siret" > <label' in text(page(cast.referent, "company_list"))


def test_no_column_chosen_is_all_of_them(cast: Cast) -> None:
    for names in (["nom"], []):
        signed_in(cast.referent).post("/mes-listes/entreprises/colonnes/", {"colonne": names})

    assert ChosenColumns.objects.count() == 0
    file = b"".join(page(cast.referent, "company_list", format="csv").streaming_content)
    assert read_table(file).headers[:4] == ["Nom", "SIRET", "Catégorie", "Commune"]
