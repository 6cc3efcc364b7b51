"""What a page says of a file before it is downloaded."""

from documents.downloads import FORMATS, Download


def test_a_file_says_its_format_and_its_size_once_it_is_made() -> None:
    made = Download("/b.xlsx", "Bilan du Pas-de-Calais", "xlsx", 48_210)

    assert made.detail == "Excel (XLSX) – 48\u00a0ko"
    assert Download("/b.pdf", "Bilan du Pas-de-Calais", "pdf").detail == "PDF"


def test_every_format_of_a_bilan_has_a_name() -> None:
    assert sorted(FORMATS) == ["csv", "json", "ods", "pdf", "xlsx"]
