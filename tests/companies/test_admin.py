"""The technical administration of companies: who comes in, what is seen there, and that it is only read."""

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast

PAGE = "/administration/companies/company/"


@pytest.fixture
def staff(cast: Cast) -> User:
    cast.referent.is_staff = True
    cast.referent.save()
    return cast.referent


@pytest.mark.parametrize(
    ("actor", "status"),
    [("technician", 200), ("staff_referent", 200), ("lecteur", 403), ("cget", 403), ("member", 403)],
)
def test_only_technicians_and_entrusted_referents_come_in(client: Client, cast: Cast, actor: str, status: int) -> None:
    person: User = getattr(cast, actor)
    person.is_staff = True
    person.save()
    client.force_login(person)

    assert [client.get(page, follow=True).status_code for page in ("/administration/", PAGE)] == [status, status]


@pytest.mark.parametrize("who", ["referent", "lecteur", "member", "cget", "no_role", "animateur"])
def test_the_administration_is_closed_to_who_was_not_given_it(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))

    assert client.get(PAGE, follow=True).status_code == 403


def test_anonymous_visitors_sign_in_through_the_portal(client: Client, cast: Cast) -> None:
    response = client.get("/administration/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/connexion/?next=/administration/")


def test_a_filter_that_holds_no_text_is_refused(client: Client, staff: User) -> None:
    client.force_login(staff)

    answers = [client.get(f"{PAGE}?category__exact={value}").status_code for value in ("%00", "PME%00", "PME")]

    assert answers == [400, 400, 200]


def test_a_company_of_another_departement_does_not_exist(client: Client, staff: User, cast: Cast) -> None:
    client.force_login(staff)

    foreign = client.get(f"{PAGE}{cast.other_company.pk}/change/", follow=True)
    own = client.get(f"{PAGE}{cast.company.pk}/change/")

    assert "Brasserie" not in foreign.content.decode()
    assert foreign.redirect_chain == [("/administration/", 302)]
    assert "Ateliers Terril" in own.content.decode()
    assert 'name="_save"' not in own.content.decode()


def test_a_technician_sees_everything(client: Client, cast: Cast) -> None:
    client.force_login(cast.technician)

    assert "Brasserie Beffroi" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("model", ["companies/company", "conventions/convention", "conventions/result"])
def test_no_file_comes_in_or_goes_out_there(client: Client, staff: User, model: str) -> None:
    client.force_login(staff)
    page = client.get(f"/administration/{model}/").content.decode()

    for name in ("import", "export", "process_import"):
        assert f"{model}/{name}/" not in page
        # Django takes what follows the list for the key of a row, which is not there.
        assert client.get(f"/administration/{model}/{name}/").status_code == 302
