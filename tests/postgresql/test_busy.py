"""What PostgreSQL alone says: a lock that one waits for too long, an exclusion constraint that a race breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import UsedKey, User
from accounts.uniqueness import sentence_of
from companies.models import Company, Contact
from territories.locks import lock_departments
from tests.cast import Cast
from tests.factories import ConventionFactory
from tests.pages import signed_in, text


@pytest.mark.django_db(transaction=True)
def test_a_sending_that_waits_too_long_says_so_and_keeps_what_was_typed(cast: Cast) -> None:
    browser, url = signed_in(cast.member), reverse("company_contacts", args=[cast.company.pk])
    data = {"contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 0, "contacts-0-name": "Alix"}

    def press() -> Any:  # Any: the test client's own response
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        try:
            return browser.post(url, data)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        User.objects.select_for_update().get(pk=cast.member.pk)
        response = pool.submit(press).result()

    assert response.status_code == 409
    assert "Un autre envoi est en cours d’enregistrement" in text(response)
    assert '<li dir="auto">Alix</li>' in text(response)
    assert (Contact.objects.count(), UsedKey.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_waits_too_long_for_a_file_of_its_departement_says_so(cast: Cast) -> None:
    browser, url = signed_in(cast.referent), reverse("company_update", args=[cast.company.pk])
    form = browser.get(url).context["form"]
    data = {name: "" if value is None else value for name, value in form.initial.items()} | {"town": "Lens"}

    def press() -> Any:  # Any: as above
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        try:
            return browser.post(url, data)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        lock_departments(["62"])
        response = pool.submit(press).result()

    assert response.status_code == 409
    assert "Un autre envoi est en cours d’enregistrement" in text(response)
    assert Company.objects.get(pk=cast.company.pk).town != "Lens"


@pytest.mark.usefixtures("catalogue")
@pytest.mark.django_db
def test_an_exclusion_is_a_sentence_too() -> None:
    first = ConventionFactory()

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ConventionFactory(company=first.company, starts_on=date(2020, 2, 8), draft=True)

    assert sentence_of(caught.value) == "C’est déjà enregistré\u00a0: quelqu’un vient peut-être de le faire."
