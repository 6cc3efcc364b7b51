"""Every component renders with what its first line asks for, and with its options."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from dsfr_forms.forms import PortalForm


class StateFilter(PortalForm):
    """Filters of a list."""

    mark_optional = False
    state = forms.ChoiceField(label="État", choices=[("", "Tous")], required=False)
    page = forms.CharField(required=False, widget=forms.HiddenInput)


HOSTILE = "<script>alert(1)</script>{{7*7}}"
LINK = SimpleNamespace(label=HOSTILE, url="/bilans/62/2019-S1.pdf", detail="PDF – 214 ko", current=True)
SAMPLES: dict[str, list[dict[str, object]]] = {
    "alert": [{"title": HOSTILE, "tone": "info"}, {"title": "Titre", "text": HOSTILE, "tone": "error"}],
    "badge": [{"label": HOSTILE}, {"label": "Signée", "tone": "success"}],
    "bar": [
        {"label": HOSTILE, "value": "62 %", "percent": 62.5},
        {"label": "Former", "value": "0 %", "percent": 0, "detail": "0 sur 12", "mark": 40},
    ],
    "breadcrumb": [
        {"current": HOSTILE},
        {"current": "Objectifs", "parent": "Conventions", "parent_url": "/conventions/"},
        {"current": "Objectifs", "trail": [("Conventions", "/conventions/"), (HOSTILE, "/conventions/1/")]},
    ],
    "details": [{"summary": HOSTILE, "text": HOSTILE}],
    "download_list": [{"title": "Télécharger", "files": [LINK]}, {"title": "Télécharger", "files": []}],
    "empty": [{"title": HOSTILE}, {"title": "Rien", "text": "À créer.", "action": "Créer", "action_url": "/nouvelle/"}],
    "figure": [
        {"value": "12", "label": HOSTILE},
        {"value": "12", "label": "stages", "coverage": "28 réponses sur 33", "change": "+ 3"},
    ],
    "filters": [{"form": StateFilter(), "reset_url": "/conventions/"}],
    "pagination": [
        {"page": Paginator(range(30), 10).page(number), "query": QueryDict("statut=signee")} for number in (1, 2, 3)
    ],
    "steps": [
        {"title": HOSTILE, "number": 4, "total": 4},
        {"title": "Former", "number": 2, "total": 4, "next": "Recruter"},
    ],
    "table": [
        {"id": "t", "caption": HOSTILE, "headers": ["Axe", "Résultat"], "rows": [["Former", "12"]], "numeric": True},
        {"id": "t", "caption": "Vide", "headers": ["Axe", "Résultat"], "rows": []},
    ],
    "tabs": [{"label": HOSTILE, "tabs": [LINK]}],
}
CASES = [(name, context) for name, samples in SAMPLES.items() for context in samples]


def render(name: str, **context: object) -> str:
    """A component, on one line."""
    return re.sub(r"[ \n]+", " ", render_to_string(f"components/{name}.html", context))


@pytest.mark.parametrize(("name", "context"), CASES)
def test_component_renders_and_escapes(name: str, context: dict[str, object]) -> None:
    html = render(name, **context)

    assert "<script>" not in html
    assert re.search(r"\sstyle=|\son[a-z]+=", html) is None


def test_each_component_has_a_sample() -> None:
    written = {path.stem for path in (Path(settings.BASE_DIR) / "templates" / "components").glob("[a-z]*.html")}

    assert written - set(SAMPLES) == set()


def test_bar_keeps_a_decimal_point_in_french() -> None:
    html = render("bar", label="Former", value="62,5 %", percent=62.5, mark=70.25)

    assert 'width="62.5"' in html
    assert 'x="70.25"' in html
    assert "<title>Former\u00a0: 62,5 %</title>" in html


def test_pagination_keeps_the_filters() -> None:
    html = render("pagination", page=Paginator(range(30), 10).page(2), query=QueryDict("statut=signee&page=2"))

    assert "?statut=signee&amp;page=1" in html
    assert "?statut=signee&amp;page=3" in html
    assert "2 sur 3" in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert render("pagination", page=Paginator(range(3), 10).page(1), query=QueryDict()).strip() == ""


def test_table_has_a_caption_and_scopes() -> None:
    html = render("table", id="t", caption="Résultats", headers=["Axe", "S1"], rows=[["Former", "12"]])

    assert '<caption id="t-titre">Résultats</caption>' in html
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">Former</th><td>12</td>' in html
    assert 'role="region" aria-labelledby="t-titre" tabindex="0"' in html
