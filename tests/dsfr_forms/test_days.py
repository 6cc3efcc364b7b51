"""A day is typed, and says in what order, whatever the language of the browser."""

from django import forms

from dsfr_forms.forms import PortalForm


class EndForm(PortalForm):
    """One day, whose hint comes late, from what the page knows."""

    until = forms.DateField(label="Dernier jour")


def test_day_says_its_order_after_its_own_hint() -> None:
    form = EndForm()
    form.fields["until"].help_text = "Au plus tard hier."
    html = form["until"].as_field_group()

    assert 'id="id_until_helptext">Au plus tard hier. Format attendu\u00a0: jj/mm/aaaa.</span>' in html
    assert 'aria-describedby="id_until_helptext"' in html


def test_day_without_a_hint_says_its_order() -> None:
    assert ">Format attendu\u00a0: jj/mm/aaaa.</span>" in EndForm()["until"].as_field_group()
