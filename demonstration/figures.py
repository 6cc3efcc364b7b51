"""Believable figures for an invented company: the same ones at every run, tied together as real ones are. Pure."""

import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from conventions.expected import YEARS
from demonstration.sources import yearly_targets
from indicators.specs import Axis

GROWTH = {1: Fraction(1), 2: Fraction(23, 20), 3: Fraction(13, 10)}
"""A convention asks for a little more each year."""

AMOUNTS = frozenset({"SEN-11", "ACH-03", "ACH-04", "ACH-05", "ACH-06"})
YES_NO = frozenset({"FOR-01", "REC-07"})
STEP = Decimal(100)
"""Amounts are promised in hundreds of euros."""
HALF_DAY = Decimal("0.5")


@dataclass(frozen=True)
class Profile:
    """What the figures of a company depend on."""

    number: int
    category: str
    headcount: int
    axes: tuple[Axis, ...]


@dataclass(frozen=True)
class Answered:
    """A value, or « sans objet » with its reason."""

    value: Decimal | None
    reason: str = ""


def drawn(seed: str, low: int, high: int) -> int:
    """A whole number between two bounds, always the same for the same seed: hash() changes at every start."""
    return low + zlib.crc32(seed.encode()) % (high - low + 1)


def targets_of(profile: Profile) -> dict[tuple[str, int], Decimal]:
    """The grid of the convention: (code, convention year) to target, on the axes of the company."""
    letters = {axis.name[:3] for axis in profile.axes}
    return {
        (code, year): _target(code, by_category[profile.category], year)
        for code, by_category in yearly_targets().items()
        if code[:3] in letters and profile.category in by_category
        for year in YEARS
    }


def answers_of(profile: Profile, *, semester: str, share: Fraction, asked: Collection[str]) -> dict[str, Answered]:
    """One answer per indicator asked; `share` is the part of a year that the convention covers in the semester."""
    figures = _Figures(profile, semester, share)
    reasons = _not_applicable(profile)
    return {code: Answered(None, reasons[code]) if code in reasons else Answered(figures.of(code)) for code in asked}


def _target(code: str, first_year: Decimal, year: int) -> Decimal:
    if code in YES_NO:
        return first_year
    grown = Fraction(first_year) * GROWTH[year]
    return _rounded(grown, STEP if code in AMOUNTS else Decimal(1))


def _rounded(value: Fraction, step: Decimal = Decimal(1)) -> Decimal:
    """Half up, on a multiple of `step`."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) / step
    return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def _not_applicable(profile: Profile) -> Mapping[str, str]:
    """What a very small company cannot answer."""
    if profile.category != "TPE":
        return {}
    return {
        "ACH-01": "Le gérant achète lui-même.",
        "ACH-02": "Le gérant achète lui-même.",
        "REC-05": "Moins de dix salariés, pas d’équipe de recrutement.",
        "REC-06": "Moins de dix salariés, pas d’équipe de recrutement.",
    }


class _Figures:
    """The figures of one company and semester; wholes are built on their parts, so that they never contradict them."""

    def __init__(self, profile: Profile, semester: str, share: Fraction) -> None:
        self.profile, self.semester, self.share = profile, semester, share
        crowd = 1 if profile.category == "TPE" else 3
        self.wholes: Mapping[str, Callable[[], Decimal]] = {
            "SEN-01": lambda: max(
                self.flux("SEN-01"), self.of("SEN-02") + self.of("SEN-03") + self.luck("offres", 0, 2)
            ),
            "SEN-04": lambda: self.of("SEN-02") + self.of("SEN-03") + self.luck("autres", 0, 3),
            "SEN-07": lambda: self.flux("SEN-07") if self.of("SEN-06") else Decimal(0),
            "SEN-08": lambda: min(self.flux("SEN-08"), Decimal(profile.headcount)),
            "SEN-09": lambda: self.stock("SEN-09"),
            "SEN-11": lambda: self.flux("SEN-11") if self.of("SEN-10") else Decimal(0),
            "FOR-01": lambda: Decimal(1) if self.luck("diagnostic", 1, 3) > 1 else Decimal(0),
            "FOR-02": lambda: self.of("FOR-03") * crowd + self.luck("alternants", 0, crowd),
            "FOR-03": lambda: self.stock("FOR-03"),
            "FOR-04": lambda: self.of("FOR-05") * crowd + self.luck("contrats", 0, crowd),
            "FOR-10": lambda: min(self.flux("FOR-10"), self.of("FOR-03")),
            "REC-01": lambda: self.of("REC-02") * (crowd + 1) + self.luck("recrutements", 0, crowd),
            "REC-03": lambda: min(self.flux("REC-03"), self.of("REC-02")),
            "REC-04": lambda: min(self.flux("REC-04"), self.of("REC-02")),
            "REC-05": lambda: Decimal(max(profile.headcount // 8, 2)),
            "REC-07": lambda: Decimal(1) if self.luck("testing", 1, 3) > 1 else Decimal(0),
            "ACH-01": lambda: self.of("ACH-02") + self.luck("acheteurs", 0, 4),
            "ACH-02": lambda: self.stock("ACH-02"),
            "ACH-05": self.bought_twice_inclusive,
            "ACH-06": lambda: (self.of("ACH-03") + self.of("ACH-04")) * self.luck("adressables", 6, 10),
        }

    def of(self, code: str) -> Decimal:
        """The figure of one indicator."""
        rule = self.wholes.get(code)
        return rule() if rule else self.flux(code)

    def luck(self, what: str, low: int, high: int) -> Decimal:
        """A draw of this company, semester and subject."""
        return Decimal(drawn(f"{self.profile.number}:{self.semester}:{what}", low, high))

    def flux(self, code: str) -> Decimal:
        """The prorated target times what this company reaches, from 40 to 145 %; one in fourteen is a zero.

        Some things are easier than others for everybody: a département reaches some targets and misses others.
        """
        if self.luck(f"nul {code}", 1, 14) == 1:
            return Decimal(0)
        usual = drawn(f"{self.profile.number}:habitude", 88, 130)
        ease = drawn(f"aisance:{code}", -35, 30)
        rate = min(max(usual + ease + int(self.luck(code, -20, 15)), 40), 145)
        return _rounded(self._yearly(code) * self.share * Fraction(rate, 100), self._step(code))

    def stock(self, code: str) -> Decimal:
        """A situation at the end of the semester, which does not depend on the days elapsed and moves a little."""
        rate = drawn(f"{self.profile.number}:{code}", 75, 120) + int(self.luck(f"situation {code}", -12, 18))
        return _rounded(self._yearly(code) * Fraction(rate, 100))

    def bought_twice_inclusive(self) -> Decimal:
        """What was bought from insertion structures of a quartier: up to a third of the smaller amount, or nothing."""
        smaller = min(self.of("ACH-03"), self.of("ACH-04"))
        share = Fraction(int(self.luck("insertion en QPV", 0, 3)), 9)
        return _rounded(Fraction(smaller) * share, STEP)

    def _yearly(self, code: str) -> Fraction:
        return Fraction(yearly_targets().get(code, {}).get(self.profile.category, Decimal(2)))

    def _step(self, code: str) -> Decimal:
        if code == "SEN-12":
            return HALF_DAY
        return Decimal(10) if code in AMOUNTS else Decimal(1)
