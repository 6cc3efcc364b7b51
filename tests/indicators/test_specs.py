"""The words of the catalogue, as they are stored and as they are shown."""

from indicators.catalogue import load_catalogue
from indicators.specs import Axis, Kind, Origin, Unit

PAQTE = load_catalogue("paqte-2018")


def test_only_a_flux_is_prorated() -> None:
    assert PAQTE.indicator("SEN-02").proratable is True
    assert PAQTE.indicator("FOR-03").proratable is False
    assert PAQTE.indicator("REC-07").proratable is False


def test_words_of_the_vocabulary() -> None:
    assert [(axis.value, axis.label, axis.order) for axis in Axis] == [
        ("sensibiliser", "Sensibiliser", 1),
        ("former", "Former", 2),
        ("recruter", "Recruter", 3),
        ("acheter", "Acheter", 4),
    ]
    assert all(axis.sentence.endswith(".") for axis in Axis)
    assert Axis("former") is Axis.FORMER
    assert [(kind.value, kind.label, kind.hint) for kind in Kind] == [
        ("flux", "flux", "cumul sur le semestre"),
        ("stock", "stock", "situation au dernier jour du semestre"),
        ("oui-non", "oui ou non", "réponse pour le semestre"),
    ]
    assert [(unit.value, unit.label, unit.symbol, unit.integer) for unit in Unit] == [
        ("nombre", "nombre", "", True),
        ("€", "euros", "€", False),
        ("jours", "jours", "j", False),
        ("heures", "heures", "h", False),
        ("oui/non", "oui ou non", "", True),
    ]
    assert [origin.label for origin in Origin] == ["repris d’un document public", "proposé"]
