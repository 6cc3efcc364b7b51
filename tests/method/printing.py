"""How the method prints a number, again and by hand: spaces of every kind are one space here, as readers give them."""

from decimal import Decimal
from fractions import Fraction

from tests.method.naive import NaiveFigure, NaiveRatio
from tests.method.sample_catalogue import Indicator

Number = Decimal | Fraction | int
NOTHING, UNKNOWN, IMPOSSIBLE, OUT_OF_PLACE = "–", "non renseigné", "non calculable", "sans objet"


def fixed(value: Number, places: int) -> str:
    """So many decimals, halves away from zero, thousands apart, a true minus sign."""
    steps = int(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    whole, decimals = divmod(steps, 10**places)
    groups = []
    while whole >= 1000:
        whole, last = divmod(whole, 1000)
        groups.append(f"{last:03d}")
    text = " ".join([str(whole), *reversed(groups)])
    if places:
        text += f",{decimals:0{places}d}"
    return f"−{text}" if value < 0 and steps else text


def number(value: Number, unit: str) -> str:
    """Persons, contracts, acts are whole already; euros are rounded."""
    assert unit == "€" or Fraction(value).denominator == 1
    return fixed(value, 0)


def result(value: Number | None, unit: str) -> str:
    return UNKNOWN if value is None else number(value, unit)


def expectation(value: Fraction | None, unit: str, *, done: Decimal | None = None) -> str:
    """One decimal below 10, whole above unless it would read as what was done; euros and whole numbers whole."""
    if value is None:
        return NOTHING
    blurred = done is not None and fixed(value, 0) == fixed(done, 0)
    return fixed(value, 1 if (value < 10 or blurred) and value.denominator > 1 and unit != "€" else 0)


def rate(part: Number | None, whole: Number | None) -> str:
    if whole is None:
        return NOTHING
    return f"{fixed(Fraction(part or 0) * 100 / Fraction(whole), 1)} %" if whole else IMPOSSIBLE


def change(figure: NaiveFigure, unit: str) -> str:
    """With its sign, and how many companies are compared; a few cents are no change."""
    if figure.constant is None:
        return NOTHING
    said = number(figure.constant, unit)
    signed = "=" if said == "0" else said if figure.constant < 0 else f"+{said}"
    return f"{signed} ({figure.constant_companies})"


def answers(figure: NaiveFigure) -> str:
    said = f"{figure.respondents}/{figure.asked}"
    return f"{said}, {figure.not_applicable} s. o." if figure.not_applicable else said


def is_out_of_place(figure: NaiveFigure) -> bool:
    """Everybody who was asked said « sans objet »."""
    return bool(figure.asked) and figure.asked == figure.not_applicable


def results(figure: NaiveFigure, indicator: Indicator, unit: str) -> list[str]:
    """The cells of a line in the table of its kind: what happened."""
    start = [OUT_OF_PLACE if is_out_of_place(figure) else result(figure.semester, unit), answers(figure)]
    if indicator.kind == "oui-non":
        return [*start, NOTHING if figure.previous is None else f"{figure.previous} sur {figure.previous_respondents}"]
    if indicator.kind == "stock":
        return [*start, change(figure, unit), _known(figure, unit)]
    cumul = result(figure.cumulative, unit)
    if figure.cumulative is not None:
        cumul += f" ({figure.cumulative_companies})"
    return [*start, change(figure, unit), NOTHING if indicator.distinct else cumul]


def promises(figure: NaiveFigure, indicator: Indicator, unit: str) -> list[str] | None:
    """The cells of its line in the chart: what was promised and what came of it; None when nobody promised."""
    if figure.expected is None and figure.objective is None:
        return None
    goal = expectation(figure.objective, unit)
    rates = [rate(figure.tracked, figure.expected), rate(figure.progress, figure.objective)]
    if indicator.distinct:
        goal, rates[1] = f"{goal}/an", NOTHING
    if indicator.kind == "oui-non":
        rates = [NOTHING, NOTHING]
    return [
        NOTHING if figure.expected is None else result(figure.tracked or 0, unit),
        expectation(figure.expected, unit, done=figure.tracked),
        str(figure.expected_companies) if figure.expected_companies else NOTHING,
        rates[0],
        goal,
        rates[1],
    ]


def _known(figure: NaiveFigure, unit: str) -> str:
    said = result(figure.last_known, unit)
    if figure.carried is None:
        return said
    return f"{said}, dont {number(figure.carried, unit)} repris ({figure.carried_companies})"


def cells_of_ratio(ratio: NaiveRatio, unit: str) -> list[str]:
    """Semester, what it comes from, answers, the semester before."""
    now = rate(ratio.numerator, ratio.denominator) if ratio.respondents else UNKNOWN
    then = rate(ratio.previous_numerator, ratio.previous_denominator)
    before = f"{then} ({ratio.previous_respondents})" if ratio.previous_respondents else NOTHING
    sides = NOTHING
    if ratio.numerator is not None and ratio.denominator is not None:
        sides = f"{number(ratio.numerator, unit)} / {number(ratio.denominator, unit)}"
    return [now, sides, f"{ratio.respondents}/{ratio.asked}", before]
