"""The State's register of companies (API Recherche d’entreprises): what it says of a SIRET, when it answers.

Off unless the installation names it; nothing of the portal needs it. What it says fills a form, that somebody reads.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from queue import Empty, Queue
from threading import Thread
from typing import Any

import requests
from django.conf import settings

from companies.addresses import clean_postcode
from companies.naf import clean_naf

PATIENCE = 3.0
"""Seconds, in all: a server that sends a byte now and then is not waited for longer than one that says nothing."""

MOST = 1_000_000
"""Bytes of an answer; a few thousand are usual."""

HIDDEN = "[NON-DIFFUSIBLE]"
"""What the register writes in place of what a company keeps to itself."""

SILENT = "L’annuaire des entreprises ne répond pas\u00a0: remplissez les champs, rien d’autre n’en dépend."
UNKNOWN = "L’annuaire des entreprises ne connaît pas ce SIRET\u00a0: vérifiez-le, ou remplissez les champs."

Json = dict[str, Any]  # Any: whatever the register says


class RegisterRefused(Exception):
    """It does not answer, or knows nothing; the message is a French sentence."""


@dataclass(frozen=True)
class Registered:
    """What it says of an establishment; empty where it says nothing."""

    siret: str
    name: str = ""
    category: str = ""
    """PME, ETI or GE; of a PME it does not say whether it is a TPE, unless by its number of employees."""
    naf: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    closed_on: date | None = None

    @property
    def fields(self) -> dict[str, str]:
        """What a form is filled with: what it says, by the names of the fields."""
        names = ("siret", "name", "category", "naf", "address", "postcode", "town")
        return {name: value for name in names if (value := getattr(self, name))}


def look_up(siret: str) -> Registered:
    """What the register says of this SIRET. Raises RegisterRefused."""
    found = _within(PATIENCE, lambda: _asked(siret))
    if "results" not in found:
        raise RegisterRefused(SILENT)
    for firm in _list(found, "results"):
        places = [*_list(firm, "matching_etablissements"), _object(firm, "siege")]
        if place := next((item for item in places if item.get("siret") == siret), None):
            return _read(siret, firm, place)
    raise RegisterRefused(UNKNOWN)


def _within(seconds: float, ask: Callable[[], Json]) -> Json:
    """Its answer, or the refusal that it does not come. A time-out of sockets starts again with each byte."""
    answers: Queue[Json] = Queue()
    Thread(target=lambda: answers.put(ask()), daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        raise RegisterRefused(SILENT) from None


def _asked(siret: str) -> Json:
    """What it answers; empty for anything that cannot be read, which is then refused."""
    address = f"{settings.COMPANY_REGISTER}/search"
    query = {"q": siret, "per_page": "5"}
    try:
        with requests.get(address, query, timeout=PATIENCE, stream=True, allow_redirects=False) as answer:
            answer.raise_for_status()
            found = json.loads(answer.raw.read(MOST, decode_content=True))
    except (requests.RequestException, OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _read(siret: str, firm: Json, place: Json) -> Registered:
    town, postcode = _text(place, "libelle_commune"), _lenient(clean_postcode, _text(place, "code_postal"))
    return Registered(
        siret=siret,
        name=_text(firm, "nom_raison_sociale") or _text(firm, "nom_complet"),
        category=_category(firm),
        naf=_lenient(clean_naf, _text(place, "activite_principale")),
        address=_text(place, "adresse").removesuffix(f"{postcode} {town}").strip(),
        postcode=postcode,
        town=town,
        closed_on=_day(place.get("date_fermeture")) if place.get("etat_administratif") == "F" else None,
    )


def _category(firm: Json) -> str:
    """Its own PME counts those of fewer than ten, which the circular calls TPE; 00 to 03 are those."""
    category = _text(firm, "categorie_entreprise")
    few = _text(firm, "tranche_effectif_salarie") in {"00", "01", "02", "03"}
    return {"PME": "TPE" if few else "PME", "ETI": "ETI", "GE": "GE"}.get(category, "")


def _text(item: Json, name: str) -> str:
    """A line of text as forms take it; empty for what is kept hidden."""
    value = item.get(name)
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if HIDDEN in line else line[:255]


def _lenient(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text)
    except ValueError:
        return ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _list(item: Json, name: str) -> list[Json]:
    value = item.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _object(item: Json, name: str) -> Json:
    value = item.get(name)
    return value if isinstance(value, dict) else {}
