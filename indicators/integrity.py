"""Says what is wrong in a catalogue, in French, before anybody signs a target on it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indicators.specs import Headlines, IndicatorSpec, Kind, RatioSpec, RuleKind, Unit

_WITH_LIMIT = {
    RuleKind.AT_MOST_HEADCOUNT,
    RuleKind.RATIO_ABOVE,
    RuleKind.SHARE_ABOVE,
    RuleKind.AT_MOST_TIMES,
    RuleKind.THOUSANDS_SLIP,
}
_WITHOUT_OTHERS = {RuleKind.AT_MOST_HEADCOUNT, RuleKind.THOUSANDS_SLIP}
_TEXTS = ("label", "definition", "counts", "excludes", "source", "plausibility")


def problems(indicators: Sequence[IndicatorSpec], ratios: Sequence[RatioSpec], headlines: Headlines) -> list[str]:
    """Every contradiction of a catalogue; an empty list means that it can be published."""
    known = {indicator.code: indicator for indicator in indicators}
    codes = [indicator.code for indicator in indicators] + [ratio.code for ratio in ratios]
    found = [f"{code}\u00a0: code donné deux fois." for code, times in Counter(codes).items() if times > 1]
    for indicator in indicators:
        found += _of_indicator(indicator, known)
    for ratio in ratios:
        found += _of_ratio(ratio, known)
    found += _of_headlines("bilan", headlines.bilan, known)
    found += _of_headlines("nation", headlines.nation, known)
    return found + _cycles(known)


def _of_indicator(indicator: IndicatorSpec, known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    where = indicator.code
    yield from (
        f"{where}\u00a0: «\u00a0{name}\u00a0» est vide." for name in _TEXTS if not getattr(indicator, name).strip()
    )
    if (indicator.kind is Kind.YES_NO) != (indicator.unit is Unit.YES_NO):
        yield f"{where}\u00a0: un oui ou non a le type et l’unité oui/non, et rien d’autre ne les a."
    if indicator.valid_from and indicator.valid_until and indicator.valid_until < indicator.valid_from:
        yield f"{where}\u00a0: la validité finit avant de commencer."
    yield from _unknown(where, (*indicator.part_of, *filter(None, [indicator.overlap])), known)
    for whole in indicator.part_of:
        if whole in known and known[whole].unit is not indicator.unit:
            yield f"{where}\u00a0: n’a pas la même unité que {whole}, dont il est une partie."
    if indicator.disjoint_parts and indicator.overlap:
        yield f"{where}\u00a0: des parties disjointes n’ont rien en commun."
    yield from _of_meaning(indicator, known)
    yield from _of_rules(indicator, known)


def _of_meaning(indicator: IndicatorSpec, known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    where, is_yes_no = indicator.code, indicator.unit is Unit.YES_NO
    if indicator.distinct and (indicator.kind is not Kind.FLUX or indicator.unit is not Unit.COUNT):
        yield f"{where}\u00a0: seul un flux d’unités entières se dédoublonne."
    if not is_yes_no and (indicator.ceiling is None or indicator.ceiling <= 0):
        yield f"{where}\u00a0: pas de plafond pour l’unité {indicator.unit.value}."
    if is_yes_no and indicator.ceiling is not None:
        yield f"{where}\u00a0: un oui ou non n’a pas de plafond."
    if indicator.words and (indicator.unit is not Unit.COUNT or len([*filter(str.strip, indicator.words)]) != 2):
        yield f"{where}\u00a0: les mots d’un nombre sont un singulier et un pluriel."
    if indicator.overlap in known and known[indicator.overlap].targetable:
        yield f"{indicator.overlap}\u00a0: ce que deux parties ont en commun ne se promet pas."


def _of_rules(indicator: IndicatorSpec, known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    where = indicator.code
    for rule in indicator.rules:
        yield from _unknown(where, rule.of, known)
        if (rule.kind in _WITH_LIMIT) != (rule.limit is not None):
            yield f"{where}\u00a0: la règle {rule.kind} a une limite de trop ou en moins."
        if (rule.kind in _WITHOUT_OTHERS) == bool(rule.of):
            yield f"{where}\u00a0: la règle {rule.kind} cite des indicateurs de trop ou n’en cite pas."


def _of_ratio(ratio: RatioSpec, known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    yield from _unknown(ratio.code, ratio.codes, known)
    if not ratio.numerator:
        yield f"{ratio.code}\u00a0: pas de numérateur."
    if not ratio.denominator:
        yield f"{ratio.code}\u00a0: pas de dénominateur."
    if ratio.cumulated_numerator:
        yield from _of_cumulated(ratio, known)
    # What a ratio needs is asked with its axis: nobody would be asked what stands in another.
    if {known[code].axis for code in ratio.codes if code in known} - {ratio.axis}:
        yield f"{ratio.code}\u00a0: mêle plusieurs axes."
    units = {known[code].unit for code in ratio.codes if code in known}
    if len(units) > 1:
        yield f"{ratio.code}\u00a0: mêle plusieurs unités."


def _of_cumulated(ratio: RatioSpec, known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    """Only what adds up over time can be cumulated, and only a situation can stand under it."""
    for term in ratio.numerator:
        if term.code in known and (known[term.code].distinct or known[term.code].kind is not Kind.FLUX):
            yield f"{ratio.code}\u00a0: {term.code} ne se cumule pas d’un semestre à l’autre."
    for term in ratio.denominator:
        if term.code in known and known[term.code].kind is not Kind.STOCK:
            yield f"{ratio.code}\u00a0: {term.code} n’est pas un stock, et le numérateur est cumulé."


def _of_headlines(page: str, codes: Sequence[str], known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    where = f"Chiffres clés «\u00a0{page}\u00a0»"
    yield from _unknown(where, codes, known)
    yield from (f"{where}\u00a0: {code} donné deux fois." for code, times in Counter(codes).items() if times > 1)
    shown = {known[code].axis for code in codes if code in known}
    for axis in dict.fromkeys(spec.axis for spec in known.values()):
        if axis not in shown:
            yield f"{where}\u00a0: rien pour l’axe {axis.label}."


def _unknown(where: str, codes: Iterable[str], known: Mapping[str, IndicatorSpec]) -> Iterator[str]:
    yield from (f"{where}\u00a0: cite {code}, qui n’existe pas." for code in codes if code not in known)


def _cycles(known: Mapping[str, IndicatorSpec]) -> list[str]:
    """Indicators that are, through their wholes, a part of themselves."""
    found = []
    for code in known:
        seen: set[str] = set()
        pending = list(known[code].part_of)
        while pending:
            whole = pending.pop()
            if whole in known and whole not in seen:
                seen.add(whole)
                pending += known[whole].part_of
        if code in seen:
            found.append(f"{code}\u00a0: est une partie de lui-même.")
    return found
