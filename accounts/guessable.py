"""Passwords that anybody could guess here: the portal's words, départements, years, one's own name and companies."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from accounts.models import User
from territories.models import Department

ENOUGH = 10
"""Letters and digits that must be left once the words that anybody could guess are taken out."""

OF_THE_PORTAL = ("paqte", "pacte", "portail", "convention", "bilan", "quartier", "quartiers", "departement", "anct")
OF_ITS_PEOPLE = ("entreprise", "entreprises", "prefecture", "prefet", "referent", "lecteur", "animateur", "cget")
OF_EVERYBODY = ("motdepasse", "password", "bonjour", "bienvenue", "soleil", "secret", "france", "republique")
COMMON_WORDS = (*OF_THE_PORTAL, *OF_ITS_PEOPLE, *OF_EVERYBODY)
RUNS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
)
SHORTEST_RUN = 4
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class ContextValidator:
    """Refuses a password that is little more than words which go with the portal or with the person."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with what was recognised."""
        rest, found = without_guessable(password, [*COMMON_WORDS, *_departments(), *_own_words(user)])
        if found and len(rest) < ENOUGH:
            raise ValidationError(
                "Ce mot de passe se devine trop facilement ici\u00a0: il tient surtout à %(parts)s. "
                "Ajoutez-y des mots sans rapport.",
                code="password_guessable",
                params={"parts": ", ".join(f"«\u00a0{part}\u00a0»" for part in found)},
            )

    def get_help_text(self) -> str:
        """What the rule is, for whoever chooses."""
        return "Les mots du portail, votre nom, votre entreprise et les suites du clavier ne comptent pas."


def without_guessable(password: str, words: Iterable[str]) -> tuple[str, list[str]]:
    """(letters and digits left, what was taken out): words from the longest to the shortest, then years and runs."""
    rest = _bare(password)
    found: list[str] = []
    for word in sorted({_bare(word) for word in words}, key=lambda word: (-len(word), word)):
        if len(word) > 2 and word in rest:
            found.append(word)
            rest = rest.replace(word, " ")
    for part in [*YEAR.findall(rest), *_runs(rest)]:
        if part in rest:
            found.append(part)
            rest = rest.replace(part, " ")
    return rest.replace(" ", ""), found


def _bare(text: str) -> str:
    """Lower case, without accents, spaces and signs: « Pas-de-Calais » is « pasdecalais »."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def _runs(text: str) -> Iterator[str]:
    """The longest stretches that follow the keyboard, the alphabet or the digits, either way."""
    lines = [*RUNS, *(line[::-1] for line in RUNS)]
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and any(text[start : end + 1] in line for line in lines):
            end += 1
        if end - start >= SHORTEST_RUN:
            yield text[start:end]
        start = max(end, start + 1)


def _departments() -> Iterator[str]:
    """The names of the départements and of their préfectures."""
    for names in Department.objects.values_list("name", "prefecture"):
        yield from names


def _own_words(user: User | None) -> Iterator[str]:
    """The name and address of the person, and the names and numbers of their companies, whole and word by word."""
    if user is None:
        return
    texts = [user.first_name, user.last_name, *re.split(r"[@.]", user.email)]
    if user.pk:
        for name, siret in user.memberships.values_list("company__name", "company__siret"):
            texts += [name, siret, siret[:9]]
    for text in texts:
        yield text
        yield from (word for word in re.split(r"[^\w]+", text) if len(word) > 3)
