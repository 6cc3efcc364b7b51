"""How a person works a page, with a pointer or with the keyboard alone; pages opened and gestures made are counted."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Response, expect

FAR = 400
"""Presses of Tab after which an element counts as out of reach."""
PATIENCE = 60_000
"""Milliseconds: the machine may be busy with something else."""
HAS_FOCUS = "element => element === document.activeElement"


@dataclass
class Tally:
    """What the work cost."""

    pages: int = 0
    gestures: int = 0


class Hand:
    """One person at one browser. A gesture is a press on a link, a button or a box, or a field filled in."""

    def __init__(self, page: Page, tally: Tally, *, keyboard: bool) -> None:
        self.page = page
        self.tally = tally
        self.keyboard = keyboard
        page.set_default_timeout(PATIENCE)
        page.on("response", self._count)

    def open(self, address: str) -> None:
        """Open an address that a mail gave, or that one keeps."""
        self.page.goto(address)

    def follow(self, name: str) -> None:
        """Go where a link leads."""
        self._press(self.page.get_by_role("link", name=name).first, "Enter")

    def press(self, name: str) -> None:
        """Press a button of the page itself."""
        self._press(self.page.get_by_role("main").get_by_role("button", name=name).first, "Enter")

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.write(self._field(label), text)

    def write(self, field: Locator, text: str) -> None:
        """Type into a field. A date goes in whole: in which order its parts are typed is the browser's affair."""
        self.tally.gestures += 1
        if not self.keyboard or field.get_attribute("type") == "date":
            field.fill(text)
            return
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by what it shows."""
        self.tally.gestures += 1
        field = self._field(label)
        if not self.keyboard:
            field.select_option(label=option)
            return
        self._reach(field)
        # As people do: the first letters, quickly enough to count as one word.
        self.page.keyboard.type(option[:3])
        expect(field.locator("option:checked")).to_have_text(option)

    def tick(self, box: Locator) -> None:
        """Tick or untick a box: by Space, for the design system lays its drawing over the box itself."""
        self._press(box, "Space")

    def pick(self, group: Locator, answer: str) -> None:
        """Choose one of several radio buttons; on the keyboard, Tab enters the group and the arrows move in it."""
        wanted = group.get_by_role("radio", name=answer)
        if not self.keyboard:
            self.tick(wanted)
            return
        self.tally.gestures += 1
        chosen = group.get_by_role("radio", checked=True)
        self._reach(chosen if chosen.count() else group.get_by_role("radio").first)
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def reads(self, text: str) -> None:
        """See these words on the page, or wait until they come."""
        expect(self.page.get_by_role("main").get_by_text(text).filter(visible=True).first).to_be_visible(
            timeout=PATIENCE
        )

    def _field(self, label: str) -> Locator:
        """By the beginning of its label: what follows there is the hint."""
        return self.page.get_by_role("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}"))

    def _press(self, target: Locator, key: str) -> None:
        self.tally.gestures += 1
        if self.keyboard:
            self._reach(target)
            self.page.keyboard.press(key)
        elif key == "Space":
            target.press(key)
        else:
            target.click()

    def _reach(self, target: Locator) -> None:
        """Tab forward until the element has the focus, which must show."""
        target.wait_for(state="attached")
        for _ in range(FAR):
            if target.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"hors d’atteinte au clavier : {target}")

    def _count(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame and response.status < 300:
            self.tally.pages += 1
