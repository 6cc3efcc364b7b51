"""Every component renders with what its first line asks for, and with its options."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string

from documents.downloads import Download
from dsfr_forms.forms import PortalForm


class StateFilter(PortalForm):
    """Filters of a list."""

    mark_optional = False
    state = forms.ChoiceField(label="État", choices=[("", "Tous")], required=False)
    page = forms.CharField(required=False, widget=forms.HiddenInput)


HOSTILE = "<script>alert(1)</script>{{7*7}}"
LINE = SimpleNamespace(past=HOSTILE, at=datetime(2019, 2, 8, 9, tzinfo=UTC), author=HOSTILE, detail=HOSTILE)
LINK = SimpleNamespace(label=HOSTILE, url="/bilans/62/2019-S1.pdf", detail="PDF – 214 ko", current=True)
DOWNLOAD = Download("/bilans/62/2019-S1.pdf", HOSTILE, "pdf", 214_000)
SAMPLES: dict[str, list[dict[str, object]]] = {
    "alert": [{"title": HOSTILE, "tone": "info", "content": HOSTILE}],
    "badge": [{"label": HOSTILE}, {"label": "Signée", "tone": "success"}],
    "bar": [
        {"label": HOSTILE, "value": "62 %", "percent": 62.5},
        {"label": "Former", "value": "0 %", "percent": 0},
    ],
    "breadcrumb": [
        {"current": HOSTILE},
        {"current": "Objectifs", "parent": "Conventions", "parent_url": "/conventions/"},
        {"current": "Objectifs", "trail": [("Conventions", "/conventions/"), (HOSTILE, "/conventions/1/")]},
    ],
    "download_list": [{"downloads": [DOWNLOAD], "label": HOSTILE}, {"downloads": [], "label": "Fichiers"}],
    "empty": [
        {"title": HOSTILE, "content": HOSTILE, "action": "", "url": ""},
        {"title": "Rien", "content": "À créer.", "action": "Créer", "url": "/nouvelle/"},
    ],
    "filters": [{"form": StateFilter(), "reset_url": "/conventions/"}],
    "journal": [{"lines": [LINE], "zone": "Europe/Paris"}, {"lines": [], "zone": "Indian/Reunion"}],
    "pagination": [
        {"page": Paginator(range(30), 10).page(number), "query": QueryDict("statut=signee")} for number in (1, 2, 3)
    ],
    "table": [{"id": "t", "caption": HOSTILE, "hint": HOSTILE, "css": "portal-grid", "content": HOSTILE}],
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
    html = render("bar", label="Former", value="62,5 %", percent=62.5)

    assert 'width="62.5"' in html
    assert "<title>Former\u00a0: 62,5 %</title>" in html


def test_pagination_keeps_the_filters() -> None:
    html = render("pagination", page=Paginator(range(30), 10).page(2), query=QueryDict("statut=signee&page=2"))

    assert "?statut=signee&amp;page=1" in html
    assert "?statut=signee&amp;page=3" in html
    assert "2 sur 3" in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert render("pagination", page=Paginator(range(3), 10).page(1), query=QueryDict()).strip() == ""


def drawn(source: str, **context: object) -> str:
    """A piece of template, on one line."""
    return re.sub(r"[ \n]+", " ", engines["django"].from_string("{% load portal %}" + source).render(context))


def test_table_is_named_by_its_caption_and_scrolls_by_keyboard() -> None:
    html = drawn(
        '{% table id="t" caption=caption %}<tbody><tr><td>{{ caption }}</td></tr></tbody>{% endtable %}', caption="<b>"
    )

    assert 'class="fr-table fr-table--sm fr-table--multiline portal-table"' in html
    assert 'role="region" aria-labelledby="t-titre" tabindex="0"' in html
    assert (
        '<table id="t"> <caption id="t-titre">&lt;b&gt;</caption> <tbody><tr><td>&lt;b&gt;</td></tr></tbody> </table>'
        in html
    )


def test_table_of_a_document_has_nothing_of_the_design_system() -> None:
    html = drawn(
        '{% document_table id="t" caption=caption css="bilan-context" %}<tbody></tbody>{% enddocument_table %}',
        caption="<b>",
    )

    assert html.strip() == (
        '<div class="document-table bilan-context" role="region" aria-labelledby="t-titre" tabindex="0"> <table> '
        '<caption id="t-titre">&lt;b&gt;</caption> <tbody></tbody> </table> </div>'
    )


def test_a_fold_hides_nothing_from_who_has_no_program() -> None:
    html = drawn("{% fold title=title %}<p>{{ title }}</p>{% endfold %}", title="<b>")

    assert html.strip() == ('<details class="document-fold"> <summary>&lt;b&gt;</summary> <p>&lt;b&gt;</p> </details>')


def test_empty_state_leads_on_only_when_there_is_somewhere_to_go() -> None:
    with_button = drawn('{% empty_state title="Rien" action="Créer" url="/n/" %}À créer.{% endempty_state %}')
    without = drawn('{% empty_state title="Rien" %}{{ text }}{% endempty_state %}', text="<b>")

    assert '<p>À créer.</p> <p><a class="fr-btn" href="/n/">Créer</a></p>' in with_button
    assert "<p>&lt;b&gt;</p>" in without
    assert "<a" not in without


def test_alert_escapes_what_it_is_given() -> None:
    html = drawn('{% alert tone="error" title=text %}{{ text }}{% endalert %}', text="<b>")

    assert '<div class="fr-alert fr-alert--error fr-mb-3w">' in html
    assert html.count("&lt;b&gt;") == 2
