"""The page of a bilan as people read it: folded, on a telephone, in every theme, without JavaScript, on paper."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Demo, Visit
from tests.browser.watch import OVERFLOW, RULES, SETTLED, Watch

SENT, RECTIFIED = "/bilans/62/2019-S2/", "/bilans/62/2019-S1/"
UNFOLD = "document.querySelectorAll('.document-fold').forEach(fold => { fold.open = true; })"
BROKEN = """() => [...document.querySelectorAll(".bilan-signatories tbody td:nth-child(2)")].filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
}).length"""
USELESS = """() => [...document.querySelectorAll(".document-table")].filter(
    region => region.tabIndex === 0 && region.scrollWidth <= region.clientWidth
).length"""
HIDDEN = """() => [...document.querySelectorAll(".document-table")].filter(region => {
    const scrolls = getComputedStyle(region).overflowX === "auto" && region.tabIndex === 0;
    const name = document.getElementById(region.getAttribute("aria-labelledby"));
    return region.scrollWidth > region.clientWidth && !(scrolls && name && name.textContent.trim());
}).length"""
CONTRASTS = """() => {
    const light = colour => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ratio = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const page = getComputedStyle(document.body).backgroundColor;
    const of = (name, what) => getComputedStyle(document.querySelector(".document-bar__" + name))[what];
    return [ratio(of("done", "fill"), page), ratio(of("missing", "stroke"), page), ratio(of("goal", "fill"), page)];
}"""
THEME = "document.documentElement.dataset.frTheme"


def found_by_axe(page: Page) -> list[str]:
    """Whatever the theme: the watch of pages looks at their bones only."""
    return [item["id"] for item in Axe().run(page, options=RULES).response["violations"]]


def test_folds_tables_and_contents_hold_at_every_width(demo: Demo, watched: Callable[..., Watch]) -> None:
    watch = watched("referent.62")
    page = watch.page
    watch.goto(demo.at(SENT))
    assert page.evaluate("document.documentElement.scrollHeight") < 10_500
    contents = page.get_by_role("navigation", name="Sommaire du bilan")
    expect(contents.get_by_role("link", name="Recruter")).to_be_visible()
    contents.get_by_role("link", name="Recruter").click()
    expect(contents.get_by_role("link", name="Recruter")).to_have_attribute("aria-current", "true")
    button = contents.get_by_role("button", name="Tout déplier")
    button.click()
    expect(page.locator(".document-fold:not([open])")).to_have_count(0)
    expect(contents.get_by_role("button", name="Tout replier")).to_be_visible()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        faults = [page.evaluate(fault) for fault in (OVERFLOW, BROKEN, HIDDEN, USELESS)]
        assert (width, faults) == (width, [0, 0, 0, 0])
    expect(contents.get_by_role("link", name="Recruter")).to_be_hidden()
    contents.locator("summary").press("Enter")
    expect(contents.get_by_role("link", name="Recruter")).to_be_visible()
    assert watch.complaints == []


def test_without_a_program_the_page_folds_and_says_everything(demo: Demo, visit: Visit) -> None:
    page = visit("lecteur.62", java_script_enabled=False)
    page.goto(demo.at(SENT))
    expect(page.get_by_role("navigation", name="Sommaire du bilan").get_by_role("link", name="Acheter")).to_be_visible()
    table = page.get_by_role("region", name="Liste des entreprises signataires")
    expect(table).to_be_hidden()
    page.get_by_text("Liste des entreprises signataires et mouvements").press("Enter")
    expect(table).to_be_visible()
    expect(page.get_by_role("button", name="Tout déplier")).to_be_hidden()
    expect(page.get_by_role("button", name="Paramètres d’affichage")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_and_words_hold_in_every_theme(demo: Demo, visit: Visit, theme: str) -> None:
    page = visit("referent.62", color_scheme=theme)
    page.goto(demo.at(SENT))
    page.evaluate(UNFOLD)

    assert page.evaluate(THEME) == theme
    assert all(ratio >= 3 for ratio in page.evaluate(CONTRASTS)), page.evaluate(CONTRASTS)
    assert found_by_axe(page) == []


def test_charts_hold_in_forced_colours(demo: Demo, visit: Visit) -> None:
    page = visit("referent.62", forced_colors="active")
    page.goto(demo.at(SENT))

    assert all(ratio >= 3 for ratio in page.evaluate(CONTRASTS)), page.evaluate(CONTRASTS)


def test_the_theme_is_chosen_by_keyboard_and_kept_from_the_first_paint(demo: Demo, visit: Visit) -> None:
    page = visit("")
    page.goto(demo.at("/"))
    assert page.evaluate(THEME) == "light"
    button = page.get_by_role("button", name="Paramètres d’affichage")
    button.press("Enter")
    expect(page.get_by_role("dialog", name="Paramètres d’affichage")).to_be_visible()
    expect(page.get_by_role("radio", name="Système")).to_be_checked()
    page.get_by_role("radio", name="Système").press("ArrowUp")
    expect(page.get_by_role("radio", name="Thème sombre")).to_be_checked()
    assert page.evaluate(THEME) == "dark"
    page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))")
    assert found_by_axe(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Fermer").press("Enter")
    expect(button).to_be_focused()

    # The design system comes last: without it the page is dark already.
    page.route("**/dsfr.module*.js", lambda route: route.abort())
    page.goto(demo.at("/connexion/"))
    assert page.evaluate(THEME) == "dark"


def test_a_browser_prints_all_of_it_on_white(demo: Demo, visit: Visit) -> None:
    page = visit("referent.62", color_scheme="dark")
    page.goto(demo.at(RECTIFIED))
    page.evaluate(f"addEventListener('beforeprint', () => {{ document.body.dataset.printed = {THEME}; }})")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    words = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in printed.pages))

    assert "Cequidiffèredelaversionprécédente" in words
    assert "ParrainsduTerril" in words
    assert "Stagesde3eproposésauxélèvesdeREP+etdeREP" in words
    for button in ("Établirunbilanrectificatif", "Toutdéplier", "Touslechiffresentableaux", "Sommaire"):
        assert button not in words
    assert page.evaluate(f"[document.body.dataset.printed, {THEME}]") == ["light", "dark"]
    expect(page.locator(".document-fold[open]")).to_have_count(0)
