"""What is kept of a table is the table."""

from tabular.packing import packed, unpacked
from tabular.reading import Line, ReadTable


def test_a_table_comes_back_the_same() -> None:
    table = ReadTable(
        ["SIRET", "Nom"],
        (Line(5, ["00090001900015", "Société « Terril »\nNord"]), Line(7, ["", "\u202e"])),
        4,
        (Line(1, ["Entreprises"]), Line(3, ["", "le 8"])),
    )

    assert unpacked(packed(table)) == table
