"""Values that the factories and the tests share; the dates come from the seed."""

from datetime import date

from stdnum import luhn

from territories.semester import Semester

PASSWORD = "terril-beffroi-vanille"
SIGNED_ON = date(2019, 2, 8)
S1_2019 = Semester(2019, 1)
S2_2019 = Semester(2019, 2)
S1_2020 = Semester(2020, 1)


def invented_siren(number: int) -> str:
    """A SIREN 0009xxxxx with a valid key: of no real company."""
    body = f"0009{number:04d}"
    return body + luhn.calc_check_digit(body)


def invented_siret(number: int, establishment: int = 1) -> str:
    """A SIRET of such a SIREN, with a valid key."""
    body = f"{invented_siren(number)}{establishment:04d}"
    return body + luhn.calc_check_digit(body)
