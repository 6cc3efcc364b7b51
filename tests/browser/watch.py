"""A page whose complaints are kept, and the rules that every page keeps whatever it shows."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.world import HOSTILE

RULES = {"resultTypes": ["violations"], "runOnly": ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
ENGLISH = re.compile(
    r"\b(Please|This field|Submit|Forbidden|Server Error|Not Found|Required|Invalid|Loading|Search|Delete|Save|"
    r"Home|Next|Previous|Password|Username|Log ?in|Log ?out|None|True|False|Enter a|Select a)\b"
)
TITLE = re.compile(r"^\S.* – Portail PAQTE$")
FACTS = """() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(heading => Number(heading.tagName[1])),
    text: document.body.innerText,
    ids: [...document.querySelectorAll("[id]")].map(element => element.id),
    images: [...document.images].filter(image => !image.hasAttribute("alt")).length,
})"""
BONES = """() => {
    const words = />[^<]*[^<\\s][^<]*</g, addresses = / (href|action|value|aria-current)="[^"]*"/g;
    const bones = html => html.replace(words, ">x<").replace(addresses, "");
    const around = document.body.cloneNode(true);
    const main = around.querySelector("main");
    if (main) main.remove();
    return [main ? bones(main.outerHTML) : "", bones(around.outerHTML)];
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""The spacing that a reader may give to any text (WCAG 1.4.12)."""
CUT = """() => [...document.querySelectorAll(".fr-header__brand-top, main :is(p, dd, h1, h2, h3, .fr-btn, .fr-badge)")]
    .filter(element => getComputedStyle(element).overflowX === "hidden" && element.clientWidth > 1
        && element.scrollWidth > element.clientWidth + 1)
    .map(element => element.className || element.tagName)"""
"""What hides a part of its own words."""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The design system changes the menu, role and label, in the frames that follow a change of width."""

WALKED: set[str] = set()
"""The bones that axe found sound: of the contents of a page, and of what stands around them."""


class Watch:
    """What the browser said about a page: console, policy violations, failed requests. Read it before axe runs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"erreur : {error}"))
        page.on("requestfailed", lambda request: self.complaints.append(f"échec : {request.url}"))
        page.on("response", self._read)

    def goto(self, address: str) -> Response:
        """Open an address, all its files loaded."""
        self.complaints.clear()
        response = self.page.goto(address, wait_until="load")
        assert response is not None
        return response

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type} : {message.text}")

    def _read(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} : {response.url}")


def violations(page: Page) -> list[str]:
    """What axe finds wrong on this page, with the elements concerned.

    It takes most of the time. Where tags, classes and attributes are those of sound pages, and only words and
    addresses differ, it would find the same: it does not walk again.
    """
    bones = page.evaluate(BONES)
    if WALKED.issuperset(bones):
        return []
    found = Axe().run(page, options=RULES).response["violations"]
    if not found:
        WALKED.update(bones)
    return [f"axe {item['id']} : {[node['target'] for node in item['nodes'][:3]]}" for item in found]


def faults(page: Page) -> list[str]:
    """What every page must be, and this one is not: French, one heading, whole, readable on a narrow screen."""
    facts = page.evaluate(FACTS)
    text = facts["text"]
    for name in HOSTILE.values():
        text = text.replace(name, "")
    found = [] if facts["lang"] == "fr" else [f"langue « {facts['lang']} »"]
    found += [] if facts["headings"] == 1 else [f"{facts['headings']} titres h1"]
    found += [] if TITLE.match(facts["title"]) else [f"titre « {facts['title']} »"]
    found += [f"en anglais : {word}" for word in ENGLISH.findall(text)]
    found += [f"gabarit : {mark}" for mark in ("{{", "{%", "{#") if mark in text]
    found += ["image sans alternative"] if facts["images"] else []
    found += [
        f"saut de titre {a} → {b}" for a, b in zip(facts["levels"], facts["levels"][1:], strict=False) if b > a + 1
    ]
    found += [
        f"identifiant deux fois : {name}" for name in {name for name in facts["ids"] if facts["ids"].count(name) > 1}
    ]
    return found


def narrow_faults(page: Page) -> list[str]:
    """What sticks out of a narrow screen, however spaced its text: only tables scroll sideways, in their own box."""
    found = []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if (excess := page.evaluate(OVERFLOW)) > 0:
            found.append(f"dépasse de {excess} px à {width} px")
    page.evaluate(SPACED)
    if (excess := page.evaluate(OVERFLOW)) > 0:
        found.append(f"dépasse de {excess} px à 320 px, texte espacé")
    page.set_viewport_size({"width": 1280, "height": 900})
    found += [f"coupé, texte espacé : {name}" for name in page.evaluate(CUT)]
    page.evaluate("document.adoptedStyleSheets = []")
    page.evaluate(SETTLED)
    return found
