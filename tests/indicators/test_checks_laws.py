"""What holds for any values whatever, sought by hypothesis."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.checks import blocking, warnings

PAQTE = load_catalogue("paqte-2018")

CODES = st.sampled_from([indicator.code for indicator in PAQTE.indicators])
NUMBERS = st.decimals(min_value=-10, max_value=10**9, places=2) | st.sampled_from([Decimal("NaN"), Decimal("Infinity")])
SUBMISSIONS = st.dictionaries(CODES, NUMBERS)
COUNTS = st.dictionaries(CODES, st.integers(min_value=0, max_value=10**6).map(Decimal))


@given(SUBMISSIONS, COUNTS, st.none() | st.integers(min_value=0, max_value=300_000), st.none() | COUNTS)
def test_any_values_give_sentences_about_answered_or_cited_codes(
    submission: dict[str, Decimal],
    previous: dict[str, Decimal],
    headcount: int | None,
    cumulated: dict[str, Decimal] | None,
) -> None:
    hard = blocking(PAQTE, submission)
    soft = warnings(PAQTE, submission, previous=previous, headcount=headcount, cumulated=cumulated)

    for finding in (*hard, *soft):
        assert finding.sentence[-1] in ".?"
        assert set(finding.codes) <= {indicator.code for indicator in PAQTE.indicators}
    assert {code for finding in hard for code in finding.codes} <= set(submission)
    keys = [finding.key for finding in (*hard, *soft)]
    assert len(keys) == len(set(keys))


@given(COUNTS)
def test_unblocked_counts_respect_every_whole(submission: dict[str, Decimal]) -> None:
    blocked = blocking(PAQTE, submission)

    broken = [
        (part, whole)
        for part, whole in [
            ("SEN-02", "SEN-04"), ("SEN-03", "SEN-04"), ("FOR-03", "FOR-02"), ("FOR-05", "FOR-04"),
            ("REC-02", "REC-01"), ("REC-03", "REC-02"), ("REC-04", "REC-02"), ("ACH-02", "ACH-01"),
            ("ACH-03", "ACH-06"), ("ACH-04", "ACH-06"), ("ACH-05", "ACH-03"), ("ACH-05", "ACH-04"),
        ]
        if part in submission and whole in submission and submission[part] > submission[whole]
    ]  # fmt: skip
    assert sorted(finding.codes for finding in blocked if finding.key.startswith("part_above")) == sorted(broken)


@given(COUNTS, COUNTS)
def test_answering_more_never_repairs_a_block(submission: dict[str, Decimal], more: dict[str, Decimal]) -> None:
    fewer = {finding.key for finding in blocking(PAQTE, submission) if finding.key.startswith("part_above")}

    wider = {finding.key for finding in blocking(PAQTE, more | submission)}

    assert fewer <= wider
