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
        ('title = "Essai"\n', "", "Le catalogue : « title » manque."),
        (
            'origin = "public"',
            'origin = "inventé"',
            "Indicateur n° 1 (SEN-04) : « origin » vaut « inventé », attendu : public, proposed.",
        ),
        (
            'axis = "sensibiliser"\nlabel = "T',
            'axis = "vendre"\nlabel = "T',
            "Indicateur n° 1 (SEN-04) : « axis » vaut « vendre », attendu : sensi",
        ),
        ("core = true", "coeur = true", "Indicateur n° 1 (SEN-04) : « core » manque.\n"),
        ("core = true", "core = 1", "Indicateur n° 1 (SEN-04) : « core » doit être true ou false."),
        (
            '"d"\ncounts',
            "3\ncounts",
            "Indicateur n° 1 (SEN-04) : « definition » doit être un texte.",
        ),
        (
            '"d"\ncounts',
            '"\\u0000"\ncounts',
            "Indicateur n° 1 (SEN-04) : « definition » contient un caractère",
        ),
        (
            '"Total"',
            f'"{121 * "l"}"',
            "Indicateur n° 1 (SEN-04) : « label » compte plus de 120 caractères.",
        ),
        ('code = "SEN-04"', 'code = "sen 4"', "Indicateur n° 1 (sen 4) : un code s’écrit en majuscules, "),
        ("= 2019-01-22", "= 2019-01-22T10:00:00", "Le catalogue : « published_on » doit être une date."),
        ('version = "essai"', 'version = "../x"', "Le catalogue : la version s’écrit en minuscules, "),
        (
            '"nombre" = 1000',
            '"nombre" = nan',
            "[ceilings] : « nombre » doit être compris entre 0 et un milliard, six",
        ),
        (
            '"nombre" = 1000',
            '"nombre" = 1e-999999999',
            "[ceilings] : « nombre » doit être compris entre 0 et un milliard, six",
        ),
        (
            '"nombre" = 1000',
            '"nombre" = 1e99999999999999999999',
            "[ceilings] : « nombre » doit être compris entre 0 et un milliard, six",
        ),
        (
            'numerator = ["SEN-04"]',
            "numerator = [[1]]",
            "Taux n° 1 (RAT-01) : « numerator » doit être une liste ",
        ),
        ("[[ratio]]\n", "[[ratio]]\nx = ", "Le catalogue ne peut pas être lu : ce n’est pas du TOML ("),
        ("[[indicator]]\n", "[[autre]]\n", "Le catalogue : « autre » n’existe pas dans un catalogue."),
        ('version = "essai"', 'indicator = 3\nversion = "essai"', "Le catalogue ne peut pas être lu : "),
        ('"nombre" = 1000', "", "SEN-04 : pas de plafond pour l’unité nombre."),
        ("[[ratio]]", "[[ratio", "Le catalogue ne peut pas être lu : "),
        ('["SEN-04"]\nden', '["SEN-05"]\nden', "RAT-01 : cite SEN-05, qui n’existe pas."),
    ],
)
def test_broken_catalogue_is_refused_with_a_sentence(old: str, new: str, beginning: str) -> None:
    assert old in SMALL

    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(SMALL.replace(old, new).encode())

    assert str(refusal.value).startswith(beginning)


def test_what_is_wrong_everywhere_is_told_a_hundred_times_and_no_more() -> None:
    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(b"[[indicator]]\n" * 30_000)

    told = str(refusal.value).splitlines()
    assert (len(told), told[-1]) == (101, "Et d’autres encore\u00a0: corrigez d’abord celles-là.")


def test_a_mark_in_front_of_a_file_is_read_over() -> None:
    assert read_catalogue(b"\xef\xbb\xbf" + SMALL.encode()).title == read_catalogue(SMALL.encode()).title


def test_catalogue_that_is_not_text_is_refused() -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(b"\xff\xfe")
