"""The bridge from a refused action to the form that asked for it."""

import pytest
from django import forms

from workflows.forms import RefusalsOf
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState


class SignatureForm(forms.Form):
    """A day."""

    on = forms.CharField()


def filled() -> SignatureForm:
    form = SignatureForm({"on": "2019-02-08"})
    assert form.is_valid()
    return form


def test_a_refusal_of_an_answer_becomes_an_error_of_its_field() -> None:
    form = filled()

    with RefusalsOf(form, field="on"):
        raise TransitionRefused(["Trop tôt.", "Un dimanche."])

    assert form.errors == {"on": ["Trop tôt.", "Un dimanche."]}
    assert not form.is_valid()


def test_without_a_field_it_is_an_error_of_the_whole_form() -> None:
    form = filled()

    with RefusalsOf(form):
        raise TransitionRefused(["Trop tôt."])

    assert form.non_field_errors() == ["Trop tôt."]


@pytest.mark.parametrize("refusal", [WrongState, WrongRole, Incomplete])
def test_what_no_answer_would_repair_passes(refusal: type[TransitionRefused]) -> None:
    form = filled()

    with pytest.raises(refusal), RefusalsOf(form):
        raise refusal(["Déjà signée."])

    assert form.is_valid()


def test_a_fault_of_the_program_passes() -> None:
    with pytest.raises(ZeroDivisionError), RefusalsOf(filled()):
        _ = 1 // 0
