"""The indicators and ratios of the catalogue that the examples use, typed again by hand: one of every kind."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """What the method asks of an indicator."""

    axis: str
    kind: str
    core: bool = True
    distinct: bool = False
    targetable: bool = True


@dataclass(frozen=True)
class Ratio:
    """Added and subtracted terms over a denominator."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    overlap: tuple[str, ...] = ()
    cumulated: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        return (*self.numerator, *self.overlap, *self.denominator)


INDICATORS = {
    "SEN-06": Indicator("sensibiliser", "flux"),
    "SEN-08": Indicator("sensibiliser", "flux", core=False, distinct=True),
    "SEN-09": Indicator("sensibiliser", "stock", core=False),
    "FOR-01": Indicator("former", "oui-non", core=False),
    "FOR-02": Indicator("former", "stock", targetable=False),
    "FOR-03": Indicator("former", "stock"),
    "REC-01": Indicator("recruter", "flux", targetable=False),
    "REC-02": Indicator("recruter", "flux"),
    "REC-05": Indicator("recruter", "stock", targetable=False),
    "REC-06": Indicator("recruter", "flux"),
    "REC-07": Indicator("recruter", "oui-non"),
    "REC-08": Indicator("recruter", "flux", core=False),
    "ACH-03": Indicator("acheter", "flux"),
    "ACH-04": Indicator("acheter", "flux"),
    "ACH-05": Indicator("acheter", "flux", core=False, targetable=False),
    "ACH-06": Indicator("acheter", "flux", core=False, targetable=False),
    "ACH-07": Indicator("acheter", "flux", distinct=True),
}

IN_EUROS = frozenset({"ACH-03", "ACH-04", "ACH-05", "ACH-06"})

RATIOS = {
    "RAT-03": Ratio(("FOR-03",), ("FOR-02",)),
    "RAT-05": Ratio(("REC-02",), ("REC-01",)),
    "RAT-07": Ratio(("REC-06",), ("REC-05",), cumulated=True),
    "RAT-09": Ratio(("ACH-03", "ACH-04"), ("ACH-06",), overlap=("ACH-05",)),
}
