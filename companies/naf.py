"""The French nomenclature of activities (NAF rév. 2, décret 2007-1888): its codes, and their sections. Pure."""

import re

SECTIONS: dict[str, tuple[str, range]] = {
    "A": ("Agriculture, sylviculture et pêche", range(1, 4)),
    "B": ("Industries extractives", range(5, 10)),
    "C": ("Industrie manufacturière", range(10, 34)),
    "D": ("Électricité, gaz, vapeur et air conditionné", range(35, 36)),
    "E": ("Eau, assainissement, déchets et dépollution", range(36, 40)),
    "F": ("Construction", range(41, 44)),
    "G": ("Commerce, réparation d’automobiles et de motocycles", range(45, 48)),
    "H": ("Transports et entreposage", range(49, 54)),
    "I": ("Hébergement et restauration", range(55, 57)),
    "J": ("Information et communication", range(58, 64)),
    "K": ("Activités financières et d’assurance", range(64, 67)),
    "L": ("Activités immobilières", range(68, 69)),
    "M": ("Activités spécialisées, scientifiques et techniques", range(69, 76)),
    "N": ("Activités de services administratifs et de soutien", range(77, 83)),
    "O": ("Administration publique", range(84, 85)),
    "P": ("Enseignement", range(85, 86)),
    "Q": ("Santé humaine et action sociale", range(86, 89)),
    "R": ("Arts, spectacles et activités récréatives", range(90, 94)),
    "S": ("Autres activités de services", range(94, 97)),
    "T": ("Ménages employeurs", range(97, 99)),
    "U": ("Activités extraterritoriales", range(99, 100)),
}
"""By letter: its name, and the divisions that it holds, the first two digits of a code."""


def section_of(code: str) -> str:
    """The letter of the section of « 47.11F »; empty for what is no code."""
    division = code[:2]
    if not division.isascii() or not division.isdigit():
        return ""
    return next((letter for letter, (_, held) in SECTIONS.items() if int(division) in held), "")


def clean_naf(text: str) -> str:
    """« 4711f » and « 47.11F » are the same code; nothing stays nothing. Raises ValueError with a French sentence."""
    code = re.sub(r"[\s.]", "", text).upper()
    if code and not re.fullmatch(r"[0-9]{4}[A-Z]", code):
        raise ValueError("Un code NAF compte quatre chiffres et une lettre, par exemple 47.11F.")
    return f"{code[:2]}.{code[2:]}" if code else ""
