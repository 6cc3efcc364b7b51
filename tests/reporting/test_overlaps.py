"""Gross, overlap and net of what a group reported several times; what is counted elsewhere."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.method.ground import Company
from reporting.method.overlaps import Member, Overlap, Ruling, Settled, Share, Values, double_counts, reporters
from reporting.renderers.wording import decisions_of

D = Decimal
GROUP = "000999771"
MEMBERS: dict[Company, Member] = {
    "siege": Member("Siège Terril", GROUP, "Groupe Terril"),
    "nord": Member("Atelier Nord", GROUP, "Groupe Terril", elsewhere="convention nationale du groupe"),
    "sud": Member("Atelier Sud", GROUP, "Groupe Terril"),
    "seule": Member("Verrerie", "000900001", "Verrerie", elsewhere="club"),
}
VALUES: Values = {
    "REC-02": {"siege": D(12), "nord": D(5), "sud": D(2), "seule": D(30)},
    "FOR-02": {"siege": None, "nord": D(4), "sud": D(4)},
    "SEN-01": {"nord": D(7), "seule": D(1)},
}


def decided(ruling: Ruling, company: str = "") -> dict[str, Settled]:
    return {GROUP: Settled(ruling, "Lu au téléphone.", company or None)}


@pytest.mark.parametrize(
    ("settled", "recruited", "trained"),
    [
        ({}, (19, 0, 19, "à\u00a0arbitrer"), (8, 0, 8, "à\u00a0arbitrer")),
        (
            decided(Ruling.SUM),
            (19, 0, 19, "Additionner\u00a0: chacune déclare ses propres résultats"),
            (8, 0, 8, "Additionner\u00a0: chacune déclare ses propres résultats"),
        ),
        (
            decided(Ruling.LARGEST),
            (19, 7, 12, "Garder la plus grande valeur\u00a0: elle comprend les autres"),
            (8, 4, 4, "Garder la plus grande valeur\u00a0: elle comprend les autres"),
        ),
        # The head says « sans objet » to the second: what the others gave stands, and is still to be settled.
        (
            decided(Ruling.ONE, "siege"),
            (19, 7, 12, "Garder une seule entreprise\u00a0: elle déclare pour toutes (Siège Terril)"),
            (8, 0, 8, "à\u00a0arbitrer"),
        ),
        (
            decided(Ruling.ONE, "sud"),
            (19, 17, 2, "Garder une seule entreprise\u00a0: elle déclare pour toutes (Atelier Sud)"),
            (8, 4, 4, "Garder une seule entreprise\u00a0: elle déclare pour toutes (Atelier Sud)"),
        ),
    ],
)
def test_gross_overlap_and_net(
    settled: dict[str, Settled], recruited: tuple[object, ...], trained: tuple[object, ...]
) -> None:
    found = double_counts(VALUES, MEMBERS, settled).overlaps

    assert [(item.code, item.gross, item.overlap, item.net, item.decision) for item in found] == [
        ("FOR-02", *trained),
        ("REC-02", *recruited),
    ]


def test_what_each_gave_stands_the_largest_first() -> None:
    trained, recruited = double_counts(VALUES, MEMBERS, {}).overlaps

    assert recruited.shares == (Share("Siège Terril", D(12)), Share("Atelier Nord", D(5)), Share("Atelier Sud", D(2)))
    assert trained.shares == (Share("Atelier Nord", D(4)), Share("Atelier Sud", D(4)))


def test_the_reason_goes_with_the_decision_only() -> None:
    trained, recruited = double_counts(VALUES, MEMBERS, decided(Ruling.ONE, "siege")).overlaps

    assert (recruited.reason, recruited.kept) == ("Lu au téléphone.", "Siège Terril")
    assert (trained.reason, trained.kept) == ("", "")


@pytest.mark.parametrize(
    ("settled", "still_open"),
    [({}, ["FOR-02", "REC-02"]), (decided(Ruling.ONE, "siege"), ["FOR-02"]), (decided(Ruling.SUM), [])],
)
def test_what_is_left_to_decide(settled: dict[str, Settled], still_open: list[str]) -> None:
    found = double_counts(VALUES, MEMBERS, settled).overlaps

    assert [item.code for item in found if item.is_open] == still_open


def test_a_decision_that_leaves_an_indicator_open_says_which() -> None:
    kept, nothing = (double_counts(VALUES, MEMBERS, settled).overlaps for settled in (decided(Ruling.ONE, "siege"), {}))

    ruling = "Garder une seule entreprise\u00a0: elle déclare pour toutes (Siège Terril). Lu au téléphone."
    assert decisions_of(kept) == (
        "Groupe Terril\u00a0: à\u00a0arbitrer pour FOR-02",
        f"Groupe Terril\u00a0: {ruling}",
    )
    assert decisions_of(nothing) == ("Groupe Terril\u00a0: à\u00a0arbitrer",)


def test_what_is_counted_elsewhere() -> None:
    assert [(one.code, one.value, one.companies) for one in double_counts(VALUES, MEMBERS, {}).elsewhere] == [
        ("FOR-02", D(4), ("Atelier Nord (convention nationale du groupe)",)),
        ("REC-02", D(35), ("Atelier Nord (convention nationale du groupe)", "Verrerie (club)")),
        ("SEN-01", D(8), ("Atelier Nord (convention nationale du groupe)", "Verrerie (club)")),
    ]


def test_who_may_be_kept() -> None:
    assert reporters(VALUES, MEMBERS, GROUP) == ("nord", "sud", "siege")
    assert reporters(VALUES, MEMBERS, "000900001") == ()


KEYS = st.sampled_from(["a", "b", "c", "d"])
FIGURES = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
DRAWN_VALUES = st.dictionaries(st.sampled_from(["X", "Y", "Z"]), st.dictionaries(KEYS, FIGURES))
DRAWN_MEMBERS = st.fixed_dictionaries(
    {
        key: st.builds(Member, st.just(key), st.sampled_from(["1", "2"]), st.just("G"), st.sampled_from(["", "club"]))
        for key in "abcd"
    }
)
DRAWN_RULINGS = st.dictionaries(
    st.sampled_from(["1", "2"]), st.builds(Settled, st.sampled_from(Ruling), st.just("Lu."), KEYS)
)


@given(values=DRAWN_VALUES, members=DRAWN_MEMBERS, settled=DRAWN_RULINGS)
def test_net_and_overlap_make_gross_and_nothing_is_negative(
    values: Values, members: dict[Company, Member], settled: dict[str, Settled]
) -> None:
    found = double_counts(values, members, settled)

    for item in found.overlaps:
        given_here = [value for key, value in values[item.code].items() if members[key].group == item.group]
        assert item.net + item.overlap == item.gross == sum(value for value in given_here if value is not None)
        assert item.overlap >= 0
        assert item.net >= 0
        assert len(item.shares) > 1
        assert item.ruling or item.overlap == 0
    for part in found.elsewhere:
        assert 0 <= part.value <= sum(value for value in values[part.code].values() if value is not None)


@given(values=DRAWN_VALUES, members=DRAWN_MEMBERS)
def test_without_a_decision_or_by_a_sum_nothing_is_taken_away(values: Values, members: dict[Company, Member]) -> None:
    summed = {group: Settled(Ruling.SUM, "Lu.") for group in ("1", "2")}

    for settled in ({}, summed):
        assert all(item.overlap == 0 for item in double_counts(values, members, settled).overlaps)


def test_what_a_document_prints_is_what_may_be_counted_twice() -> None:
    both = (Share("A", Decimal(5)), Share("B", Decimal(2)))
    undecided = Overlap("000900018", "Groupe", "REC-02", both)
    alone = replace(undecided, shares=(Share("A", Decimal(5)), Share("B", Decimal(0))))

    assert (undecided.matters, undecided.is_open) == (True, True)
    assert (alone.matters, alone.is_open) == (False, False)
    assert replace(undecided, ruling="maximum", overlap=Decimal(2)).matters
    assert not replace(undecided, ruling="somme").matters
