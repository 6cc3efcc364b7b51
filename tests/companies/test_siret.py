"""SIREN and SIRET as people type them."""

import pytest

from companies.siret import SiretRefused, clean_siren, clean_siret, grouped, siret_digits

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "typed",
    [
        "73282932000074",
        "732 829 320 00074",
        f"732{NBSP}829{NBSP}320{NBSP}00074",
        "732.829.320.00074",
        "732-829-320-00074",
    ],
)
def test_siret_with_any_separator(typed):
    assert clean_siret(typed) == "73282932000074"


def test_la_poste_has_a_rule_of_its_own():
    assert clean_siret("35600000049837") == "35600000049837"


@pytest.mark.parametrize(
    ("typed", "sentence", "only_key"),
    [
        ("73282932000075", f"La clé du SIRET 732{NBSP}829{NBSP}320{NBSP}00075 est fausse", True),
        ("0000 0000 0000 00", "Un SIRET ne peut pas être fait de zéros.", False),
        ("7328293200007", "Un SIRET compte 14 chiffres, celui-ci en compte 13.", False),
        ("", "Il manque un SIRET\u00a0: 14 chiffres, par exemple 732 829 320 00074.", False),
        ("7,32829E+13", "a été arrondi par le tableur", False),
        ("7.32829e13", "a été arrondi par le tableur", False),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "n’est pas un SIRET", False),
        ("FR73282932000", "n’est pas un SIRET", False),
    ],
)
def test_siret_refused(typed, sentence, only_key):
    with pytest.raises(SiretRefused) as refusal:
        clean_siret(typed)

    assert sentence in str(refusal.value)
    assert refusal.value.only_key is only_key


def test_an_override_still_wants_fourteen_digits():
    assert siret_digits("732 829 320 00075") == "73282932000075"
    with pytest.raises(SiretRefused, match="compte 14 chiffres"):
        siret_digits("732")


def test_grouped():
    assert grouped("732829320") == f"732{NBSP}829{NBSP}320"
    assert grouped("73282932000074") == f"732{NBSP}829{NBSP}320{NBSP}00074"


@pytest.mark.parametrize("typed", ["732829320", "732 829 320", f"732{NBSP}829{NBSP}320", "732.829.320"])
def test_siren_with_any_separator(typed):
    assert clean_siren(typed) == "732829320"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("732829321", f"La clé du SIREN 732{NBSP}829{NBSP}321 est fausse"),
        ("73282932000074", "Un SIREN compte 9 chiffres, les 9 premiers du SIRET"),
        ("000000000", "Un SIREN compte 9 chiffres"),
        ("٧٣٢٨٢٩٣٢٠", "Un SIREN compte 9 chiffres"),
        ("", "Un SIREN compte 9 chiffres"),
    ],
)
def test_what_is_no_siren(typed, sentence):
    with pytest.raises(SiretRefused, match=sentence):
        clean_siren(typed)
