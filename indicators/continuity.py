"""Holds a new version to the codes of those before it: one code counts one thing for ever, so its figures add up. Pure.

The country, a bilan and what runs since the launch add up by code, whatever the version a convention was signed on.
"""

from collections.abc import Iterable, Iterator, Mapping

from indicators.catalogue import Catalogue
from indicators.specs import IndicatorSpec, RatioSpec

NATURE = {
    "axis": "l’axe",
    "kind": "le type",
    "unit": "l’unité",
    "distinct": "ce qui n’est distinct que dans une entreprise et un semestre",
}
"""What makes two figures of different kinds: no wording makes up for it."""

WORDING = {"definition": "la définition", "counts": "ce qui compte", "excludes": "ce qui ne compte pas"}
"""What says which things are counted: other words may count the same ones, when the catalogue says so (`reworded`)."""

FORMULA = {
    "axis": "l’axe",
    "numerator": "le numérateur",
    "denominator": "le dénominateur",
    "cumulated_numerator": "le cumul du numérateur",
}
"""What makes a ratio; its words only tell it."""


def discontinuities(new: Catalogue, former: Iterable[Catalogue]) -> list[str]:
    """Why figures of this version would not add to those of the former ones, in French; empty when they do.

    A code is compared with the last version that had it: one that went away does not come back for something else.
    """
    indicators: dict[str, IndicatorSpec] = {}
    ratios: dict[str, RatioSpec] = {}
    for catalogue in sorted(former, key=lambda item: (item.published_on, item.version)):
        indicators |= catalogue.by_code
        ratios |= {ratio.code: ratio for ratio in catalogue.ratios}
    return [*_of_indicators(new, indicators, ratios), *_of_ratios(new, indicators, ratios)]


def _of_indicators(
    new: Catalogue, indicators: Mapping[str, IndicatorSpec], ratios: Mapping[str, RatioSpec]
) -> Iterator[str]:
    for spec in new.indicators:
        if spec.code in ratios:
            yield f"{spec.code}\u00a0: c’était le code d’un taux. Donnez-en un autre à cet indicateur."
        if spec.code not in indicators:
            continue
        before = indicators[spec.code]
        if changed := _differing(spec, before, NATURE):
            yield _refusal(spec.code, changed)
        elif not spec.reworded and (changed := _differing(spec, before, WORDING)):
            yield (
                f"{_refusal(spec.code, changed)} S’il compte exactement la même chose en d’autres mots, "
                "marquez-le «\u00a0reformulé\u00a0»."
            )


def _of_ratios(
    new: Catalogue, indicators: Mapping[str, IndicatorSpec], ratios: Mapping[str, RatioSpec]
) -> Iterator[str]:
    for ratio in new.ratios:
        if ratio.code in indicators:
            yield f"{ratio.code}\u00a0: c’était le code d’un indicateur. Donnez-en un autre à ce taux."
        if ratio.code in ratios and (changed := _differing(ratio, ratios[ratio.code], FORMULA)):
            yield _refusal(ratio.code, changed)


def _differing(new: object, before: object, names: Mapping[str, str]) -> list[str]:
    return [label for name, label in names.items() if getattr(new, name) != getattr(before, name)]


def _refusal(code: str, changed: list[str]) -> str:
    return (
        f"{code}\u00a0: {', '.join(changed)} n’est plus ce que disait ce code. Ses chiffres s’ajouteraient à "
        "d’autres\u00a0: donnez un autre code à ce nouvel indicateur."
    )
