"""A bilan with something in every box, made without a database: what the renderers are tried on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from indicators.catalogue import load_catalogue
from indicators.specs import Axis, IndicatorSpec, Kind, RatioSpec
from reporting.bilan import (
    SCHEMA,
    AxisSection,
    BilanData,
    Completeness,
    Context,
    Example,
    Movement,
    Outcome,
    PartnerLine,
    Place,
    Signatory,
    SpecificLine,
)
from reporting.figures import Figure, RatioFigure
from reporting.selectors.perimeter import in_reading_order, parent

PAS_DE_CALAIS = Place("62", "Pas-de-Calais", "du Pas-de-Calais", "Arras", "32", "Hauts-de-France")
TEXT = (
    "La préfecture tient un point d’étape par trimestre avec les entreprises du Terril, le service public de l’emploi "
    "et les deux clubs.\n\nUn comité de pilotage se réunit en février et en septembre sous la présidence du préfet."
)
TEXTS = {
    "essentials": "Neuf conventions signées. Les stages de 3e dépassent l’attendu. Les achats restent à mesurer.",
    "referent_name": "Camille Terril",
    "referent_job_title": "Référent PAQTE",
    "referent_email": "referent.62@example.org",
    "referent_phone": "03 21 00 00 00",
    "organisation": TEXT,
    "strategy": TEXT,
    "obstacles": "Peu de PME du Terril sont disponibles en fin d’année.",
    "rectification_reason": "",
}


def sample(companies: int = 3, *, draft: bool = False) -> BilanData:
    """A transmitted bilan of the Pas-de-Calais for 2019-S1, with this many signatories."""
    return BilanData(
        schema=SCHEMA,
        place=PAS_DE_CALAIS,
        semester="2019-S1",
        version=1,
        as_of=date(2019, 9, 15),
        transmitted_at=None if draft else datetime(2019, 9, 15, 10, 30, tzinfo=UTC),
        texts=TEXTS,
        signatories=tuple(signatory(number) for number in range(companies)),
        partners=(
            PartnerLine("Association du Terril", "association", "Parrainage de jeunes diplômés"),
            PartnerLine("Mission locale du Terril", "service public de l’emploi", ""),
        ),
        axes=tuple(section(axis, companies) for axis in Axis),
        headlines=("SEN-07", "SEN-02", "FOR-05", "REC-02", "REC-06", "ACH-03"),
        specific=(
            SpecificLine(
                "Ateliers Terril 000", "Prêter une salle aux associations", "demi-journées", Decimal(30), None
            ),
        ),
        context=Context(64, "ANCT", 4, "arrêté du 29 avril 2015", 160000, 2013, "Insee", None, None, "", ""),
        completeness=Completeness(
            expected=companies,
            received=max(companies - 1, 0),
            validated=max(companies - 1, 0),
            late=min(companies, 1),
            silent=tuple(f"Ateliers Terril {number:03d}" for number in range(min(companies, 1))),
            pending=(),
        ),
        sending_note="L’entreprise silencieuse a été relancée trois fois." if companies else "",
        versions=(),
        changes=(),
        launch="2019-S1",
        movements=movements(companies),
    )


def movements(companies: int) -> tuple[Movement, ...]:
    """The first company enters."""
    brought = (Outcome("Recrutements de résidents de QPV", "", Decimal(12)),)
    first = Movement("Ateliers Terril 000", "PAQTE-62-2019-000", "entrée", date(2019, 2, 8), brought)
    return (first,) if companies else ()


def signatory(number: int) -> Signatory:
    """One line of the list."""
    return Signatory(
        company=f"Ateliers Terril {number:03d}",
        siret=f"00090{number:09d}",
        category=("PME", "TPE", "ETI", "GE")[number % 4],
        town="Arras",
        reference=f"PAQTE-62-2019-{number:03d}",
        axes=("Sensibiliser", "Former", "Recruter", "Acheter")[: number % 4 + 1],
        signed_on=date(2019, 2, 8),
        starts_on=date(2019, 2, 8),
        ends_on=date(2022, 2, 7),
        charter="EQ-2016-12" if number % 3 == 0 else "",
    )


def section(axis: Axis, companies: int) -> AxisSection:
    """One axis: every indicator of the catalogue, with figures that the code of the indicator gives."""
    catalogue = load_catalogue("paqte-2018")
    depths: dict[str, int] = {}
    figures = []
    for rank, spec in enumerate(in_reading_order(catalogue.indicators)):
        depths[spec.code] = depths.get(parent(spec), -1) + 1
        if spec.axis is axis:
            figures.append(figure(spec, rank, depths[spec.code], companies))
    examples = (
        Example("Ateliers Terril 000", f"Une matinée « {axis.label} »", "Douze jeunes reçus, quatre contrats."),
    )
    return AxisSection(
        axis=axis.value,
        label=axis.label,
        companies=companies,
        figures=tuple(figures),
        ratios=tuple(ratio(spec, companies) for spec in catalogue.ratios if spec.axis is axis),
        examples=examples if companies else (),
    )


def figure(spec: IndicatorSpec, rank: int, depth: int, companies: int) -> Figure:
    """Numbers that differ from one indicator to the next; the complements have no target."""
    words = replace(Figure.of(spec, rank), depth=depth, asked=companies)
    if not companies:
        return words
    base = Decimal((rank + 2) * 7 * companies)
    answered = replace(
        words, semester=base, respondents=companies - 1, silent=1, previous=base, previous_respondents=companies
    )
    if spec.kind is Kind.YES_NO:
        return answered
    compared = replace(
        answered, constant=Decimal(0), constant_companies=companies - 1, arrivals=Decimal(0), departures=Decimal(0)
    )
    target = Fraction(base) * 5 if spec.core and spec.targetable else None
    due = None if target is None else target * (rank % 7 + 1) / 10
    promised = replace(compared, expected=due, expected_companies=companies, tracked=base * 2) if due else compared
    if spec.kind is Kind.STOCK:
        return replace(promised, last_known=base + 1, carried=Decimal(1), carried_companies=1)
    summed = replace(promised, cumulative=base * 2, cumulative_companies=companies)
    if spec.distinct or target is None:
        return summed
    return replace(summed, objective=target, progress=Fraction(base) * 2, objective_conventions=companies)


def ratio(spec: RatioSpec, companies: int) -> RatioFigure:
    """A third, a quarter before."""
    known = companies > 0
    return RatioFigure(
        code=spec.code,
        label=spec.label,
        definition=spec.definition,
        rank=spec.position,
        numerator=Decimal(10) if known else None,
        denominator=Decimal(30) if known else None,
        previous_numerator=Decimal(10) if known else None,
        previous_denominator=Decimal(40) if known else None,
        respondents=companies,
        asked=companies,
        previous_respondents=companies,
    )


def of_department(data: BilanData, code: str, region: str = "32") -> BilanData:
    """The same bilan in another département."""
    return replace(data, place=replace(data.place, code=code, name=f"Département {code}", region_code=region))
