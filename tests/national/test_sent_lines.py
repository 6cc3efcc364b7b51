"""The numbers that the country adds up: those of the document, exact on both databases, and watched."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from conventions.expected import PARTS
from documents.models import StoredFile
from national.totals import added_up, versions
from reporting.codec import from_json_value
from reporting.figures import Figure, RatioFigure
from reporting.models import Bilan, BilanDocument, SentAnswers, SentLine
from reporting.sent_lines import lines_of, words_of
from tests.cast import Cast
from tests.factories import S1_2019, ConventionFactory, SubmissionFactory
from tests.reporting.pages import AT, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def document(cast: Cast) -> BilanDocument:
    """One company promised 12 recruitments a year and made 3; it bought for 1 234 567,89 €."""
    convention = ConventionFactory(targets={("REC-02", year): 12 for year in (1, 2, 3)})
    SubmissionFactory(
        convention=convention, validated=True, answers={"REC-02": 3, "ACH-03": Decimal("1234567.89"), "REC-01": 4}
    )
    return BilanDocument.objects.select_related("bilan").get(bilan=sent(cast))


def line(code: str) -> SentLine:
    found: SentLine = SentLine.objects.get(code=code)
    return found


def checked() -> tuple[list[str], str]:
    """What the command of the night prints, and the words with which it fails."""
    out = StringIO()
    try:
        call_command("check_sent", stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def test_what_is_sent_has_its_numbers(document: BilanDocument) -> None:
    recruited, bought = line("REC-02"), line("ACH-03")

    # 8 February to 30 June 2019 is 143 days of year 1.
    assert (recruited.value, recruited.expected) == (Decimal(3), Fraction(12 * 143, 365))
    assert (recruited.objective, recruited.respondents, recruited.asked) == (Fraction(36), 1, 1)
    assert (bought.value, bought.cumulative, bought.expected) == (Decimal("1234567.89"),) * 2 + (None,)
    assert [line(code).runs for code in ("REC-02", "FOR-02")] == [True, False]
    assert {row.department_id for row in document.lines.all()} == {"62"}


def test_its_words_are_those_that_were_printed(document: BilanDocument) -> None:
    data = from_json_value(document.snapshot)

    for axis in data.axes:
        for printed in axis.lines:
            known, label, words = words_of(line(printed.code).words)
            assert (known, label) == (axis.axis, axis.label)
            if isinstance(printed, RatioFigure):
                assert words == RatioFigure.blank(printed)
            else:
                assert words == replace(Figure.blank(printed), depth=0)


def test_the_sum_of_one_is_what_it_sent(document: BilanDocument) -> None:
    printed = {figure.code: figure for figure in from_json_value(document.snapshot).figures}

    total = added_up(versions(S1_2019))

    assert {item.line.code for item in total.figures} == printed.keys()
    for item in total.figures:
        assert replace(item.line, previous=None, revised=None) == replace(
            printed[item.line.code], previous=None, revised=None
        )


def test_a_departement_that_is_not_asked_for_is_not_added(document: BilanDocument) -> None:
    assert added_up(versions(S1_2019, ["59"])).figures == ()
    assert added_up(versions(S1_2019, ["59", "62"])) == added_up(versions(S1_2019))


def test_the_night_says_that_all_is_well(document: BilanDocument) -> None:
    assert checked() == (["Les chiffres sont ceux des documents."], "")


def test_the_night_names_what_differs(document: BilanDocument) -> None:
    _free()
    SentLine.objects.filter(code="REC-02").update(value=Decimal(4))
    SentLine.objects.filter(code="REC-01").delete()
    SentLine.objects.create(document=document, department_id="62", semester=S1_2019, code="XXX-01", words="[]")

    assert checked() == (
        [
            "Bilan 62 2019-S1 v1, REC-01\u00a0: absente",
            "Bilan 62 2019-S1 v1, REC-02\u00a0: value 4.00 au lieu de 3",
            "Bilan 62 2019-S1 v1, XXX-01\u00a0: le document ne l’a pas",
        ],
        "Chiffres qui ne sont pas ceux des documents\u00a0: 3.",
    )


def _free(guard: str = "sent_line_only_grows ON reporting_sentline") -> None:
    """PostgreSQL refuses what the test plants: its guard is taken away, until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {guard}")


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"semester": "2018-S2"}, "Bilan 62 2018-S2 v1\u00a0: semester 2018-S2 au lieu de 2019-S1"),
        ({"department_id": "59"}, "Bilan 59 2019-S1 v1\u00a0: department 59 au lieu de 62"),
        ({"transmitted_at": AT + timedelta(days=1)}, "Bilan 62 2019-S1 v1\u00a0: transmitted_at 2019-09-16"),
    ],
)
def test_the_night_says_that_a_bilan_counts_elsewhere(
    document: BilanDocument, change: dict[str, object], said: str
) -> None:
    Bilan.objects.update(**change)

    (told,), failed = checked()
    assert told.startswith(said)
    assert failed == "Chiffres qui ne sont pas ceux des documents\u00a0: 1."


def test_the_night_says_what_a_document_lost(document: BilanDocument) -> None:
    _free("sent_answers_only_grows ON reporting_sentanswers")
    SentAnswers.objects.all().delete()
    BilanDocument.objects.update(sha256="0" * 64)

    (of_the_file, of_the_firms), _ = checked()
    assert of_the_file.startswith(f"Bilan 62 2019-S1 v1\u00a0: sha256 {'0' * 64} au lieu de ")
    assert of_the_firms == "Bilan 62 2019-S1 v1\u00a0: les réponses des entreprises manquent"


def test_the_night_finds_answers_that_moved_between_firms(document: BilanDocument) -> None:
    _free("sent_answers_only_grows ON reporting_sentanswers")
    given = document.answers.given
    (firm,) = given["REC-02"]
    SentAnswers.objects.update(given=given | {"REC-02": {"000900001": given["REC-02"][firm]}})

    assert checked()[0] == ["Bilan 62 2019-S1 v1\u00a0: les réponses des entreprises ne sont pas celles de l’envoi"]


def test_the_night_finds_a_file_whose_bytes_changed(document: BilanDocument) -> None:
    file = document.files.get(kind="pdf").file
    StoredFile.objects.filter(pk=file.pk).update(content=file.data + b" ")

    assert checked()[0] == ["Bilan 62 2019-S1 v1, pdf\u00a0: les octets du fichier ne sont pas ceux qui ont été gardés"]


def test_a_number_between_two_steps_is_never_rounded() -> None:
    field = SentLine._meta.get_field("expected")

    assert field.get_prep_value(Fraction(1, 365)) == PARTS // 365
    with pytest.raises(ValueError, match="no whole number"):
        field.get_prep_value(Fraction(1, 7))
    with pytest.raises(ValueError, match="no whole number"):
        SentLine._meta.get_field("value").get_prep_value(Decimal("0.005"))


def test_the_same_value_gives_the_same_rows(document: BilanDocument) -> None:
    again = lines_of(document, from_json_value(document.snapshot))

    assert [row.code for row in again] == [row.code for row in document.lines.order_by("pk")]
