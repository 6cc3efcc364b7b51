"""Pure: read SIRET and SIREN numbers as people type them; the key is checked by python-stdnum, La Poste included."""

import re
import unicodedata

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from french.numbers import identifier

LENGTH, EXAMPLE = 14, "732 829 320 00074"
_SEPARATORS = re.compile(r"[\s\u00a0\u202f\u2009.\-]+")


class SiretRefused(ValueError):
    """The number cannot be a SIRET; the message is a French sentence that says why.

    `only_key` is true when nothing but the key is wrong: the State's own site knows such numbers, so that
    a référent may keep one with a reason.
    """

    def __init__(self, sentence: str, *, only_key: bool = False) -> None:
        super().__init__(sentence)
        self.only_key = only_key


def clean_siret(text: str) -> str:
    """Return the 14 digits of a SIRET typed with or without separators. Raises SiretRefused."""
    digits = _digits(text)
    try:
        return stdnum_siret.validate(digits)
    except InvalidChecksum:
        raise SiretRefused(
            f"La clé du SIRET {grouped(digits)} est fausse\u00a0: vérifiez les 14 chiffres sur l’avis de situation.",
            only_key=True,
        ) from None
    except ValidationError:
        raise SiretRefused(f"« {grouped(digits)} » n’est pas un SIRET.") from None


def clean_siren(text: str) -> str:
    """Return the 9 digits of a SIREN typed with or without separators. Raises SiretRefused."""
    bare = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{9}", bare) or set(bare) == {"0"}:
        raise SiretRefused("Un SIREN compte 9 chiffres, les 9 premiers du SIRET\u00a0: par exemple 732 829 320.")
    try:
        return stdnum_siren.validate(bare)
    except InvalidChecksum:
        raise SiretRefused(f"La clé du SIREN {grouped(bare)} est fausse\u00a0: vérifiez les 9 chiffres.") from None


def with_lost_zeros(text: str) -> str:
    """A spreadsheet takes a SIRET for a number and drops its zeros: give them back. Nine digits are a SIREN."""
    digits = _SEPARATORS.sub("", text)
    return digits.zfill(LENGTH) if digits.isdecimal() and 10 <= len(digits) < LENGTH else digits


def read_siret(text: str) -> str:
    """A SIRET as typed, or with the zeros that a spreadsheet dropped when its key then fits. Raises SiretRefused."""
    try:
        return clean_siret(with_lost_zeros(text))
    except SiretRefused:
        return clean_siret(text)


def siret_digits(text: str) -> str:
    """The 14 digits, whatever their key: for a justified override. Raises SiretRefused when they are not 14 digits."""
    return _digits(text)


def grouped(number: str) -> str:
    """A SIREN or SIRET as it is printed: 732 829 320 00074, with no-break spaces."""
    return identifier(number)


def _digits(text: str) -> str:
    bare = _SEPARATORS.sub("", text)
    if re.fullmatch(r"[0-9]+(,[0-9]+)?[eE]\+?[0-9]+", bare):
        raise SiretRefused(
            f"« {text.strip()} » a été arrondi par le tableur\u00a0: mettez la colonne au format texte, "
            "puis recopiez le SIRET."
        )
    if not re.fullmatch(r"[0-9]*", bare):
        shown = unicodedata.normalize("NFKC", text.strip())[:30]
        raise SiretRefused(f"« {shown} » n’est pas un SIRET\u00a0: il faut 14 chiffres, par exemple {EXAMPLE}.")
    if not bare:
        raise SiretRefused(f"Il manque un SIRET\u00a0: 14 chiffres, par exemple {EXAMPLE}.")
    if len(bare) != LENGTH:
        lost = " Le zéro du début s’est peut-être perdu." if len(bare) == LENGTH - 1 else f" Exemple\u00a0: {EXAMPLE}."
        raise SiretRefused(f"Un SIRET compte 14 chiffres, celui-ci en compte {len(bare)}.{lost}")
    if set(bare) == {"0"}:
        raise SiretRefused("Un SIRET ne peut pas être fait de zéros.")
    return bare
