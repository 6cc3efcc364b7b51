"""The table that a référent keeps: what stands over it, words of one's own, what is not read, what was meant."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from accounts.models import User
from companies.models import Company, CompanyLog, Contact
from companies.resources import CompanyResource
from tabular.importing import ImportResult
from tabular.reading import read_table
from tests.cast import Cast
from tests.factories import CompanyFactory, ContactFactory, invented_siret
from tests.files.recipes import workbook

AT = datetime(2019, 2, 8, tzinfo=UTC)
NEW = invented_siret(701, 9)


def imported(cast: Cast, *rows: Sequence[object], dry_run: bool = False) -> ImportResult:
    work = CompanyResource(user=User.objects.get(pk=cast.referent.pk), at=AT)
    return work.import_data(read_table(workbook(*rows), knows=work.knows), dry_run=dry_run)


def test_a_table_under_its_title_is_read_with_its_own_words(cast: Cast) -> None:
    result = imported(
        cast,
        ["Suivi des entreprises PAQTE"],
        ["Mise à jour", "2 juillet 2020"],
        [],
        ["Raison sociale", "N° SIRET", "Taille", "Ville", "CP", "Nb salariés", "Code APE", "Département", "Notes"],
        ["Verrerie Terril", int(NEW), "P.M.E.", "Arques", 62510, 45, "2311 z", "62 – Pas-de-Calais", "à rappeler"],
    )

    company = Company.objects.get(siret=NEW)
    assert (result.faults, result.summary) == ([], "1 ligne nouvelle, 0 modifiée, 0 inchangée")
    assert (company.name, str(company.category), company.headcount) == ("Verrerie Terril", "PME", 45)
    assert (company.town, company.postcode, company.naf) == ("Arques", "62510", "23.11Z")
    assert result.notices == [
        "Les 2 lignes au-dessus des titres ne sont pas lues.",
        "La colonne « Notes » n’est pas lue.",
    ]


def test_of_several_sheets_the_one_that_has_the_titles_is_read(cast: Cast) -> None:
    work = CompanyResource(user=cast.referent, at=AT)
    file = workbook(["SIRET", "Nom", "Catégorie"], [NEW, "Verrerie Terril", "PME"], beside=["Nom", "à rappeler"])

    result = work.import_data(read_table(file, knows=work.knows), dry_run=True)

    assert (result.base_errors, result.notices) == ([], ["La feuille « Notes » n’est pas lue."])
    assert result.summary == "1 ligne nouvelle, 0 modifiée, 0 inchangée"


def test_a_row_without_a_siret_is_told_so(cast: Cast) -> None:
    result = imported(cast, ["SIRET", "Nom", "Catégorie"], ["", "Verrerie Terril", "PME"], dry_run=True)

    assert [fault.sentence for fault in result.faults] == [
        "Il manque un SIRET\u00a0: 14 chiffres, par exemple 732 829 320 00074."
    ]


def test_a_column_misspelt_is_told_with_the_one_that_was_meant(cast: Cast) -> None:
    result = imported(cast, ["SIRET", "Nom", "Catégorie", "Efectif"], [NEW, "Verrerie Terril", "PME", 45], dry_run=True)

    assert result.notices == ["La colonne « Efectif » n’est pas lue. Vouliez-vous dire « Effectif »\u00a0?"]
    assert result.drafts[0].after.headcount is None


def test_a_needed_column_under_another_title_is_told(cast: Cast) -> None:
    result = imported(cast, ["SIRET", "Nom", "Categories"], [NEW, "Verrerie Terril", "PME"], dry_run=True)

    assert result.base_errors == [
        "Il manque la colonne\u00a0: Catégorie. Si c’est « Categories », changez ce titre en « Catégorie »."
    ]


@pytest.mark.parametrize(("typed", "meant"), [("PMI", "PME"), ("ETII", "ETI"), ("grande entreprises", "GE")])
def test_a_category_written_otherwise_is_refused_with_the_one_that_was_meant(
    cast: Cast, typed: str, meant: str
) -> None:
    result = imported(cast, ["SIRET", "Nom", "Catégorie"], [NEW, "Verrerie Terril", typed], dry_run=True)

    assert [fault.sentence.partition(". ")[2] for fault in result.faults] == [f"Vouliez-vous dire « {meant} »\u00a0?"]


def test_a_column_that_the_file_has_not_leaves_what_was_there(cast: Cast) -> None:
    CompanyFactory(siret=NEW, name="Ancien nom", category="PME", sector="artisanat", headcount=12)

    imported(cast, ["SIRET", "Nom", "Catégorie"], [NEW, "Verrerie Terril", "PME"])

    company = Company.objects.get(siret=NEW)
    assert (company.name, str(company.sector), company.headcount) == ("Verrerie Terril", "artisanat", 12)


def test_a_siret_typed_in_groups_is_the_one_that_is_registered(cast: Cast) -> None:
    CompanyFactory(siret=NEW, name="Verrerie Terril", category="PME")
    grouped = f"{NEW[:3]} {NEW[3:6]} {NEW[6:9]} {NEW[9:]}"

    result = imported(cast, ["SIRET", "Nom", "Catégorie"], [grouped, "Verrerie Terril", "PME"])

    assert result.summary == "0 ligne nouvelle, 0 modifiée, 1 inchangée"


def test_a_contact_is_known_by_address_then_by_name_and_nobody_is_taken_away(cast: Cast) -> None:
    company = CompanyFactory(siret=NEW, name="Verrerie Terril", category="PME")
    ContactFactory(company=company, name="Alix Terril", email="alix@terril.example", phone="")
    ContactFactory(company=company, name="Camille", email="")
    titles = ["SIRET", "Nom", "Catégorie", "Interlocuteur", "Mail", "Tél"]

    same = [NEW, "Verrerie Terril", "PME"]
    summaries = [
        imported(cast, titles, [*same, *contact]).summary
        for contact in (
            ("Alix Beffroi", "ALIX@terril.example", "321000000"),
            ("camille", "camille@terril.example", ""),
            ("Camille", "camille@terril.example", ""),
            ("", "", ""),
        )
    ]

    shown = imported(cast, titles, [*same, "Zoé Terril", "zoe@terril.example", ""], dry_run=True).preview[0].shown
    assert [(cell.column, cell.before, cell.after) for cell in shown] == [
        ("Contact", "", "Zoé Terril"),
        ("Courriel du contact", "", "zoe@terril.example"),
    ]
    assert [summary.split(", ")[1] for summary in summaries] == ["1 modifiée", "1 modifiée", "1 modifiée", "0 modifiée"]
    people = Contact.objects.filter(company=company).order_by("pk").values_list("name", "email", "phone")
    assert list(people) == [
        ("Alix Beffroi", "ALIX@terril.example", "0321000000"),
        ("Camille", "camille@terril.example", ""),
    ]
    assert CompanyLog.objects.filter(company=company, transition="contacts").count() == 3


def test_an_example_left_in_the_model_does_not_enter(cast: Cast) -> None:
    model = CompanyResource(user=cast.referent, at=AT).model()
    example = [str(cell or "") for row in model.rows for cell in row]
    own = [NEW, "", "", "Verrerie Terril", "PME", *[""] * (len(example) - 5)]

    result = imported(cast, model.headers, example, own)

    assert result.notices == ["Ligne 2\u00a0: c’est l’exemple du modèle, il n’entre pas."]
    assert (result.faults, len(result.to_write)) == ([], 1)
    assert not Company.objects.filter(name="Exemple à remplacer").exists()


def test_a_title_without_end_is_told_by_its_beginning(cast: Cast) -> None:
    result = imported(
        cast, ["SIRET", "Nom", "Catégorie", "x" * 300, "a\u202eb"], [NEW, "Terril", "PME", 1, 2], dry_run=True
    )

    assert result.notices == [f"La colonne « {'x' * 39}… » n’est pas lue.", "La colonne « a�b » n’est pas lue."]
