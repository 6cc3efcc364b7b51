"""What pages ask of the stylesheets is in those that they load: a new icon is a line of `static/css/icons.css`."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.architecture import PACKAGES, ROOT

CLASS = re.compile(r"\bfr-[a-z][\w-]*")
DRAWING = re.compile(r'\.(fr-icon-[\w-]+)::before {\s*mask-image: url\("\.\./([^"]+)"\);\s*}')


def stylesheet(name: str) -> str:
    """The text of a stylesheet, ours or the design system's."""
    return Path(str(finders.find(name))).read_text("utf-8")


def named_by_pages() -> set[str]:
    """Every class of the design system that a template, a program or a script writes."""
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").glob("*.js")]
    sources += [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return {name for path in sources for name in CLASS.findall(path.read_text("utf-8"))}


@pytest.mark.anywhere
def test_what_pages_ask_of_the_design_system_is_loaded() -> None:
    left_out = set(CLASS.findall(stylesheet("dsfr/dist/utility/utility.min.css")))
    loaded = set(CLASS.findall(stylesheet("dsfr/dist/dsfr/dsfr.min.css") + stylesheet("css/icons.css")))

    assert sorted(named_by_pages() & (left_out - loaded)) == []


@pytest.mark.anywhere
def test_each_icon_is_asked_for_and_has_its_drawing() -> None:
    drawings = dict(DRAWING.findall(stylesheet("css/icons.css")))

    assert drawings
    assert sorted(set(drawings) - named_by_pages()) == []
    assert [path for path in drawings.values() if not finders.find(path)] == []
