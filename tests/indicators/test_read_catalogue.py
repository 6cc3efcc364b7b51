"""Reading a catalogue file: a broken one is refused with a sentence."""

import pytest

from indicators.catalogue import CatalogueError, read_catalogue
from indicators.specs import Axis, RatioSpec, RatioTerm

SMALL = """
version = "essai"
title = "Essai"
published_on = 2019-01-22

[headlines]
bilan = ["SEN-04"]
nation = ["SEN-04"]

[ceilings]
"nombre" = 1000

[[indicator]]
code = "SEN-04"
axis = "sensibiliser"
label = "Total"
core = true
kind = "flux"
unit = "nombre"
definition = "d"
counts = "c"
excludes = "e"
origin = "public"
source = "s"
plausibility = "p"

[[ratio]]
code = "RAT-01"
axis = "sensibiliser"
label = "Part"
definition = "d"
numerator = ["SEN-04"]
denominator = ["SEN-04"]
"""


def test_small_catalogue_is_read() -> None:
    catalogue = read_catalogue(SMALL.encode())

    assert catalogue.indicator("SEN-04").rules == ()
    assert catalogue.indicator("SEN-04").ceiling == 1000
    assert (catalogue.indicator("SEN-04").distinct, catalogue.indicator("SEN-04").targetable) == (False, True)
    assert catalogue.ratios == (
        RatioSpec(
            code="RAT-01",
            axis=Axis.SENSIBILISER,
            position=1,
            label="Part",
            definition="d",
            numerator=(RatioTerm(1, "SEN-04"),),
            denominator=(RatioTerm(1, "SEN-04"),),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "beginning"),
    [
        ('title = "Essai"\n', "", "Le catalogue n’a pas l’entrée 'title'."),
        ('origin = "public"', 'origin = "inventé"', "Le catalogue n’a pas l’entrée 'INVENTÉ'."),
        (
            'axis = "sensibiliser"\nlabel = "T',
            'axis = "vendre"\nlabel = "T',
            "Le catalogue ne peut pas être lu\u00a0: ",
        ),
        ("core = true", "coeur = true", "Le catalogue ne peut pas être lu\u00a0: "),
        ('"nombre" = 1000', "", "SEN-04\u00a0: pas de plafond pour l’unité nombre."),
        ("[[ratio]]", "[[ratio", "Le catalogue ne peut pas être lu\u00a0: "),
        ('["SEN-04"]\nden', '["SEN-05"]\nden', "RAT-01\u00a0: cite SEN-05, qui n’existe pas."),
    ],
)
def test_broken_catalogue_is_refused_with_a_sentence(old: str, new: str, beginning: str) -> None:
    assert old in SMALL

    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(SMALL.replace(old, new).encode())

    assert str(refusal.value).startswith(beginning)


def test_catalogue_that_is_not_text_is_refused() -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(b"\xff\xfe")
