"""The map has every département once, near those it borders, and tells its state without colours."""

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.template.loader import render_to_string

from national.tiles import COLLECTIVITIES, OVERSEAS, PLACES, Standing, Tile, TileMap

TERRITORIES = Path(settings.BASE_DIR) / "territories" / "data" / "departements.csv"

BORDERS = """
59-62 62-80 80-76 80-60 02-08 02-51 08-51 08-55 76-27 50-14 14-27 14-61 50-61 27-78 27-95 60-95 60-77 51-77 51-10 55-54
54-57 57-67 54-88 88-68 67-68 29-22 29-56 22-35 56-35 35-50 35-53 44-56 44-49 44-85 53-61 61-72 49-79 75-92 75-93 75-94
92-78 92-95 93-95 93-77 94-77 91-78 91-92 91-45 28-78 77-89 10-52 10-89 52-70 70-90 90-68 25-90 25-70 39-71 21-71
21-89 58-89 58-18 37-86 37-41 41-45 85-17 85-79 79-86 17-16 16-87 87-86 36-37 23-36 23-03 03-63 42-69 69-01 01-39
01-74 73-74 73-38 38-26 07-43 07-42 33-17 33-24 33-40 24-87 24-46 19-87 19-15 15-12 63-43 47-82 40-64 64-65 64-32 32-82
46-82 12-81 48-30 30-34 26-84 26-05 05-04 04-06 04-83 06-83 84-13 13-30 83-13 81-11 31-09 09-11 11-66 31-65 2A-2B
"""
"""Départements that touch, typed from the map of France: those that a grid can keep together."""


def departments() -> dict[str, str]:
    """Code → région, empty for a collectivity: the 109 lines of the reference."""
    with TERRITORIES.open(encoding="utf-8") as lines:
        return {line["code"]: line["region"] for line in csv.DictReader(lines, delimiter=";")}


def distance(one: str, other: str) -> int:
    """In moves of a king: 1 is side by side, or corner to corner."""
    (column, row), (other_column, other_row) = PLACES[one], PLACES[other]
    return max(abs(column - other_column), abs(row - other_row))


def test_every_département_has_its_place():
    assert PLACES.keys() == departments().keys()
    assert len([code for code, region in departments().items() if region]) == 101


def test_no_two_are_in_one_place():
    assert len(set(PLACES.values())) == len(PLACES) == 109


@pytest.mark.parametrize("border", BORDERS.split())
def test_neighbours_are_side_by_side(border: str):
    assert distance(*border.split("-")) == 1


def test_overseas_and_collectivities_stand_apart():
    mainland = PLACES.keys() - {*OVERSEAS, *COLLECTIVITIES}

    assert {code for code, region in departments().items() if not region} == set(COLLECTIVITIES)
    assert [PLACES[code] for code in OVERSEAS] == [(0, 7), (0, 8), (0, 9), (0, 10), (0, 11)]
    assert min(distance(one, other) for one in OVERSEAS for other in mainland) == 2
    assert min(distance(one, other) for one in COLLECTIVITIES for other in (*mainland, *OVERSEAS)) == 2
    assert min(distance(one, other) for one in ("2A", "2B") for other in mainland - {"2A", "2B"}) == 2


def test_north_is_up_and_east_is_right():
    assert [PLACES[code][1] for code in ("62", "95", "45", "03", "12", "66")] == [0, 2, 5, 6, 8, 11]
    assert [PLACES[code][0] for code in ("29", "35", "61", "77", "10", "68")] == [0, 2, 4, 8, 9, 12]


HOSTILE = 'Nord <script>&"'
TILES = [
    Tile.of("971", "Guadeloupe", Standing.WITHOUT),
    Tile.of("62", "Pas-de-Calais", Standing.SENT, url="/bilans/62/2019-S1/", more="le 12 juillet"),
    Tile.of("59", HOSTILE, Standing.LATE, url="/bilans/59/2019-S1/"),
    Tile.of("29", "Finistère", Standing.PREPARED),
    Tile.of("35", "Ille-et-Vilaine", Standing.DUE),
]


def drawn(*tiles: Tile) -> str:
    """The map as a page has it."""
    drawing = TileMap.of("1 département sur 101 a transmis", tiles, table_id="departements")
    return render_to_string(drawing.template_name, {"map": drawing})


def test_a_tile_says_all_in_words():
    assert [tile.label for tile in TILES[:3]] == [
        "Guadeloupe (971)\u00a0: sans PAQTE",
        "Pas-de-Calais (62)\u00a0: transmis le 12 juillet",
        f"{HOSTILE} (59)\u00a0: en retard",
    ]


def test_a_code_that_is_nowhere_is_refused():
    with pytest.raises(KeyError):
        Tile.of("20", "Corse", Standing.SENT)


def test_the_map_is_whole_and_well_formed():
    html = drawn(*TILES)
    svg = fromstring(html[html.index("<svg") : html.index("</svg>") + 6])

    assert svg.attrib["viewBox"] == "0 0 312 288"
    assert svg.attrib["aria-labelledby"].split() == [one.attrib["id"] for one in (svg[0], svg[1])]
    assert svg[0].text == "1 département sur 101 a transmis"
    links = {link.attrib["href"]: link for link in svg.iter("a")}
    assert list(links) == ["/bilans/62/2019-S1/", "/bilans/59/2019-S1/"]
    assert [(link.attrib["aria-label"], link[0].text) for link in links.values()] == [
        (TILES[1].label, TILES[1].label),
        (TILES[2].label, TILES[2].label),
    ]
    assert [text.text for text in svg.iter("text")] == ["Outre-mer", "62", "59", "29", "35", "971"]


def test_the_map_has_nothing_inline_and_leads_to_its_table():
    html = drawn(*TILES)

    assert re.search(r"\s(?:style|on[a-z]+)=|<(?:style|script)", html) is None
    assert '<a class="fr-link" href="#departements">' in html


def test_the_legend_counts_the_states_that_are_there():
    lines = re.findall(r"</svg>\s+(\S[^<]*?)\s+</li>", drawn(*TILES, Tile.of("975", "Saint-Pierre", Standing.DUE)))

    assert lines == [
        "transmis\u00a0: 1",
        "en préparation\u00a0: 1",
        "attendu\u00a0: 2",
        "en retard\u00a0: 1",
        "sans PAQTE\u00a0: 1",
    ]


def test_collectivities_lengthen_the_map_only_when_they_are_there():
    html = drawn(*TILES, Tile.of("975", "Saint-Pierre-et-Miquelon", Standing.DUE))

    assert 'viewBox="0 0 312 336"' in html
    assert ">Collectivités</text>" in html
    assert "Collectivités" not in drawn(*TILES)


def luminance(colour: str) -> float:
    """WCAG's, of « #rrggbb »."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("state", Standing)
def test_a_code_is_read_on_its_tile(state: Standing):
    dark, light = sorted(luminance(colour) for colour in (state.look.ink, state.look.fill))

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_two_states_look_alike_without_their_colours():
    for one, other in combinations(Standing, 2):
        assert one.look.mark != other.look.mark
        assert one.look.css != other.look.css
