"""The totals of the nation give nothing of a département's public version away: by hand, then against who reads all."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from national.public import Answers, Law, hidden_in
from national.public_totals import NATION, REGION, PublicPlace, hidden_totals
from tests.national.adversary import Reader

LAW = Law("W", ("P",))
REGIONS = {"01": "A", "02": "A", "03": "B", "04": "B", "05": "C"}

Said = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By département and code, what firms gave."""


def places(said: Said) -> list[PublicPlace]:
    """As the files of the départements have them."""
    found = []
    for code, by_code in said.items():
        answers: Answers = {
            name: {firm: Decimal(value) for firm, value in given.items()} for name, given in by_code.items() if given
        }
        found.append(PublicPlace(code, REGIONS[code], answers, hidden_in([answers], [LAW])))
    return found


def firms(place: str, *values: int) -> dict[str, int]:
    """Of one département."""
    return {f"{place}-{number}": value for number, value in enumerate(values)}


MOVED = ([50, 40, 30], [50, 40, 30, 100])
"""Two versions: three firms, then D."""


def x(said: Mapping[str, dict[str, int]]) -> Said:
    return {place: {"X": given} for place, given in said.items()}


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        (x({"01": firms("01", 3, 4, 5), "02": firms("02", 6, 7, 8)}), set()),
        # One is hidden, alone in its région: the total of the région goes, then that of the nation.
        (
            x({"01": firms("01", 9), "02": firms("02", 6, 7, 8), "03": firms("03", 6, 7, 8)}),
            {("X", (REGION, "A")), ("X", NATION)},
        ),
        # Two that hide each other in a région: three firms together, none above 85 %.
        (x({"01": firms("01", 9, 2), "02": firms("02", 8, 4), "03": firms("03", 6, 7, 8)}), set()),
        # The same firm in two départements is one: the two do not hide each other.
        (
            x({"01": {"n": 9}, "02": {"n": 8}, "03": firms("03", 6, 7, 8)}),
            {("X", (REGION, "A")), ("X", NATION)},
        ),
    ],
)
def test_what_is_hidden_of_the_totals(said: Said, hidden: set[tuple[str, tuple[str, str]]]) -> None:
    assert hidden_totals(places(said), [LAW]) == hidden


@pytest.mark.parametrize(
    ("beside", "hidden"),
    [
        # 01 printed 120, then hides the 100 that D added: D, who knows it, would read 60 in a total of 280.
        ([60], {("X", (REGION, "A")), ("X", NATION)}),
        # Two firms beside D are three together.
        ([60, 50], set()),
    ],
)
def test_who_moved_a_figure_reads_nobody_in_a_total(
    beside: list[int], hidden: set[tuple[str, tuple[str, str]]]
) -> None:
    versions: list[Answers] = [
        {"X": {firm: Decimal(said) for firm, said in firms("01", *given).items()}} for given in MOVED
    ]
    second = versions[-1]
    moved = PublicPlace("01", "A", second, hidden_in(versions, [LAW]))
    others = places(x({"02": firms("02", *beside)}))

    assert moved.hidden == {"X"}
    assert hidden_totals([moved, *others], []) == hidden


def test_a_région_of_one_voice_is_hidden() -> None:
    alike, split = firms("01", 1, 1, 1), firms("03", 1, 0, 1)
    of_one_voice = PublicPlace("01", "A", {"X": {firm: Decimal(said) for firm, said in alike.items()}}, {"X"})
    others = places(x({"03": split, "04": firms("04", 0, 1, 1)}))

    assert hidden_totals([of_one_voice, *others], [], {"X"}) == {("X", (REGION, "A")), ("X", NATION)}
    everywhere = places(x({"03": firms("03", 0, 0, 0), "04": firms("04", 0, 0, 0)}))
    assert hidden_totals(everywhere, [], {"X"}) == {("X", (REGION, "B")), ("X", NATION)}
    assert hidden_totals(everywhere, []) == set()


def test_a_collectivity_of_no_région_counts_in_the_nation_alone() -> None:
    alone = PublicPlace("975", "", {"X": {"a": Decimal(4)}}, {"X"})

    assert hidden_totals([alone, *places(x({"01": firms("01", 3, 4, 5)}))], []) == {("X", NATION)}


VALUES = st.lists(st.sampled_from([0, 1, 2, 5, 20, 100]), max_size=4)


@st.composite
def countries(draw: st.DrawFn) -> Said:
    """Up to five départements of three régions; P is a part of W, firm by firm."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for place in draw(st.lists(st.sampled_from(sorted(REGIONS)), min_size=2, unique=True)):
        whole = firms(place, *draw(VALUES))
        part = {firm: draw(st.integers(0, value)) for firm, value in whole.items() if draw(st.booleans())}
        found[place] = {"W": whole, "P": part}
    return found


@given(countries())
@settings(derandomize=True, max_examples=60, deadline=None)
def test_nobody_finds_a_firm_in_the_files_of_a_nation(said: Said) -> None:
    known = {place.code: place for place in places(said)}
    hidden = hidden_totals([*known.values()], [LAW])

    truth: dict[Hashable, dict[str, int]] = {}
    for place, by_code in said.items():
        rest = {firm: value - by_code["P"].get(firm, 0) for firm, value in by_code["W"].items()}
        for where in (place, REGIONS[place], "all"):
            for name, given_there in (("W", by_code["W"]), ("P", by_code["P"]), ("rest", rest)):
                truth.setdefault((name, where), {}).update(given_there)
    shown: dict[Hashable, Fraction] = {}
    for (name, where), given_there in truth.items():  # type: ignore[misc]  # pairs, as just written
        level = NATION if where == "all" else (REGION, where)
        is_told = name not in known[where].hidden if where in known else (name, level) not in hidden
        if not given_there or (name != "rest" and is_told):
            shown[name, where] = Fraction(sum(given_there.values()))

    someone = Reader(shown, [*equations(list(said))])
    secret = [key for key, given_there in truth.items() if is_sensitive(given_there)]
    assert [key for key in secret if key in shown or someone.knows(key)] == []


def equations(codes: list[str]) -> list[dict[Hashable, int]]:
    """What every reader knows: typed anew."""
    regions = {REGIONS[place] for place in codes}
    found: list[dict[Hashable, int]] = [
        {("W", where): -1, ("P", where): 1, ("rest", where): 1} for where in (*codes, *regions, "all")
    ]
    for name in ("W", "P", "rest"):
        for region in regions:
            own: dict[Hashable, int] = {(name, place): 1 for place in codes if REGIONS[place] == region}
            found.append({(name, region): -1, **own})
        found.append({(name, "all"): -1, **{(name, region): 1 for region in regions}})
    return found


def is_sensitive(given_there: Mapping[str, int]) -> bool:
    sizes = list(given_there.values())
    return bool(sizes) and (len(sizes) < 3 or 100 * max(sizes) > 85 * sum(sizes))
