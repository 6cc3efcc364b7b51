"""What becomes public of a bilan says nothing of one company: the choice, then the files against who reads them all."""

import csv
import io
from collections.abc import Hashable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from conventions.models import Campaign
from indicators.catalogue import load_catalogue
from national.public import Answers, Law, hidden_in, laws_of
from reporting import actions
from reporting.models import Bilan, BilanDocument
from reporting.selectors import bilan_for
from reporting.selectors.answers import answers_of
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    SubmissionFactory,
)
from tests.national.adversary import Reader
from tests.pages import page, text
from tests.reporting.pages import plain
from workflows.tables import WrongState

AT = datetime(2020, 2, 15, 8, tzinfo=UTC)
PUBLIC = "/national/publics/62/2019-S1"

WHOLE = Law("W", ("P", "Q"))
"""P and Q exclude each other."""


def answers(**said: Sequence[int | None]) -> Answers:
    """By code, what the firms A, B, C… gave; None is silence."""
    return {
        code: {firm: Decimal(value) for firm, value in zip("ABCDEFGH", values, strict=False) if value is not None}
        for code, values in said.items()
        if any(value is not None for value in values)
    }


def test_the_laws_are_those_of_the_catalogue() -> None:
    assert set(laws_of(load_catalogue("paqte-2018").indicators)) == {
        Law("SEN-04", ("SEN-02", "SEN-03")),
        Law("FOR-02", ("FOR-03",)),
        Law("FOR-04", ("FOR-05",)),
        Law("REC-01", ("REC-02",)),
        Law("REC-02", ("REC-03",)),
        Law("REC-02", ("REC-04",)),
        Law("ACH-01", ("ACH-02",)),
        Law("ACH-03", ("ACH-05",)),
        Law("ACH-04", ("ACH-05",)),
        Law("ACH-06", ("ACH-03", "ACH-04"), ("ACH-05",)),
    }


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"X": [5, 4, 3]}, set()),
        ({"X": [5, 4]}, {"X"}),
        # 86 is more than 85 % of 100.
        ({"X": [86, 8, 6]}, {"X"}),
        ({"X": [5, 4, 3], "Y": [1]}, {"Y"}),
        ({"W": [9, 9, 9], "P": [1, 1, 1], "Q": [1, 1, 1]}, set()),
        # The part of other firms than the total: nothing of the three is told.
        ({"W": [20, None, None], "P": [20, None, None], "Q": [None, 0, None]}, {"W", "P", "Q"}),
        ({"W": [None, None, 0], "P": [0, None, None], "Q": [None, 0, 0], "X": [5, 4, 3]}, {"W", "P", "Q"}),
        # Q comes out of W and P only for who knows the rest, which nobody prints.
        ({"W": [9, 9, 9], "P": [3, 3, 3], "Q": [1]}, {"Q"}),
    ],
)
def test_what_is_hidden_of_one_version(said: Mapping[str, Sequence[int | None]], hidden: set[str]) -> None:
    assert hidden_in([answers(**said)], [WHOLE]) == hidden


@pytest.mark.parametrize(
    ("said", "hidden"),
    [([1, 1, 1, 1], {"X"}), ([0, 0, 0], {"X"}), ([1, 1, 0, 1], set()), ([1, None, 0, 1], set()), ([2, 1, 1], {"X"})],
)
def test_a_question_answered_with_one_voice_is_hidden(said: Sequence[int | None], hidden: set[str]) -> None:
    assert hidden_in([answers(X=said)], [], {"X"}) == hidden
    # As many of anything else say nothing of that kind.
    assert hidden_in([answers(X=said)], []) == set()


def test_who_changes_its_mind_does_not_come_out_of_two_versions() -> None:
    split, alike = answers(X=[1, 1, 1, 0]), answers(X=[1, 1, 1, 1])

    assert hidden_in([split, alike], [], {"X"}) == {"X"}
    assert hidden_in([split, alike, split], [], {"X"}) == {"X"}


def test_who_corrects_its_figure_does_not_come_out_of_two_versions() -> None:
    first, second, third = (answers(X=[5, 4, 3, late]) for late in (None, 7, 7))

    assert hidden_in([first], []) == set()
    # 19 − 12 would be what D gave.
    assert hidden_in([first, second], []) == {"X"}
    # Nothing changed since: to show it now would say it all the same.
    assert hidden_in([first, second, third], []) == {"X"}


def test_what_three_firms_correct_together_is_shown() -> None:
    assert hidden_in([answers(X=[5, 4, 3]), answers(X=[6, 5, 4])], []) == set()


def test_a_figure_that_comes_back_does_not_say_who_was_late_before() -> None:
    first, second = answers(X=[50, 40, 30]), answers(X=[50, 40, 30, 100])
    third = answers(X=[51, 41, 31, 100])

    assert hidden_in([first, second], []) == {"X"}
    # 223 now and 120 at first: of these 103, D gave 100, though three firms moved it since the second.
    assert hidden_in([first, second, third], []) == {"X"}
    # Had D given 4 as they did, nothing would be read: 6 of 9 is no more than 85 %.
    assert hidden_in([first, answers(X=[50, 40, 30, 6]), answers(X=[51, 41, 31, 6])], []) == set()


# --- Through the files ------------------------------------------------------------------------------------------


