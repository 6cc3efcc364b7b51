"""What a list of choices says before anybody chose."""

import pytest

from accounts.models import User
from dsfr_forms.forms import PortalModelForm


class PlaceForm(PortalModelForm[User]):
    """A list of values and a list of rows, of which nothing may be chosen."""

    class Meta:
        model = User
        fields = ("role", "department")


@pytest.mark.django_db
def test_a_list_says_in_words_that_nothing_is_chosen() -> None:
    form = PlaceForm()

    assert [str(form[name]).count('<option value="" selected>Choisissez</option>') for name in form.fields] == [1, 1]
    assert "---" not in str(form)
