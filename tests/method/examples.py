"""The worked examples of the method as data: what the tests of every implementation start from."""

from datetime import date, timedelta

from tests.method.scenario import Answer, Avenant, Company, Convention, Department, Number, Targets, Version, on_time

FLUX, STOCK, YES_NO = "REC-02", "FOR-03", "REC-07"


def a_year(*targets: int | None, code: str = FLUX) -> Targets:
    """Targets of one indicator, year after year; None is a year without."""
    return {code: {year: target for year, target in enumerate(targets, 1) if target is not None}}


def flux(*, late: str = "2020-S2", c_known_in: str = "2020-S1") -> Department:
    """A, B and C. B's answer of 2020-S1 is validated for the bilan `late`, C's for `c_known_in`."""
    a = Company(
        "A",
        (Convention(date(2019, 1, 1), a_year(10, 20, 30)),),
        on_time({code: {FLUX: value} for code, value in zip(FOUR, (4, 5, 12, 9), strict=True)}),
    )
    b = Company(
        "B",
        (Convention(date(2019, 7, 1), a_year(8, 8, 8)),),
        {**on_time({"2019-S2": {FLUX: 2}, "2020-S2": {FLUX: 4}}), "2020-S1": (Version(late, {FLUX: 3}),)},
    )
    c = Company(
        "C",
        (Convention(date(2019, 1, 1), terminated_on=date(2020, 3, 31)),),
        {**on_time({"2019-S1": {FLUX: 3}, "2019-S2": {FLUX: 1}}), "2020-S1": (Version(c_known_in, {FLUX: 2}),)},
    )
    return Department((a, b, c), frozenset(FOUR))


FOUR = ("2019-S1", "2019-S2", "2020-S1", "2020-S2")


def another() -> Department:
    """Y of the example of the nation: 12 since the launch, 7 of them in 2020-S1, then nothing was sent."""
    only = Company("Y", (Convention(date(2019, 1, 1)),), on_time({"2019-S2": {FLUX: 5}, "2020-S1": {FLUX: 7}}))
    return Department((only,), frozenset({"2019-S1", "2019-S2", "2020-S1"}))


def stock() -> Department:
    """A answers, B falls silent then says « sans objet », C leaves on 31 March and signs again on 1 October."""
    start = date(2019, 1, 1)
    axes = ("former",)
    a = Company(
        "A",
        (Convention(start, axes=axes),),
        on_time({"2019-S2": {STOCK: 10}, "2020-S1": {STOCK: 12}, "2020-S2": {STOCK: 11}}),
    )
    b = Company("B", (Convention(start, axes=axes),), on_time({"2019-S2": {STOCK: 20}, "2020-S2": {STOCK: None}}))
    c = Company(
        "C",
        (Convention(start, axes=axes, terminated_on=date(2020, 3, 31)), Convention(date(2020, 10, 1), axes=axes)),
        on_time({"2019-S2": {STOCK: 5}, "2020-S1": {STOCK: 5}}),
    )
    return Department((a, b, c), frozenset(FOUR))


def renewal() -> Department:
    """D, renewed on 1 April 2022 at twice the pace."""
    conventions = (Convention(date(2019, 4, 1), a_year(12, 12, 12)), Convention(date(2022, 4, 1), a_year(24, 24, 24)))
    return Department((Company("D", conventions, on_time({"2022-S1": {FLUX: 9}})),))


def amended(*, signed: bool = True) -> Department:
    """E, with the avenant of 1 July 2021 or without."""
    avenants = (Avenant(date(2021, 7, 1), a_year(12, 24, 36)),) if signed else ()
    return alone(Convention(date(2020, 1, 1), a_year(12, 12, 12), avenants=avenants))


def alone(convention: Convention, **answers: int) -> Department:
    """One company with this convention; `S1_2019=6` answers 2019-S1."""
    said = {f"{name[3:]}-{name[:2]}": {FLUX: value} for name, value in answers.items()}
    return Department((Company("E", (convention,), on_time(said)),))


def returned(*, days: int) -> Department:
    """One company terminated on 30 September 2020 and signed again so many days later; silent in that semester."""
    axes = ("former",)
    first = Convention(date(2019, 1, 1), axes=axes, terminated_on=date(2020, 9, 30))
    again = Convention(date(2020, 9, 30) + timedelta(days=days), axes=axes)
    return Department((Company("F", (first, again), on_time({"2020-S1": {STOCK: 6}})),))


def purchases(overlap: Number | str | None) -> Department:
    """One company that buys 30 in QPV and 20 from insertion, of 100; a text leaves the overlap out."""
    said: dict[str, Answer] = {"ACH-03": 30, "ACH-04": 20, "ACH-06": 100}
    if not isinstance(overlap, str):
        said["ACH-05"] = overlap
    return Department((Company("G", (Convention(date(2019, 1, 1), axes=("acheter",)),), on_time({"2019-S1": said})),))


def testing(*yes: str) -> Department:
    """One company that promised a yes for each of its years, which begin on 1 April, and says no but in `yes`."""
    convention = Convention(date(2019, 4, 1), a_year(1, 1, 1, code=YES_NO))
    said = {semester: {YES_NO: int(semester in yes)} for semester in FOUR}
    return Department((Company("H", (convention,), on_time(said)),))


def complement() -> Department:
    """One company that promised collaborators, gave 5 and left on 30 June 2020; another that never promised any."""
    axes = ("sensibiliser",)
    promised = Convention(date(2019, 1, 1), a_year(8, 8, 8, code="SEN-08"), axes=axes, terminated_on=date(2020, 6, 30))
    left = Company("J", (promised,), on_time({"2020-S1": {"SEN-08": 5}}))
    return Department((left, Company("K", (Convention(date(2019, 1, 1), axes=axes),))))
