"""A column says how it prints."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from reporting.columns import FIGURES, RATIOS, told
from reporting.figures import Figure, RatioFigure
from reporting.meanings import MEANINGS
from reporting.rows import headers, long, wide
from reporting.tables import FLUX, RATIO, STOCK, YES_NO, note_of
from tabular.cells import Cell, Quantity
from tests.reporting.samples import sample

FIGURE = replace(
    Figure.blank(sample(1).axes[0].figures[0]),
    label="Ateliers",
    code="SEN-01",
    unit="h",
    semester=Decimal("1234.5"),
    respondents=3,
    not_applicable=1,
    asked=5,
    silent=1,
    previous=Decimal(1300),
    previous_respondents=4,
    constant=Decimal("-65.5"),
    constant_companies=3,
    arrivals=Decimal(0),
    departures=Decimal(0),
    cumulative=Decimal(2000),
    cumulative_companies=6,
)
PROMISED = replace(
    FIGURE,
    expected=Fraction(27945, 1000),
    expected_companies=2,
    expected_answered=Fraction(24),
    tracked=Decimal(23),
    objective=Fraction(84),
    progress=Fraction(23),
)
RATIO_LINE = replace(sample(1).axes[0].ratios[0], label="Part", code="RAT-01", numerator=None)


def test_a_flux_says_of_each_number_which_companies_it_is_about():
    headers = ["Semestre", "Réponses", "Variation", "Cumul", "Suivi / attendu", "Taux", "Objectif", "Avance\u00adment"]

    assert list(FLUX.headers) == headers
    assert FLUX.row(FIGURE) == (
        "1\u202f234,5",
        "3/5, 1\u00a0s.\u202fo.",
        "−65,5 (3)",
        "2\u202f000 (6)",
        *("–", "–", "–", "–"),
    )
    assert FLUX.row(PROMISED)[4:] == ("23 / 28 (2)", "82,3\u202f%", "84", "27,4\u202f%")


def test_an_expectation_keeps_its_decimal_where_it_would_contradict_the_rate():
    just_missed = replace(PROMISED, expected=Fraction(1122, 100), tracked=Decimal(11))

    assert FLUX.row(just_missed)[4:6] == ("11 / 11,2 (2)", "98,0\u202f%")


def test_what_is_distinct_has_neither_sum_nor_rate():
    line = replace(FIGURE, distinct=True, objective=Fraction(12))

    assert FLUX.row(line)[3:] == ("–", "–", "–", "12 sur l’année", "–")


def test_a_stock_says_what_is_carried():
    line = replace(FIGURE, kind="stock", semester=Decimal(12), last_known=Decimal(32), carried=Decimal(20))

    assert STOCK.row(replace(line, carried_companies=1))[3] == "32, dont 20 repris (1)"


def test_a_yes_is_out_of_the_answers_and_never_a_share():
    line = replace(FIGURE, kind="oui-non", semester=Decimal(1), previous=Decimal(2), expected=Fraction(25))

    assert YES_NO.row(replace(line, tracked=Decimal(9))) == ("1", "3/5, 1\u00a0s.\u202fo.", "2 sur 4", "9 sur 25")


def test_a_ratio_says_over_how_many_companies_each_semester_is():
    assert RATIO.row(RATIO_LINE) == ("non calculable", "–", "1/1", "25,0\u202f% (1)")


def test_euros_are_whole_on_paper_and_exact_in_files():
    line = replace(FIGURE, unit="€", semester=Decimal("1250.50"))

    assert FLUX.row(line)[0] == "1\u202f251"
    assert in_file(line)["Résultat du semestre"] == Quantity(Decimal("1250.50"), "€")


def test_sans_objet_from_all_is_not_silence():
    line = replace(FIGURE, semester=None, respondents=0, silent=0, not_applicable=4, asked=4)

    assert FLUX.row(line)[:2] == ("sans objet", "0/4, 4\u00a0s.\u202fo.")
    assert (in_file(line)["Résultat du semestre"], in_file(line)["Statut du résultat"]) == ("", "sans objet")
    assert FLUX.row(replace(line, silent=1, asked=5))[0] == "non renseigné"


def test_the_terms_of_a_ratio_of_amounts_are_whole_euros():
    line = replace(RATIO_LINE, numerator=Decimal("1250.50"), denominator=Decimal(8000), counted_in="€")

    assert RATIO.row(line)[1] == "1\u202f251 / 8\u202f000"


def test_a_line_of_a_sheet_has_numbers_in_its_columns_and_words_beside():
    cells = in_file(PROMISED)

    assert [cells[name] for name in ("Attendu à ce jour", "Taux de réalisation", "Hors objectif", "Réponses")] == [
        Quantity(Decimal("27.95"), "h"),
        Quantity(Decimal("82.3"), "%"),
        Quantity(Decimal(1977), "h"),
        Quantity(3, "entreprises"),
    ]
    assert (cells["Dernier état connu"], cells["Autres valeurs absentes"]) == ("", "")
    assert in_file(FIGURE)["Attendu à ce jour"] == ""
    unknown = in_file(replace(FIGURE, cumulative=None, previous=None))
    assert (unknown["Cumul depuis le lancement"], unknown["Statut du résultat"]) == ("", "renseigné")
    assert unknown["Autres valeurs absentes"] == (
        "Semestre précédent\u00a0: non renseigné\u00a0; Cumul depuis le lancement\u00a0: non renseigné"
    )


NOTHING_DUE = replace(PROMISED, expected=Fraction(0), expected_answered=Fraction(0), objective=Fraction(0))


def test_what_nothing_divides_is_said_and_never_a_number():
    rates = ("Taux de réalisation", "Taux sur les seules réponses", "Avancement")
    ratio = in_file(RATIO_LINE)

    assert [in_file(NOTHING_DUE)[rate] for rate in rates] == ["", "", ""]
    assert in_file(NOTHING_DUE)["Autres valeurs absentes"] == "\u00a0; ".join(
        f"{rate}\u00a0: non calculable" for rate in rates
    )
    assert [in_long(NOTHING_DUE)[rate] for rate in rates] == [(None, "%", "non calculable")] * 3
    assert (ratio["Résultat du semestre"], ratio["Statut du résultat"]) == ("", "non calculable")
    assert ratio["Semestre précédent"] == Quantity(Decimal("25.0"), "%")


def test_every_measure_says_its_unit_and_why_it_is_not_there():
    silent = in_long(replace(FIGURE, semester=None, constant=None))
    a_yes = in_long(replace(FIGURE, kind="oui-non", unit="", semester=Decimal(2)))
    ratio = in_long(replace(RATIO_LINE, counted_in="€"))

    assert silent["Résultat du semestre"] == (None, "h", "non renseigné")
    assert silent["Variation à périmètre constant"] == (None, "h", "sans valeur")
    assert silent["Conventions avec objectif"] == (Quantity(0, "conventions"), "conventions", "renseigné")
    assert "Dernier état connu" not in silent
    assert a_yes["Résultat du semestre"] == (Quantity(Decimal(2), "entreprises"), "entreprises", "renseigné")
    assert (ratio["Numérateur"], ratio["Dénominateur"][1:]) == ((None, "€", "non renseigné"), ("€", "renseigné"))
    assert in_long(replace(FIGURE, unit=""))["Résultat du semestre"][1] == "nombre"


def in_file(line: Figure | RatioFigure) -> dict[str, Cell]:
    """The cells of a line of a sheet, by their headers."""
    return dict(zip(headers(), wide(line), strict=True))


def in_long(line: Figure | RatioFigure) -> dict[str, tuple[Quantity | None, str, str]]:
    """Of each measure: the number, its unit and its status."""
    return {said.column.file: (said.value, said.unit, said.status) for said in long(line)}


def test_every_column_of_a_file_has_a_meaning():
    filed = {column.name for column in (*FIGURES, *RATIOS) if column.file} - {"code", "label", "unit", "percent"}

    assert filed == MEANINGS.keys()


def test_what_the_list_of_changes_compares():
    assert list(told(FIGURE)) == [
        ("Ateliers (SEN-01), semestre", "1\u202f234,5\u00a0h"),
        ("Ateliers (SEN-01), réponses", "3 sur 5, 1 sans objet"),
        ("Ateliers (SEN-01), variation à périmètre constant", "−65,5\u00a0h"),
        ("Ateliers (SEN-01), cumul", "2\u202f000\u00a0h"),
        ("Ateliers (SEN-01), réalisé suivi", "non renseigné"),
        ("Ateliers (SEN-01), attendu à ce jour", "–"),
        ("Ateliers (SEN-01), objectif", "–"),
    ]
    assert list(told(RATIO_LINE)) == [("Part (RAT-01)", "non renseigné"), ("Part (RAT-01), réponses", "1 sur 1")]


def test_what_must_be_known_to_read_a_line():
    assert note_of(FIGURE) == note_of(RATIO_LINE) == note_of(replace(FIGURE, revised=Decimal(0))) == ""
    assert note_of(replace(FIGURE, distinct=True)) == "somme des entreprises, non dédoublonnée"
    late = replace(FIGURE, apart=True, revised=Decimal(3), unit="")
    assert note_of(late) == (
        "d’autres entreprises que le total\u00a0; semestre précédent\u00a0: +3 depuis ce qui en a été transmis"
    )
