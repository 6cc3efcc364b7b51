"""Versions of one bilan against who reads them all: every number that is printed, and every difference between two."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from national.public import Answers, Law, hidden_in
from tests.national.adversary import Reader

WHOLE = Law("W", ("P", "Q"))
"""P and Q exclude each other."""

VALUES = st.lists(st.one_of(st.none(), st.sampled_from([0, 1, 2, 5, 20, 100])), min_size=1, max_size=6)


@st.composite
def versions(draw: st.DrawFn) -> list[dict[str, dict[str, int]]]:
    """Two or three versions of P, Q and the rest of W, firm by firm; each keeps most of the one before."""
    found = [{code: dict(zip("ABCDEF", draw(VALUES), strict=False)) for code in ("P", "Q", "R")}]
    for _ in range(draw(st.integers(1, 2))):
        found.append({code: dict(given) for code, given in found[-1].items()})
        for code in draw(st.lists(st.sampled_from(["P", "Q", "R"]), max_size=3)):
            found[-1][code] |= dict(zip("ABCDEF", draw(VALUES), strict=False))
    return [
        {code: {firm: value for firm, value in said.items() if value is not None} for code, said in one.items()}
        for one in found
    ]


def with_whole(said: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The same with W, which is all of it."""
    firms = sorted({firm for given in said.values() for firm in given})
    whole = {firm: sum(given.get(firm, 0) for given in said.values()) for firm in firms}
    return {"P": dict(said["P"]), "Q": dict(said["Q"]), "W": whole}


def differences(after: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """What firms changed."""
    moved = {firm for firm in {*after, *before} if after.get(firm) != before.get(firm)}
    return {firm: after.get(firm, 0) - before.get(firm, 0) for firm in moved}


PAIRS = (("1", "2"), ("1", "3"), ("2", "3"))


def truth(sent: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[Hashable, dict[str, int]]:
    """Firm by firm, all that is printed or computed of the versions, by code and « 1 », « 2 » or « 1 → 2 »."""
    found: dict[Any, dict[str, int]] = {}  # Any: pairs, which the reader takes for any key
    for said, number in zip(map(with_whole, sent), "123", strict=False):
        found |= {(code, number): given for code, given in said.items()}
        firms = {firm for given in said.values() for firm in given}
        parts = (said["P"], said["Q"])
        found["R", number] = {firm: said["W"].get(firm, 0) - sum(part.get(firm, 0) for part in parts) for firm in firms}
    for old, new in PAIRS:
        for code in "WPQR" if ("W", new) in found else "":
            found[code, old + new] = differences(found[code, new], found[code, old])
    return found


def equations(known: Collection[Any]) -> list[dict[Hashable, int]]:  # Any: as above
    """What every reader knows."""
    parts: list[dict[Hashable, int]] = [
        {("W", of): -1, ("P", of): 1, ("Q", of): 1, ("R", of): 1} for code, of in known if code == "W"
    ]
    moves: list[dict[Hashable, int]] = [
        {(code, new): -1, (code, old): 1, (code, old + new): 1}
        for old, new in PAIRS
        for code in "WPQR"
        if (code, new) in known
    ]
    return [*parts, *moves]


def is_sensitive(given: Mapping[str, int]) -> bool:
    sizes = [abs(value) for value in given.values()]
    return bool(sizes) and (len(sizes) < 3 or 100 * max(sizes) > 85 * sum(sizes))


@given(versions())
@settings(derandomize=True, max_examples=120, deadline=None)
def test_nobody_finds_a_firm_in_several_versions(sent: list[dict[str, dict[str, int]]]) -> None:
    given_to_us: list[Answers] = [
        {code: {firm: Decimal(value) for firm, value in said.items()} for code, said in with_whole(one).items() if said}
        for one in sent
    ]
    hidden = {str(last): hidden_in(given_to_us[:last], [WHOLE]) for last in range(1, len(sent) + 1)}
    known = truth(sent)
    printed = {(code, of) for of, codes in hidden.items() for code in "WPQ" if code not in codes}
    empty = {(code, of) for of in hidden for code in "WPQR" if not known[code, of]}

    shown: dict[Hashable, Fraction] = {key: Fraction(sum(known[key].values())) for key in printed | empty}
    signed = [(code, old + new) for old, new in PAIRS for code in "WPQR"]
    someone = Reader(shown, equations(known), signed=signed)

    secret = [key for key, given in known.items() if is_sensitive(given)]
    assert [key for key in secret if key in shown or someone.knows(key)] == []
