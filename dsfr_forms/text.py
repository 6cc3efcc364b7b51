"""What typed text may hold: invisible characters go; control and direction-changing characters are refused."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from french.numbers import format_number

# U+202A–202E and U+2066–2069 turn the text around them: a name must never reverse the rest of the page.
DIRECTION_CONTROLS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# Byte order mark, zero-width space, word joiner, soft hyphen: they make two names that look alike differ.
# The joiners U+200C and U+200D stay: emoji and several scripts need them.
ZERO_WIDTH = frozenset("\ufeff\u200b\u2060\u00ad")
# Letters that draw nothing (Hangul fillers, Braille blank) and are neither spaces nor format characters for Unicode.
BLANK_LETTERS = frozenset("\u3164\u115f\u1160\uffa0\u2800")
LINE_BREAKS = frozenset("\n\r\u0085\u2028\u2029\v\f")

_DROPPED = {ord(character): None for character in ZERO_WIDTH}


def tidy(text: str) -> str:
    """Normalise to NFC with \\n line ends, drop what nobody can see; text that shows nothing becomes empty."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned = composed.translate(_DROPPED)
    return cleaned if any(map(_shows, cleaned)) else ""


class AtMost(MaxLengthValidator):
    """Validator of the longest text there may be: the refusal counts, so that one knows how much to cut."""

    message = "Ce texte compte %(count)s caractères\u00a0: %(longest)s au plus."

    def __call__(self, text: str) -> None:
        if len(text) > self.limit_value:
            counts = {"count": format_number(len(text)), "longest": format_number(self.limit_value)}
            raise ValidationError(self.message, code="max_length", params=counts)


def fault_of(text: str, longest: int, *, one_line: bool = False) -> str:
    """What is wrong with a text that no form field reads, a cell of a file for one; empty when it can be kept."""
    try:
        AtMost(longest)(text)
        ProhibitNullCharactersValidator(message="Ce texte contient un caractère nul\u00a0: effacez-le.")(text)
        (refuse_line_breaks if one_line else refuse_control_characters)(text)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def refuse_control_characters(text: str) -> None:
    """Validator of texts of several lines: line feeds and tabs pass, other control characters do not."""
    _refuse_controls(text, allowed="\n\t")


def refuse_line_breaks(text: str) -> None:
    """Validator of texts of one line: no line break, no tab, no other control character."""
    if any(character in LINE_BREAKS for character in text):
        raise ValidationError("Ce champ tient sur une seule ligne : retirez le retour à la ligne.", code="line_break")
    _refuse_controls(text, allowed="")


def _refuse_controls(text: str, *, allowed: str) -> None:
    """Refuse control characters and lone surrogates, except the NUL: Django refuses it in every text field."""
    if any(character in DIRECTION_CONTROLS for character in text):
        raise ValidationError(
            "Ce texte contient un caractère invisible qui en retourne le sens. Effacez-le, puis saisissez le texte "
            "au clavier.",
            code="direction_control",
        )
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text if character not in f"\0{allowed}"):
        raise ValidationError(
            "Ce texte contient un caractère invisible que le portail ne peut pas lire. Effacez-le, puis saisissez-le "
            "au clavier.",
            code="control_character",
        )


def _shows(character: str) -> bool:
    """Whether a reader sees something. Control characters count, so that they are refused rather than dropped."""
    if character in BLANK_LETTERS:
        return False
    category = unicodedata.category(character)
    return category != "Cf" and not (category.startswith("Z") or character.isspace())
