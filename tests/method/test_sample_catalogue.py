"""What was typed again of the catalogue is what the catalogue says."""

from indicators.catalogue import load_catalogue
from tests.method.sample_catalogue import INDICATORS, RATIOS, Indicator, Ratio


def test_the_indicators_typed_are_those_of_the_catalogue():
    found = load_catalogue("paqte-2018").by_code

    assert {
        code: Indicator(one.axis, one.kind, one.core, one.distinct, one.targetable)
        for code, one in found.items()
        if code in INDICATORS
    } == INDICATORS


def test_the_ratios_typed_are_those_of_the_catalogue():
    found = {one.code: one for one in load_catalogue("paqte-2018").ratios if one.code in RATIOS}

    assert {
        code: Ratio(
            tuple(term.code for term in one.numerator if term.sign > 0),
            tuple(term.code for term in one.denominator),
            tuple(term.code for term in one.numerator if term.sign < 0),
            one.cumulated_numerator,
        )
        for code, one in found.items()
    } == RATIOS


def test_every_ratio_whose_terms_were_typed_was_typed():
    ratios = load_catalogue("paqte-2018").ratios

    assert {one.code for one in ratios if set(one.codes) <= INDICATORS.keys()} == RATIOS.keys()
