"""A narrative has a longest length, in the model too."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from conventions.models import Convention, ConventionLog, Correction, Result, Submission
from conventions.models.example import ActionExample
from reporting.models import Bilan
from territories.fields import NarrativeField

LONGEST = {
    (Bilan, "essentials"): 1000,
    (Bilan, "organisation"): 5000,
    (Bilan, "strategy"): 5000,
    (Bilan, "obstacles"): 5000,
    (Bilan, "rectification_reason"): 1000,
    (Bilan, "sending_note"): 1000,
    (Convention, "axes_reason"): 2000,
    (ConventionLog, "comment"): 2000,
    (Submission, "message"): 2000,
    (Result, "comment"): 1000,
    (Correction, "comment"): 1000,
    (ActionExample, "text"): 1500,
}


@pytest.mark.parametrize(("place", "longest"), LONGEST.items(), ids=str)
def test_a_narrative_refuses_what_is_too_long(place: tuple[type[models.Model], str], longest: int):
    model, name = place
    field = model._meta.get_field(name)
    assert isinstance(field, NarrativeField)

    assert field.clean("é" * longest, None) == "é" * longest
    with pytest.raises(ValidationError, match="Ce texte compte"):
        field.clean("é" * (longest + 1), None)


def test_a_narrative_without_length_is_refused():
    with pytest.raises(TypeError, match="longest length"):
        NarrativeField("texte")
