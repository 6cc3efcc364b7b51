"""Types something into every field of a page, and counts what is still there."""

import re
from itertools import count

from playwright.sync_api import Page

KINDS = ("text", "email", "tel")
FIELDS = f"form[data-keep] :is(textarea, input:not([type]), {', '.join(f'input[type={kind}]' for kind in KINDS)})"
OPEN = "() => { for (const part of document.querySelectorAll('main details')) part.open = true; }"
NAMES = f"""() => [...document.querySelectorAll("{FIELDS}")]
    .filter(field => field.offsetParent && !field.name.endsWith("-reason")).map(field => field.name)"""
VALUES = "() => [...document.querySelector('main').querySelectorAll('[name]')].map(field => [field.name, field.value])"
NEW_ROW = re.compile(r"new-|.*-\d+-")
"""A row that was blank has another name once it is saved: its value may stand in any field."""

FIGURES = ("-value", "qpv_count", "pru_count", "population", "defm")
SPECIAL = {
    "population_year": "2018",
    "referent_email": "camille@terril.example",
    "referent_phone": "03 21 00 00 00",
    "defm_date": "30/06/2020",
}


RUNS = count(1)
"""What one test typed and saved is not what the next one types."""


def text_for(name: str, number: int, run: int) -> str:
    """Something that this field takes, different in each field and each time."""
    if name in SPECIAL:
        return SPECIAL[name]
    return str(20 + number + run) if name.endswith(FIGURES) else f"Saisie {run}.{number}, à ne pas perdre"


def type_everywhere(page: Page) -> dict[str, str]:
    """Fill every field that can be seen; what was typed, by name."""
    page.evaluate(OPEN)
    run = next(RUNS)
    typed = {name: text_for(name, number, run) for number, name in enumerate(page.evaluate(NAMES))}
    for name, text in typed.items():
        page.locator(f"main [name='{name}']").fill(text)
    for choice in page.locator("form[data-keep] select").all():
        choice.select_option(index=1)
        typed[choice.get_attribute("name") or ""] = choice.input_value()
    assert typed
    return typed


def lost(page: Page, typed: dict[str, str]) -> dict[str, str]:
    """What was typed and is not there, by the name of its field."""
    values = {(name, value.strip()) for name, value in page.evaluate(VALUES)}
    anywhere = {value for _, value in values}
    return {
        name: text
        for name, text in typed.items()
        if not (text in anywhere if NEW_ROW.match(name) else (name, text) in values)
    }