@pytest.fixture
def two_semesters(cast: Cast) -> None:
    """Five companies; of the second semester one recruited nearly alone, and two alone know young people."""
    said = {
        S1_2019: [{"REC-01": 10, "REC-02": 4}, {"REC-01": 8, "REC-02": 2}, {"REC-01": 6, "REC-02": 3}, {}, {}],
        S2_2019: [{"REC-01": 400, "REC-02": 4}, {"REC-01": 8, "REC-02": 2}, {"REC-01": 6}, {"REC-01": 7}, {}],
    }
    conventions = [ConventionFactory(company=CompanyFactory(department=cast.company.department)) for _ in range(5)]
    for semester, figures in said.items():
        campaign = CampaignFactory(semester=semester)
        for convention, own in zip(conventions, figures, strict=True):
            SubmissionFactory(convention=convention, campaign=campaign, validated=True, answers=own)
        bilan = BilanFactory(department=cast.company.department, semester=semester)
        actions.transmit(bilan, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")


def read(content: bytes) -> dict[str, tuple[str, str]]:
    """By code, the number and the status of a CSV."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return {row["Code"]: (row["Résultat du semestre"], row["Statut"]) for row in rows}


def fetched(cast: Cast, semester: str, fmt: str = "csv") -> bytes:
    response = page(cast.referent, "public_download", "62", semester, fmt)
    assert response.status_code == 200
    content: bytes = response.content
    return content


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_the_files_of_two_semesters_hide_what_they_must(cast: Cast) -> None:
    first, second = read(fetched(cast, "2019-S1")), read(fetched(cast, "2019-S2"))

    assert (first["REC-01"], first["REC-02"]) == (("24", "publié"), ("9", "publié"))
    # 400 of 421 is more than 85 %; two companies gave the other.
    assert second["REC-01"] == ("", "secret statistique")
    assert second["REC-02"] == ("", "secret statistique")
    assert first["FOR-02"] == ("", "non renseigné")
    told = {code: {"1": one, "2": second[code]} for code, one in first.items()}
    shown: dict[Hashable, Fraction] = {
        (code, of): Fraction(number)
        for code in ("REC-01", "REC-02")
        for of, (number, _) in told[code].items()
        if number
    }
    wholes: list[dict[Hashable, int]] = [{("REC-01", of): -1, ("REC-02", of): 1, ("rest", of): 1} for of in "12"]
    someone = Reader(shown, wholes)
    assert not any(someone.knows((code, "2")) for code in ("REC-01", "REC-02"))


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_the_workbooks_say_the_same_and_name_nobody(cast: Cast) -> None:
    book = load_workbook(io.BytesIO(fetched(cast, "2019-S2", "xlsx")))
    rows = list(book["Indicateurs"].iter_rows(values_only=True))[1:]

    told = {row[1]: ("" if row[5] is None else str(row[5]), row[6]) for row in rows}
    everything = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert told == read(fetched(cast, "2019-S2"))
    assert "secret statistique" in everything
    assert not [name for name in ("Terril 1", "400", "421") if name in everything]
    assert fetched(cast, "2019-S2", "ods").startswith(b"PK")


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_a_rectificatif_does_not_say_who_was_late(cast: Cast) -> None:
    late = ConventionFactory(company=CompanyFactory(department=cast.company.department))
    campaign = Campaign.objects.get(semester=S1_2019)
    SubmissionFactory(convention=late, campaign=campaign, validated=True, answers={"REC-01": 5, "REC-02": 5})
    first = Bilan.objects.get(semester=S1_2019)
    again = actions.rectify(first, at=AT, by=cast.referent, reason="Une réponse tardive.")
    actions.transmit(again, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")

    told = read(fetched(cast, "2019-S1"))

    assert (told["REC-01"], told["REC-02"]) == (("", "secret statistique"),) * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_what_firms_gave_is_kept_with_what_was_sent_and_adds_up(cast: Cast) -> None:
    document = BilanDocument.objects.get(bilan__semester=S2_2019)

    given_then = document.answers.by_code
    assert {code: sorted(map(int, firms.values())) for code, firms in given_then.items()} == {
        "REC-01": [6, 7, 8, 400],
        "REC-02": [2, 4],
    }
    assert {line.code: line.value for line in document.lines.exclude(value=None)} == {
        code: sum(firms.values()) for code, firms in given_then.items()
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_what_does_not_add_up_to_the_figures_does_not_leave(cast: Cast) -> None:
    draft = BilanFactory(department=cast.company.department, semester=S1_2019.previous)
    bilan = Bilan.objects.get(semester=S2_2019)
    data = bilan_for(bilan, AT.date(), leaving=True)

    assert set(answers_of(bilan, data)) == {"REC-01", "REC-02"}
    with pytest.raises(WrongState, match="Un chiffre a changé pendant l’envoi"):
        answers_of(draft, data)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue", "two_semesters")
def test_the_page_of_the_bilan_offers_it(cast: Cast) -> None:
    said = text(page(cast.cget, "bilan_detail", "62", "2019-S1"))

    assert [f'href="{PUBLIC}.{fmt}"' in said for fmt in ("xlsx", "ods", "csv")] == [True] * 3
    name = page(cast.cget, "public_download", "62", "2019-S1", "csv").headers["Content-Disposition"]
    assert name == 'attachment; filename="bilan-paqte-62-2019-S1-v1-public.csv"'
