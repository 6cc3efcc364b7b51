"""Says, in French, which values of a submission are impossible (they block) or surprising (one asks). Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from french.numbers import counted
from french.numbers import format_number as _fr
from indicators.catalogue import Catalogue
from indicators.specs import IndicatorSpec, Kind, Rule, RuleKind, Unit

Values = Mapping[str, Decimal]

JUMP_FACTOR = 3
JUMP_FLOOR = 10
"""Below this value, to triple is ordinary life: 1 trainee, then 3."""


@dataclass(frozen=True)
class Finding:
    """One remark on one or several indicators; `key` is the same as long as the remark is about the same thing."""

    key: str
    codes: tuple[str, ...]
    sentence: str


def blocking(catalogue: Catalogue, values: Values) -> list[Finding]:
    """What cannot be true whatever the company: it must be repaired before the submission is sent.

    `values` holds the answered indicators only: what is not answered is never compared.
    """
    found = [finding for indicator, value in _answered(catalogue, values) for finding in _malformed(indicator, value)]
    finite = {code: value for code, value in values.items() if value.is_finite()}
    for indicator, value in _answered(catalogue, finite):
        found += _above_its_wholes(catalogue, indicator, value, finite)
        found += _below_its_parts(catalogue, indicator, value, finite)
    return found


def warnings(
    catalogue: Catalogue,
    values: Values,
    *,
    previous: Values,
    headcount: int | None,
    cumulated: Values | None = None,
) -> list[Finding]:
    """What is possible but surprising: the company confirms or comments, and the référent sees it.

    `previous`: the previous semester. `cumulated`: since the launch, this semester included. Both may be partial.
    """
    finite = {code: value for code, value in values.items() if value.is_finite()}
    case = _Case(catalogue, finite, previous, headcount, finite if cumulated is None else cumulated)
    found = list(_identical_to_previous(case))
    for indicator, value in _answered(catalogue, finite):
        found += _above_its_ceiling(indicator, value)
        found += _jump(case, indicator, value)
        for rule in indicator.rules:
            sentence = _RULES[rule.kind](case, indicator, rule)
            if sentence:
                found.append(_finding(rule.kind, indicator, sentence, *rule.of))
    return found


@dataclass(frozen=True)
class _Case:
    """What a plausibility rule may look at."""

    catalogue: Catalogue
    values: Values
    previous: Values
    headcount: int | None
    cumulated: Values


def _answered(catalogue: Catalogue, values: Values) -> Iterator[tuple[IndicatorSpec, Decimal]]:
    """The answered indicators in the order of the catalogue. Raises CatalogueError on an unknown code."""
    for indicator in sorted((catalogue.indicator(code) for code in values), key=lambda spec: spec.position):
        yield indicator, values[indicator.code]


def _finding(name: str, indicator: IndicatorSpec, sentence: str, *others: str) -> Finding:
    codes = (indicator.code, *others)
    text = f"{indicator.label} ({indicator.code})\u00a0: {sentence}"
    return Finding(key=f"{name}:{'+'.join(codes)}", codes=codes, sentence=text)


def _malformed(indicator: IndicatorSpec, value: Decimal) -> Iterator[Finding]:
    if not value.is_finite():
        yield _finding("not_a_number", indicator, "ce n’est pas un nombre. Saisissez une valeur.")
    elif value < 0:
        yield _finding("negative", indicator, f"{_fr(value)} est négatif. Saisissez 0 ou un nombre positif.")
    elif indicator.unit is Unit.YES_NO and value not in (0, 1):
        yield _finding("not_yes_no", indicator, f"{_fr(value)} n’est ni oui (1) ni non (0). Choisissez l’un des deux.")
    elif sentence := too_much(indicator, value):
        yield _finding("too_much", indicator, sentence)
    elif indicator.unit.integer and value != value.to_integral_value():
        sentence = f"{_fr(value)} n’est pas un nombre entier. Indiquez le nombre réellement constaté, sans virgule."
        yield _finding("fraction", indicator, sentence)


def too_much(indicator: IndicatorSpec, value: Decimal) -> str:
    """Why no company can report such a figure, in French; empty when one can. What is typed is held to it too."""
    if indicator.limit is None or value <= indicator.limit:
        return ""
    return (
        f"{_fr(value)} est trop grand\u00a0: le portail accepte au plus {indicator.said(indicator.limit)} "
        "par entreprise et par semestre. Vérifiez le nombre de chiffres et l’unité, puis corrigez."
    )


def _above_its_wholes(
    catalogue: Catalogue, indicator: IndicatorSpec, value: Decimal, values: Values
) -> Iterator[Finding]:
    for code in indicator.part_of:
        if code in values and value > values[code]:
            whole = catalogue.indicator(code)
            sentence = (
                f"{_fr(value)} dépasse «\u00a0{whole.label}\u00a0» ({code}), qui vaut {_fr(values[code])} "
                "et dont c’est une partie. Corrigez l’un des deux."
            )
            yield _finding("part_above_whole", indicator, sentence, code)


def _below_its_parts(catalogue: Catalogue, whole: IndicatorSpec, value: Decimal, values: Values) -> Iterator[Finding]:
    """The sum of the parts against the whole; silent when one part alone is too big, which is said already."""
    if not (whole.disjoint_parts or whole.overlap):
        return
    parts = [part.code for part in catalogue.parts_of(whole.code)]
    known = [code for code in parts if code in values]
    if any(values[code] > value for code in known) or (whole.overlap and whole.overlap not in values):
        return
    total = sum((values[code] for code in known), Decimal(0)) - (values[whole.overlap] if whole.overlap else 0)
    if total > value:
        names = " + ".join(known) + (f" − {whole.overlap}" if whole.overlap else "")
        sentence = f"{_fr(value)} est inférieur à {names}, soit {_fr(total)}. Corrigez le total ou ses parties."
        yield _finding("parts_above_whole", whole, sentence, *known, *filter(None, [whole.overlap]))


def _identical_to_previous(case: _Case) -> Iterator[Finding]:
    """A copy of the last semester; two semesters of zeros, or of the same stocks only, are ordinary."""
    counted = any(value and case.catalogue.indicator(code).kind is Kind.FLUX for code, value in case.values.items())
    if counted and dict(case.values) == dict(case.previous):
        codes = tuple(indicator.code for indicator, _value in _answered(case.catalogue, case.values))
        yield Finding(
            key="identical_to_previous",
            codes=codes,
            sentence="Toutes les valeurs sont les mêmes qu’au semestre précédent. Est-ce exact\u00a0?",
        )


def _above_its_ceiling(indicator: IndicatorSpec, value: Decimal) -> Iterator[Finding]:
    """Asked from the first semester on; beyond the limit it is refused, which is said elsewhere."""
    if indicator.ceiling is not None and value > indicator.ceiling and not too_much(indicator, value):
        sentence = f"{indicator.said(value)} en un semestre, plus de {_fr(indicator.ceiling)}. Est-ce exact\u00a0?"
        yield _finding("ceiling", indicator, sentence)


def _jump(case: _Case, indicator: IndicatorSpec, value: Decimal) -> Iterator[Finding]:
    before = case.previous.get(indicator.code, Decimal(0))
    if indicator.kind is not Kind.YES_NO and before > 0 and value >= max(before * JUMP_FACTOR, Decimal(JUMP_FLOOR)):
        times = _fr(value // before)
        said = indicator.said(value)
        sentence = f"{said}, soit {times} fois le semestre précédent ({_fr(before)}). Est-ce exact\u00a0?"
        yield _finding("jump", indicator, sentence)


def _sum(values: Values, codes: tuple[str, ...]) -> Decimal | None:
    """The sum of these indicators, or None when one of them is not answered."""
    if any(code not in values for code in codes):
        return None
    return sum((values[code] for code in codes), Decimal(0))


def _limit(rule: Rule) -> Decimal:
    """The limit of a rule whose kind needs one: the catalogue was refused otherwise."""
    return Decimal(0) if rule.limit is None else rule.limit


def _at_least_sum(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    total, value = _sum(case.values, rule.of), case.values[indicator.code]
    if total is None or value >= total:
        return None
    return f"{_fr(value)} est inférieur à {' + '.join(rule.of)}, soit {_fr(total)}. Est-ce exact\u00a0?"


def _at_most_headcount(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    value = case.values[indicator.code]
    if case.headcount is None or value <= case.headcount * _limit(rule):
        return None
    each = "" if rule.limit == 1 else f", à raison de {_fr(_limit(rule))} par salarié"
    return (
        f"{indicator.said(value)} pour {counted(case.headcount, 'salarié', 'salariés')}{each}. "
        "Est-ce le périmètre de la convention\u00a0?"
    )


def _ratio_above(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    base, value = _sum(case.values, rule.of), case.values[indicator.code]
    if not base or value <= base * _limit(rule):
        return None
    return (
        f"{_fr(value)} pour {_fr(base)} en {' + '.join(rule.of)}, soit plus de {_fr(_limit(rule))} à chaque fois. "
        "Est-ce exact\u00a0?"
    )


def _share_above(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    base, value = _sum(case.values, rule.of), case.values[indicator.code]
    if not base or value * 100 <= base * _limit(rule):
        return None
    share = f"{_fr(_limit(rule))}\u00a0% de {' + '.join(rule.of)} ({_fr(base)})"
    return f"{_fr(value)} est plus de {share}. Est-ce exact\u00a0?"


def _requires(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    needed, value = _sum(case.values, rule.of), case.values[indicator.code]
    if needed is None or needed > 0 or value <= 0:
        return None
    return f"{_fr(value)} alors que {' + '.join(rule.of)} vaut 0. Complétez l’un ou corrigez l’autre."


def _at_most_times(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    base, total = _sum(case.values, rule.of), case.cumulated.get(indicator.code)
    if base is None or total is None or total <= base * _limit(rule):
        return None
    return (
        f"{_fr(total)} depuis le lancement, soit plus de {_fr(_limit(rule))} fois {' + '.join(rule.of)} ({_fr(base)}). "
        "Les mêmes personnes sont-elles comptées deux fois\u00a0?"
    )


def _thousands_slip(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    value = case.values[indicator.code]
    if case.headcount is None or case.headcount <= rule.headcount or not 0 < value < _limit(rule):
        return None
    return (
        f"{indicator.said(value)} pour {counted(case.headcount, 'salarié', 'salariés')}. "
        "Le montant est-il en euros, et non en milliers d’euros\u00a0?"
    )


def _at_most_previous(case: _Case, indicator: IndicatorSpec, rule: Rule) -> str | None:
    before, value = _sum(case.previous, rule.of), case.values[indicator.code]
    if before is None or value <= before:
        return None
    return f"{_fr(value)} dépasse {' + '.join(rule.of)} du semestre précédent ({_fr(before)}). Est-ce exact\u00a0?"


_RULES: dict[RuleKind, Callable[[_Case, IndicatorSpec, Rule], str | None]] = {
    RuleKind.AT_LEAST_SUM: _at_least_sum,
    RuleKind.AT_MOST_HEADCOUNT: _at_most_headcount,
    RuleKind.RATIO_ABOVE: _ratio_above,
    RuleKind.SHARE_ABOVE: _share_above,
    RuleKind.REQUIRES: _requires,
    RuleKind.AT_MOST_TIMES: _at_most_times,
    RuleKind.THOUSANDS_SLIP: _thousands_slip,
    RuleKind.AT_MOST_PREVIOUS: _at_most_previous,
}
